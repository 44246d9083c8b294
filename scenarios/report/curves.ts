/** The readings that a story turns on: of the devices that its alerts rest on, with the limits of their rules. */
import { RULES } from "../../stream/rules/catalogue.ts";
import { deviceKinds } from "../../twin/devices/catalogue.ts";
import type { Bilingual } from "../../twin/events/output-events.ts";
import { parseTime } from "../../twin/kernel/time.ts";
import type { Story } from "../story.ts";

export interface Curve {
  readonly device: string;
  readonly kind: string;
  readonly name: Bilingual;
  readonly unit: string;
  /** In order of time. */
  readonly points: readonly (readonly [time: number, value: number])[];
  /** Values at which rules look. */
  readonly limits: readonly { readonly value: number; readonly text: string }[];
}

const CURVES_MAX = 4;
/** Of one kind of device. */
const ALIKE_MAX = 2;

/** Of the devices with most to do with what went wrong, at most four. */
export function curvesOf(story: Story): Curve[] {
  const told = story.alone();
  const devices = new Map<string, number>();
  const count = (device: string, weight: number) => {
    if (told.city.deviceOrdinal(device) >= 0) devices.set(device, (devices.get(device) ?? 0) + weight);
  };
  for (const { data } of told.outputs) {
    if (!("because" in data)) continue;
    for (const { source } of data.because) count(source.replace("/devices/", ""), 1);
  }
  for (const { asset } of story.truth()) count(asset ?? "", 3);
  const chosen = [...devices].sort((a, b) => b[1] - a[1]).map(([device]) => device);
  const curves: Curve[] = [];
  const points = readingsOf(told.lines, new Set(chosen.slice(0, 4 * CURVES_MAX)));
  for (const device of chosen) {
    const own = points.get(device) ?? [];
    const { kind } = told.city.devices[told.city.deviceOrdinal(device)]!;
    const alike = curves.filter((curve) => curve.kind === kind).length;
    if (own.length < 2 || curves.length === CURVES_MAX || alike === ALIKE_MAX) continue;
    const { zh, en, unit } = deviceKinds[kind];
    curves.push({ device, kind, name: { zh, en }, unit: unit ?? "", points: own, limits: limitsFor(kind) });
  }
  return curves;
}

type Points = [time: number, value: number][];

/** The values of these devices in lines of readings. */
function readingsOf(
  lines: readonly { readonly text: string }[],
  devices: ReadonlySet<string>,
): ReadonlyMap<string, Points> {
  const points = new Map<string, Points>();
  const note = (device: string, time: number, value: unknown) => {
    if (!devices.has(device) || typeof value !== "number" || Number.isNaN(time)) return;
    points.set(device, [...(points.get(device) ?? []), [time, value]]);
  };
  for (const { text } of lines) {
    if (!text.includes('"type":"warmcity.reading')) continue;
    const { type, source, time, data } = JSON.parse(text);
    if (type === "warmcity.reading")
      note(String(source).replace("/devices/", ""), parseTime(time), data?.value);
    if (type !== "warmcity.readings" || !Array.isArray(data?.device)) continue;
    const base = parseTime(data.base);
    for (let i = 0; i < data.device.length; i++)
      note(data.devices[data.device[i]], base + data.dtMs[i], data.value[i]);
  }
  for (const own of points.values()) own.sort((a, b) => a[0] - b[0]);
  return points;
}

function limitsFor(kind: string): Curve["limits"] {
  const limits = new Map<number, string>();
  for (const { code, limit, parameters } of RULES) {
    for (const { kinds, holds, runs } of limit?.(parameters) ?? []) {
      if (!kinds.some((one) => one === kind)) continue;
      const values = [...holds.map(({ over }) => over), ...runs.map(({ from }) => from)];
      for (const value of values) if (!limits.has(value)) limits.set(value, `${code} ${value}`);
    }
  }
  return [...limits].map(([value, text]) => ({ value, text }));
}
