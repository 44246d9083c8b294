/**
 * `defineDuty()`: what people owe and have done, folded from what they say. A duty keeps one small state per key (most:
 * per kitchen) and gives no outputs: whoever asks reads the state, and the rules ring where something is overdue. To add
 * one: its file with `defineDuty({...})`, one line in `catalogue.ts`, what is answered of it in `stream/projections/duties/`.
 */
import type { CityEvent, EventType } from "../../twin/events/event.ts";

export interface Duty<State extends object = object> {
  readonly name: string;
  /** Rises whenever the meaning of its state changes: snapshots of before are then not gone on with. */
  readonly version: number;
  readonly events: readonly EventType[];
  /** Plain JSON, changed in place by `fold` only. */
  initial(): State;
  /** Which state an event belongs to; `null` = none. */
  keyOf(event: CityEvent): string | null;
  fold(state: State, event: CityEvent): void;
}

export function defineDuty<State extends object>(
  definition: Omit<Duty<State>, "keyOf"> & { readonly keyOf?: Duty<State>["keyOf"] },
): Duty<State> {
  return { keyOf: kitchenKey, ...definition };
}

/** The kitchen's index as a key; `null` for events of no one kitchen. */
export function kitchenKey({ kitchen }: CityEvent): string | null {
  return kitchen < 0 ? null : String(kitchen);
}

/** Key of what belongs to no one kitchen. */
export const CITY_KEY = "city";

export function kitchenOrCityKey(event: CityEvent): string {
  return kitchenKey(event) ?? CITY_KEY;
}

/** `duty ballots@1`, as a snapshot names it. */
export function dutyStamp({ name, version }: Pick<Duty, "name" | "version">): string {
  return `duty ${name}@${version}`;
}

/** The newest `max` entries of a record, by the moment (or day) that `at` gives; ties by key. */
export function newest<T>(
  record: Record<string, T>,
  max: number,
  at: (item: T, key: string) => number,
): Record<string, T> {
  const entries = Object.entries(record);
  if (entries.length <= max) return record;
  entries.sort(([keyA, a], [keyB, b]) => at(b, keyB) - at(a, keyA) || (keyA < keyB ? -1 : 1));
  return Object.fromEntries(entries.slice(0, max));
}
