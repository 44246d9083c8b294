/**
 * `defineLimit()`: what a rule asks of one kind of reading — how high, for how long, and what clears it (CONTRACT §9,
 * "Hold"). Limits are data; `LimitBank` watches them for all devices at once.
 */
import type { DeviceKind } from "../../twin/devices/device-kind.ts";
import type { Level } from "../../twin/events/fields.ts";

/** "above `over` for `forMs`": begins with the first value above, broken at or below `over - deadband`. */
export interface Hold {
  readonly over: number;
  /** Whether a value equal to `over` meets the condition ("at least"). */
  readonly inclusive?: boolean;
  readonly forMs: number;
  readonly level: Level;
}

export interface Limit {
  /** The rule that asks. */
  readonly code: string;
  readonly kinds: readonly DeviceKind[];
  /** In the kind's unit. */
  readonly deadband: number;
  readonly holds: readonly Hold[];
  /** `count` values of at least `from` in a row fire at once. */
  readonly runs: readonly { readonly from: number; readonly count: number; readonly level: Level }[];
  /** Clears when the value stays at or below `at` (below it, if `strict`) for `forMs`. */
  readonly clear: { readonly at: number; readonly strict?: boolean; readonly forMs: number };
  /**
   * Event time from which it is valid, ms since epoch, until another of the code takes over; default: always. The limits of
   * one code have as many holds and runs at any time, so that a device that is over goes on from one to the other.
   */
  readonly from?: number;
}

export function defineLimit(limit: Limit): Limit {
  return Object.freeze(limit);
}

export function meets(value: number, hold: Hold): boolean {
  return value > hold.over || (hold.inclusive === true && value === hold.over);
}

export function isBroken(value: number, hold: Hold, deadband: number): boolean {
  return deadband > 0 ? value <= hold.over - deadband : !meets(value, hold);
}

export function isClear(value: number, clear: Limit["clear"]): boolean {
  return value < clear.at || (clear.strict !== true && value === clear.at);
}

/** The lowest value that can matter to the limit; below it a calm device needs no look. */
export function floorOf(limit: Limit): number {
  return Math.min(...limit.holds.map((hold) => hold.over), ...limit.runs.map((run) => run.from));
}
