/**
 * How many sensors, cameras and people each unit has: log-normal around the average of its type (σ ≈ 0.4), with exact
 * totals for the city.
 */
import { exp } from "../kernel/math.ts";
import type { Random } from "../kernel/random.ts";
import { apportion } from "./apportion.ts";
import { KITCHEN_TYPES, type KitchenType } from "./kitchen.ts";
import {
  leastOf,
  type Preset,
  SENSOR_COLUMNS,
  type SensorColumn,
  sensorAverages,
} from "./sensor-profiles.ts";
import { unitProfiles } from "./unit-profiles.ts";

export type SensorCounts = { [C in SensorColumn]: number };

export interface Outfit {
  /** Size against the average of the type (mean 1). */
  readonly size: number;
  readonly capacity: number;
  readonly staff: number;
  readonly cameras: number;
  /** Sensors of the full twin: what the unit's rooms are like, whatever is bought first. */
  readonly full: SensorCounts;
  /** Sensors of the chosen preset. */
  readonly sensors: SensorCounts;
}

const SIZE_SIGMA = 0.3;
const COLUMN_SIGMA = 0.27;

/** Outfits in the order of `types`. */
export function outfitCity(types: readonly KitchenType[], preset: Preset, random: Random): Outfit[] {
  const outfits: Outfit[] = new Array(types.length);
  for (const type of KITCHEN_TYPES) {
    const members = types.flatMap((t, i) => (t === type ? [i] : []));
    outfitType(type, members.length, preset, random.fork(type)).forEach((outfit, i) => {
      outfits[members[i]!] = outfit;
    });
  }
  return outfits;
}

function outfitType(type: KitchenType, units: number, preset: Preset, random: Random): Outfit[] {
  const profile = unitProfiles[type];
  const size = Array.from({ length: units }, () => logNormal(random, SIZE_SIGMA));
  const spread = () => size.map((s) => s * logNormal(random, COLUMN_SIGMA));
  const share = (weights: number[], average: number, least: number) =>
    apportion(weights, Math.round(average * units), least);
  const staff = share(spread(), profile.staff, 1);
  const cameras = share(spread(), profile.cameras, 1);
  const weights = SENSOR_COLUMNS.map(spread);
  // A room for ready-to-eat food has both: its thermometer and its lamp go to the same units.
  weights[SENSOR_COLUMNS.indexOf("uv")] = weights[SENSOR_COLUMNS.indexOf("climate")]!;
  const columns = (which: Preset) =>
    SENSOR_COLUMNS.map((_, c) => {
      const average = sensorAverages[which][type][c]!;
      return share(weights[c]!, average, leastOf(average));
    });
  const full = columns("full");
  const chosen = preset === "full" ? full : columns(preset);
  const { average, min, max } = profile.seats;
  return size.map((s, i) => ({
    size: s,
    capacity: Math.min(max, Math.max(min, Math.round(average * s))),
    staff: staff[i]!,
    cameras: cameras[i]!,
    full: countsAt(full, i),
    sensors: countsAt(chosen, i),
  }));
}

function countsAt(columns: readonly (readonly number[])[], i: number): SensorCounts {
  const counts = { ...NO_SENSORS };
  SENSOR_COLUMNS.forEach((column, c) => {
    counts[column] = columns[c]![i]!;
  });
  return counts;
}

/** Log-normal with mean 1. */
function logNormal(random: Random, sigma: number): number {
  return exp(sigma * random.normal() - (sigma * sigma) / 2);
}

const NO_SENSORS: SensorCounts = {
  fridge: 0,
  freezer: 0,
  hot: 0,
  climate: 0,
  wash: 0,
  gas: 0,
  fume: 0,
  uv: 0,
  rodent: 0,
  power: 0,
  sample: 0,
  other: 0,
};
