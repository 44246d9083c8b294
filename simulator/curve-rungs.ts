/**
 * What a curve that a sensor shows deserves, by the limits of DOMAIN §5.2: how long its straight lines lie beyond a
 * limit. Noise and the time between two readings make the moments uncertain: the curve is asked twice, with the most that
 * noise can add, and with the most that it can take away.
 */
import type { DeviceKind } from "../twin/devices/device-kind.ts";
import type { Level } from "../twin/events/fields.ts";
import { hours, minutes, SECOND_MS } from "../twin/kernel/time.ts";
import type { Profile } from "./sensor-profiles.ts";
import type { Rung } from "./truth.ts";

type Points = Profile["points"];

/** A limit, on which side of it the trouble is, and how long it has to last; several for one level: any of them. */
interface LawfulLimit {
  readonly level: Level;
  readonly limit: number;
  readonly side: 1 | -1;
  readonly holdMs: number;
}

const above = (level: Level, limit: number, holdMs: number): LawfulLimit => ({
  level,
  limit,
  side: 1,
  holdMs,
});

const FRIDGE = [above("L3", 8, minutes(30)), above("L2", 8, hours(2)), above("L2", 12, hours(1))];
const LIMITS: { readonly [K in DeviceKind]?: readonly LawfulLimit[] } = {
  "fridge-temperature": FRIDGE,
  "sample-fridge-temperature": FRIDGE,
  "freezer-temperature": [above("L3", -12, minutes(60)), above("L2", -5, hours(2))],
  "hot-holding-temperature": [{ level: "L3", limit: 60, side: -1, holdMs: minutes(15) }],
  "room-temperature": [above("L3", 25, minutes(15))],
  fume: [above("L4", 2, hours(1))],
};

/** Once begun, a condition is broken only so far back from the limit (CONTRACT §9). */
const DEAD_BAND = 0.3;

export interface Shown {
  readonly kind: DeviceKind;
  readonly points: Points;
  /** The most that noise and rounding can add or take away, in the sensor's unit. */
  readonly noise: number;
  /** Between two readings, ms. */
  readonly everyMs: number;
  /** Until when the condition counts (the end of the meal, the last use of a room), ms since epoch. */
  readonly countsUntil?: number;
}

export function curveRungs(shown: Shown): Rung[] {
  const limits = LIMITS[shown.kind] ?? [];
  const levels = [...new Set(limits.map(({ level }) => level))];
  return levels.flatMap((level) => {
    const found = limits.filter((one) => one.level === level).flatMap((one) => rungAt(shown, one) ?? []);
    if (found.length === 0) return [];
    const sure = found.filter((rung) => rung.sure);
    const latest = Math.min(...(sure.length > 0 ? sure : found).map((rung) => rung.latest));
    return [
      { level, earliest: Math.min(...found.map((rung) => rung.earliest)), latest, sure: sure.length > 0 },
    ];
  });
}

function rungAt(shown: Shown, { level, limit, side, holdMs }: LawfulLimit): Rung | null {
  const { points, noise, everyMs, countsUntil = Number.POSITIVE_INFINITY } = shown;
  const likely = longestBeyond(points, limit - side * (noise + DEAD_BAND), side);
  if (likely === null) return null;
  const earliest = Math.floor(likely.from + holdMs);
  if (earliest > Math.min(likely.to + everyMs, countsUntil)) return null;
  const certain = longestBeyond(points, limit + side * noise, side);
  const latest = Math.ceil((certain ?? likely).from + holdMs + everyMs + SECOND_MS);
  const sure = certain !== null && latest <= Math.min(certain.to - everyMs, countsUntil - everyMs);
  return { level, earliest, latest, sure };
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The longest time for which the lines lie beyond a value; `null` = never. */
export function longestBeyond(points: Points, value: number, side: 1 | -1): Stretch | null {
  const stretches: { from: number; to: number }[] = [];
  for (let i = 0; i + 1 < points.length; i++) {
    const part = beyondOf(points[i]!, points[i + 1]!, value, side);
    if (part === null) continue;
    const last = stretches.at(-1);
    if (last !== undefined && part.from <= last.to) last.to = part.to;
    else stretches.push(part);
  }
  return stretches.reduce<Stretch | null>(
    (longest, one) => (longest === null || one.to - one.from > longest.to - longest.from ? one : longest),
    null,
  );
}

type Point = Points[number];

function beyondOf([from, start]: Point, [to, end]: Point, value: number, side: 1 | -1) {
  const [a, b] = [side * (start - value), side * (end - value)];
  if (a <= 0 && b <= 0) return null;
  const crossing = a === b ? from : from + ((to - from) * a) / (a - b);
  return { from: a > 0 ? from : crossing, to: b > 0 ? to : crossing };
}

/** Gas (R17): two readings of 20 %LEL, or one of 50, are an L1; 10 %LEL for a minute an L3. */
export function gasRungs(points: Points, everyMs: number): Rung[] {
  const grave = longestBeyond(points, 19.99, 1);
  const graveAt = grave === null ? Number.POSITIVE_INFINITY : grave.from;
  const mild = longestBeyond(points, 9.99, 1);
  const rungs: Rung[] = [];
  const mildAt = mild === null ? Number.POSITIVE_INFINITY : Math.floor(mild.from) + minutes(1);
  if (mild !== null && mildAt <= mild.to + everyMs && mildAt < graveAt) {
    const latest = mildAt + 2 * everyMs;
    rungs.push({ level: "L3", earliest: mildAt, latest, sure: latest < Math.min(mild.to, graveAt) });
  }
  if (grave !== null) {
    const earliest = Math.floor(grave.from);
    const latest = earliest + 3 * everyMs;
    rungs.push({ level: "L1", earliest, latest, sure: latest <= grave.to });
  }
  return rungs;
}
