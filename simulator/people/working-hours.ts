/** When somebody who has something to do gets to it. */
import type { Role } from "../../twin/case-file.ts";
import type { DaySpan } from "../../twin/city/kitchen.ts";
import type { Level } from "../../twin/events/fields.ts";
import { isWorkday, whenWindowOpens } from "../../twin/kernel/calendar.ts";
import { shanghaiDay, startOfShanghaiDay } from "../../twin/kernel/time.ts";
import { OFFICE_HOURS, ON_CALL_HOURS, UNIT_HOURS } from "./case-habits.ts";

/** Whose turn it is, and about what. */
export interface Turn {
  readonly role: Role;
  readonly level: Level;
}

/**
 * `time` itself where the role works then, else as long after the next beginning as `scatterMs` says (not all at once),
 * ms since epoch.
 */
export function whenAtWork(time: number, { role, level }: Turn, scatterMs: number): number {
  if (level === "L1") return time;
  const isOfficial = role !== "O";
  const window = isOfficial ? (level === "L2" ? ON_CALL_HOURS : OFFICE_HOURS) : UNIT_HOURS;
  const begins = nextOpening(time, window, isOfficial && level !== "L2");
  return begins === time ? time : begins + scatterMs;
}

function nextOpening(time: number, window: DaySpan, onWorkdays: boolean): number {
  let at = whenWindowOpens(window, time);
  while (onWorkdays && !isWorkday(shanghaiDay(at)))
    at = startOfShanghaiDay(shanghaiDay(at) + 1) + window.fromMs;
  return at;
}
