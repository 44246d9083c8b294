/** Cold units that get too warm (DOMAIN §7: T01 and T02 together 35 a day in the baseline, 180 in the full twin). */
import { MINUTE_MS } from "../../twin/kernel/time.ts";
import type { Dice } from "../dice.ts";
import type { Incident } from "../incidents.ts";
import type { World } from "../world.ts";
import { defineMishaps } from "./mishap.ts";
import { anyTime, inHours } from "./moments.ts";

/** An excursion: how far beyond the limit, and how long. */
interface Excursion {
  readonly code: string;
  readonly limit: number;
  readonly peakAbove: readonly [number, number];
  readonly slopePerMin: readonly [number, number];
  readonly backPerMin: number;
  readonly aboveMin: readonly [number, number];
}

const FRIDGE = { limit: 8, slopePerMin: [0.08, 0.3], backPerMin: 0.3 } as const;
const FREEZER = { limit: -12, slopePerMin: [0.12, 0.35], backPerMin: 0.35 } as const;

const SHORT_FRIDGE: Excursion = { ...FRIDGE, code: "", peakAbove: [0.4, 2], aboveMin: [6, 22] };
const LONG_FRIDGE: Excursion = { ...FRIDGE, code: "T01", peakAbove: [0.8, 3.5], aboveMin: [42, 105] };
const GRAVE_FRIDGE: Excursion = { ...FRIDGE, code: "T01", peakAbove: [2, 7], aboveMin: [130, 300] };
const SHORT_FREEZER: Excursion = { ...FREEZER, code: "", peakAbove: [0.5, 3], aboveMin: [10, 40] };
const LONG_FREEZER: Excursion = { ...FREEZER, code: "T02", peakAbove: [1.5, 5], aboveMin: [75, 200] };

const excursion = (kind: Excursion) => (world: World, device: number, at: number, dice: Dice) =>
  excursionOf(world, device, at, kind, dice);

export const coldMishaps = defineMishaps("cold-mishaps", [
  {
    name: "fridge door ajar",
    rates: { baseline: 15, full: 40 },
    device: "fridge-temperature",
    when: inHours,
    incidents: excursion(SHORT_FRIDGE),
  },
  {
    name: "fridge too warm",
    rates: { baseline: 29, full: 92 },
    device: "fridge-temperature",
    when: anyTime,
    incidents: excursion(LONG_FRIDGE),
  },
  {
    name: "fridge broken",
    rates: { baseline: 6, full: 18 },
    device: "fridge-temperature",
    when: anyTime,
    incidents: excursion(GRAVE_FRIDGE),
  },
  {
    name: "freezer door ajar",
    rates: { baseline: 0, full: 30 },
    device: "freezer-temperature",
    when: inHours,
    incidents: excursion(SHORT_FREEZER),
  },
  {
    name: "freezer too warm",
    rates: { baseline: 0, full: 70 },
    device: "freezer-temperature",
    when: anyTime,
    incidents: excursion(LONG_FREEZER),
  },
]);

/** Rises to a peak, stays and falls, beyond the limit for about as long as drawn. */
function excursionOf(world: World, device: number, at: number, kind: Excursion, dice: Dice): Incident[] {
  const slot = world.groups.slotOf[device]!;
  const { limit, backPerMin, code } = kind;
  // From where the unit is, which doors may have warmed: no air jumps by degrees in a minute.
  const start = Math.min(world.sensors.level[slot]!, limit);
  const peak = limit + dice.between(...kind.peakAbove);
  const slope = dice.between(...kind.slopePerMin);
  const above = dice.between(...kind.aboveMin);
  const stayMin = Math.max(1, above - (peak - limit) / slope - (peak - limit) / backPerMin);
  const atPeak = at + ((peak - start) / slope) * MINUTE_MS;
  const turn = atPeak + stayMin * MINUTE_MS;
  const points: [number, number][] = [
    [at, start],
    [Math.round(atPeak), peak],
    [Math.round(turn), peak],
    [Math.round(turn + ((peak - start) / backPerMin) * MINUTE_MS), start],
  ];
  return [{ kind: "sensor-profile", device: world.city.devices[device]!.id, points, sigma: 0.12, code }];
}
