/** What is known of a UV lamp: since when it burns for sure, and when it may have burnt while nobody heard of it. */
import type { Device } from "../../twin/city/kitchen.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import { defineBorders } from "../detectors/border.ts";

/** Plain JSON; times are ms since epoch. */
export interface Lamp {
  readonly state: "on" | "off" | "unknown";
  /** What it was before it fell silent. */
  readonly before: "on" | "off" | null;
  /** It has burnt for sure since; `null` = it does not. */
  readonly onSince: number | null;
  /** It may have burnt since, for all that is known; `null` = it is off. */
  readonly maybeSince: number | null;
  /** End of the last cycle long enough: for sure, and perhaps. */
  readonly cycleEnd: number | null;
  readonly maybeEnd: number | null;
  readonly cause: Cause | null;
}

/** Nothing was heard before the log began. */
const UNHEARD: Lamp = {
  state: "unknown",
  before: null,
  onSince: null,
  maybeSince: 0,
  cycleEnd: null,
  maybeEnd: null,
  cause: null,
};

/** W from which on a lamp burns (CONTRACT §1). */
const BURNS_W = 5;

/** Whether the device is a UV lamp or the meter of one. */
export function lampOf({ kind, of }: Device): boolean {
  return kind === "uv-lamp" || (kind === "power" && of === "uv-lamp");
}

export const lampBorders = defineBorders({ of: lampOf, borders: [{ at: BURNS_W, inclusive: true }] });

/** The lamp as it stands from `at` on. */
export function noteLamp(
  lamp: Lamp = UNHEARD,
  { next, at, cause }: { readonly next: Lamp["state"]; readonly at: number; readonly cause: Cause | null },
  cycleMs: number,
): Lamp {
  if (next === lamp.state) return lamp;
  const endOf = (since: number | null) => (since !== null && at - since >= cycleMs ? at : null);
  const cycleEnd = lamp.state === "on" ? (endOf(lamp.onSince) ?? lamp.cycleEnd) : lamp.cycleEnd;
  if (next === "off") {
    const maybeEnd = endOf(lamp.maybeSince) ?? lamp.maybeEnd;
    return { state: "off", before: null, onSince: null, maybeSince: null, cycleEnd, maybeEnd, cause };
  }
  const maybeSince = lamp.maybeSince ?? at;
  if (next === "on") return { ...lamp, state: "on", before: null, onSince: at, maybeSince, cause };
  const before = lamp.state === "unknown" ? lamp.before : lamp.state;
  return { ...lamp, state: "unknown", before, onSince: null, maybeSince, cycleEnd };
}

/** Whether a cycle of the lamp, as far as can be told, has ended after `since`, or burns now. */
export function wasDisinfected(
  { maybeSince, maybeEnd }: Lamp,
  { now, since, cycleMs }: { readonly now: number; readonly since: number; readonly cycleMs: number },
): boolean {
  if (maybeSince !== null && now - maybeSince >= cycleMs) return true;
  return maybeEnd !== null && maybeEnd >= since;
}
