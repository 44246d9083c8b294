/**
 * How moments are kept: a block holds some minutes of them, and of each kitchen, device and area what stood at its first
 * moment and each change since, by the number of the moment in the block. Plain JSON; pages are read one at a time.
 */
import { NEVER } from "../detectors/absence.ts";
import type { DeviceStanding, KitchenRow } from "../projections/kitchen-view.ts";

/** A value, and the number of the moment from which on it stood. */
export type Change<T> = readonly [moment: number, value: T];

export interface PastMoments {
  /** Event time of each moment, ms since epoch, in order. */
  readonly times: readonly number[];
  /** First log position that is not in the state of that moment. */
  readonly positions: readonly number[];
}

export interface DevicePage {
  readonly connections: readonly Change<number>[];
  /** Of the values: number of the moment as the step from the one before, the value, its time as such a step. */
  readonly moments: readonly number[];
  readonly values: readonly number[];
  readonly times: readonly number[];
}

export interface KitchenPage {
  readonly rows: readonly Change<KitchenRow>[];
  /** First moment of the block with the row that stood when this one began; `null` = this one has it. */
  readonly before: number | null;
  readonly devices: readonly DevicePage[];
}

export interface CityPage {
  /** Brief of each kitchen, in registry order, and then that of the area alerts. */
  readonly briefs: readonly (readonly Change<string>[])[];
  /** Devices heard, and of them those online, of each area. */
  readonly areas: Readonly<Record<string, readonly Change<readonly [known: number, online: number]>[]>>;
}

/** What stood at a moment; `undefined` = nothing yet. */
export function standing<T>(changes: readonly Change<T>[], moment: number): T | undefined {
  return changes.findLast(([at]) => at <= moment)?.[1];
}

/** What a device had said by a moment. */
export function deviceAt(page: DevicePage, moment: number): DeviceStanding {
  const connection = standing(page.connections, moment) ?? NEVER;
  let [value, at] = [Number.NaN, Number.NaN];
  let [when, time] = [0, 0];
  for (let i = 0; i < page.moments.length; i++) {
    when += page.moments[i]!;
    if (when > moment) break;
    time += page.times[i]!;
    at = time;
    value = page.values[i]!;
  }
  return { connection, value, at };
}
