/**
 * Many readings as columns, the wire form of `warmcity.readings` (CONTRACT §3): entry i says that device
 * `devices[device[i]]` measured `value[i]` at `base + dtMs[i]`; a `null` value (`NaN` in the binary form) is a heartbeat.
 */
import { type Static, Type } from "@sinclair/typebox";
import { list, maybe, text, time } from "./fields.ts";

/** Entries one message may carry; more is refused with a pointer. */
export const COLUMN_ENTRIES_MAX = 200_000;

export const Readings = Type.Object({
  base: time(),
  devices: list(text(), COLUMN_ENTRIES_MAX),
  device: list(Type.Integer({ minimum: 0 }), COLUMN_ENTRIES_MAX),
  sequence: list(Type.Integer({ minimum: 0 }), COLUMN_ENTRIES_MAX),
  dtMs: list(Type.Integer(), COLUMN_ENTRIES_MAX),
  value: list(Type.Union([Type.Number(), Type.Null()]), COLUMN_ENTRIES_MAX),
  boot: maybe(list(Type.Union([text(), Type.Null()]), COLUMN_ENTRIES_MAX)),
});
export type Readings = Static<typeof Readings>;

/**
 * The same columns once the devices are known: what the simulator hands out, the log keeps and detectors read.
 * All arrays but `devices` and `boots` have one element per entry.
 */
export interface Columns {
  /** Event time that `dtMs` counts from, ms since epoch. */
  readonly base: number;
  /** Registry ordinals of the devices named here. */
  readonly devices: Uint32Array;
  /** Bootid of each of `devices`; `null` = the devices give none. */
  readonly boots: readonly (string | null)[] | null;
  /** Index into `devices`. */
  readonly device: Uint16Array | Uint32Array;
  readonly sequence: Uint32Array | Float64Array;
  readonly dtMs: Int32Array;
  /** In the kind's unit; `NaN` = heartbeat. */
  readonly value: Float64Array;
}
