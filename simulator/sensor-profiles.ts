/** Sensors that show something else than their program says, for a while: straight lines between points. */
import type { City } from "../twin/city/city.ts";
import { deviceKind } from "../twin/devices/catalogue.ts";
import { MINUTE_MS } from "../twin/kernel/time.ts";
import type { Noise } from "./noise.ts";
import type { PollGroup, PollGroups } from "./poll-groups.ts";
import { NOISE_SCALE, noiseAt, type SensorStates } from "./sensor-states.ts";

export interface Profile {
  /** Times rise, ms since epoch. */
  readonly points: readonly (readonly [at: number, value: number])[];
  /** Deviation of the noise in the sensor's unit. */
  readonly sigma: number;
}

export class SensorProfiles {
  readonly #city: City;
  readonly #groups: PollGroups;
  readonly #sensors: SensorStates;
  readonly #spread: number;
  /** Group -> slot -> profile. */
  readonly #byGroup = new Map<number, Map<number, Profile>>();

  constructor(city: City, groups: PollGroups, sensors: SensorStates, { sensors: factor }: Noise) {
    this.#city = city;
    this.#groups = groups;
    this.#sensors = sensors;
    this.#spread = NOISE_SCALE * factor;
  }

  set(slot: number, profile: Profile): void {
    const group = this.#groups.groupOf[slot]!;
    const slots = this.#byGroup.get(group);
    if (slots === undefined) this.#byGroup.set(group, new Map([[slot, profile]]));
    else slots.set(slot, profile);
  }

  /** Puts the profiles' values over what the programs have read; a profile that is over leaves its level behind. */
  apply(group: PollGroup, time: number, out: Float64Array): void {
    const slots = this.#byGroup.get(group.index);
    if (slots === undefined) return;
    for (const [slot, profile] of slots) {
      const value = valueAt(profile.points, time);
      if (value === null) {
        if (time >= profile.points.at(-1)![0]) slots.delete(slot);
        continue;
      }
      this.#sensors.level[slot] = value;
      out[slot - group.from] = this.read(slot, value + this.#noise(slot, time, profile.sigma));
    }
    if (slots.size === 0) this.#byGroup.delete(group.index);
  }

  /** A value in the steps of the sensor's kind, within its range. */
  read(slot: number, value: number): number {
    const { resolution, range } = deviceKind(this.#city.devices[this.#groups.ordinal[slot]!]!.kind);
    const scale = Math.round(1 / resolution);
    const bounded = range === null ? value : Math.min(range.max, Math.max(range.min, value));
    return Math.round(bounded * scale) / scale;
  }

  #noise(slot: number, time: number, sigma: number): number {
    return sigma === 0
      ? 0
      : sigma * this.#spread * noiseAt(this.#sensors.seed[slot]!, Math.floor(time / 1_000));
  }
}

/** The value on the straight line between two points; `null` before the first and after the last. */
export function valueAt(points: Profile["points"], time: number): number | null {
  const after = points.findIndex(([at]) => at > time);
  if (after === 0 || points.length === 0) return null;
  const last = points.at(-1)!;
  if (after < 0) return time === last[0] ? last[1] : null;
  const [from, start] = points[after - 1]!;
  const [to, end] = points[after]!;
  return start + ((end - start) * (time - from)) / (to - from);
}

/** The lines from a moment on; none if they are over by then. */
export function pointsFrom(points: Profile["points"], from: number): Profile["points"] {
  const value = valueAt(points, from);
  if (value === null) return (points[0]?.[0] ?? from) > from ? points : [];
  return [[from, value], ...points.filter(([at]) => at > from)];
}

/** Points of a rise by a slope to a ceiling, and of the way back. */
export function rampPoints(of: {
  readonly at: number;
  readonly start: number;
  readonly slopePerMin: number;
  readonly ceiling: number;
  readonly turnAt: number;
  readonly backPerMin: number;
}): [number, number][] {
  const { at, start, slopePerMin, ceiling, turnAt, backPerMin } = of;
  const atCeiling = at + ((ceiling - start) / slopePerMin) * MINUTE_MS;
  const peak = turnAt < atCeiling ? start + (slopePerMin * (turnAt - at)) / MINUTE_MS : ceiling;
  const points: [number, number][] = [[at, start]];
  if (atCeiling < turnAt) points.push([Math.round(atCeiling), ceiling]);
  points.push([turnAt, peak], [Math.round(turnAt + ((peak - start) / backPerMin) * MINUTE_MS), start]);
  return points;
}
