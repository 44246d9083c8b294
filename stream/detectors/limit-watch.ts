/** What `LimitBank` remembers of a device that is over its limit, or was just now. Plain JSON, changed in place. */
import type { Level } from "../../twin/events/fields.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import type { Sample } from "../order/sample.ts";
import type { Limit } from "./limit.ts";

export interface Watch {
  /** Begin of each hold; `null` = its condition does not hold. */
  since: (number | null)[];
  /** What began each hold. */
  began: (Cause | null)[];
  /** Whether each hold, then each run, has fired in this episode. */
  fired: boolean[];
  /** Values in a row at or above each run's limit. */
  run: number[];
  clearSince: number | null;
  /** Level of the open episode; `null` = nothing fired. */
  level: Level | null;
  exercise: boolean;
  lastTime: number;
  lastValue: number;
  lastReceivedAt: number | null;
}

/** Nothing is due before; Infinity = nothing at all. */
export function firstDue(limit: Limit, watch: Watch): number {
  let first = watch.clearSince === null ? Number.POSITIVE_INFINITY : watch.clearSince + limit.clear.forMs;
  for (let i = 0; i < limit.holds.length; i++) {
    const since = watch.since[i];
    if (since == null || watch.fired[i] === true) continue;
    first = Math.min(first, since + limit.holds[i]!.forMs);
  }
  return first;
}

/** When the value that still stood at `at` was received, if that was later: until then nobody knew; else `null`. */
export function knownLate({ lastReceivedAt }: Watch, at: number): number | null {
  return lastReceivedAt !== null && lastReceivedAt > at ? lastReceivedAt : null;
}

export function newWatch(limit: Limit, sample: Sample): Watch {
  const slots = limit.holds.length + limit.runs.length;
  return {
    since: limit.holds.map(() => null),
    began: new Array<Cause | null>(slots).fill(null),
    fired: new Array<boolean>(slots).fill(false),
    run: limit.runs.map(() => 0),
    clearSince: null,
    level: null,
    exercise: false,
    lastTime: sample.time,
    lastValue: sample.value,
    lastReceivedAt: sample.receivedAt,
  };
}
