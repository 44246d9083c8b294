/** Times as places on a line, and the round times to write below it. */
import {
  DAY_MS,
  formatTime,
  HOUR_MS,
  MINUTE_MS,
  shanghaiDay,
  startOfShanghaiDay,
} from "../../twin/kernel/time.ts";

export interface Axis {
  /** ms since epoch. */
  readonly from: number;
  readonly to: number;
  /** Pixels. */
  readonly left: number;
  readonly width: number;
}

export function placeOf({ from, to, left, width }: Axis, time: number): number {
  const share = (Math.min(Math.max(time, from), to) - from) / Math.max(1, to - from);
  return Math.round((left + share * width) * 10) / 10;
}

const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR_MS),
  ...[1, 2, 5, 7, 14].map((count) => count * DAY_MS),
];
const TICKS_MAX = 10;

/** Round times of Asia/Shanghai within the axis, each with what to write: the clock, or the date where days count. */
export function ticksOf({ from, to }: Axis): { readonly at: number; readonly text: string }[] {
  const step = STEPS.find((one) => (to - from) / one <= TICKS_MAX) ?? STEPS.at(-1)!;
  const ticks: { at: number; text: string }[] = [];
  for (let at = startOfShanghaiDay(shanghaiDay(from)); at <= to; at += step) {
    if (at < from) continue;
    const text = formatTime(at);
    const isDay = text.slice(11, 16) === "00:00";
    ticks.push({ at, text: step >= DAY_MS || isDay ? text.slice(5, 10) : text.slice(11, 16) });
  }
  return ticks;
}

/** From the first to the last of these times, with some room around, within the bounds. */
export function spanned(times: readonly number[], from: number, to: number): { from: number; to: number } {
  const inside = times.filter((time) => time >= from && time <= to);
  if (inside.length === 0) return { from, to };
  const [first, last] = [inside.reduce((a, b) => Math.min(a, b)), inside.reduce((a, b) => Math.max(a, b))];
  const room = Math.max(5 * MINUTE_MS, (last - first) * 0.04);
  return { from: Math.max(from, first - room), to: Math.min(to, last + room) };
}
