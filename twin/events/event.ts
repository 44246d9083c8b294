/** An accepted event as the fold reads it: parsed once at the door, trusted from here on. */
import type { InputData, InputType } from "./catalogue.ts";

/** Every type but columns, which the fold reads as `Columns`. */
export type EventType = Exclude<InputType, "warmcity.readings">;

export interface EventOf<T extends EventType> {
  readonly type: T;
  readonly id: string;
  readonly source: string;
  /** Index of the kitchen in the city; -1 for city-wide events. */
  readonly kitchen: number;
  /** Ordinal of the device that speaks; -1 if no device does. */
  readonly device: number;
  /** Event time, ms since epoch. */
  readonly time: number;
  /** When the door took it, ms since epoch; `null` = not known (files without `receivedtime`). */
  readonly receivedAt: number | null;
  readonly boot: string | null;
  readonly sequence: number | null;
  /** A drill: flows through everything, never leaves as a real notification. */
  readonly exercise: boolean;
  readonly data: InputData<T>;
  /** Position on the log. */
  readonly position: number;
}

/** Any accepted event; `event.type` narrows `event.data`. */
export type CityEvent = { [T in EventType]: EventOf<T> }[EventType];
