/** Causes: the evidence on an alert, enough to find the input events on the log again. */
import type { CityEvent } from "../../twin/events/event.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import { formatTime } from "../../twin/kernel/time.ts";

/** The most causes an alert carries; the first and the newest say most. */
export const CAUSES_MAX = 20;

export function causeOf(event: CityEvent, summary: string): Cause {
  return {
    source: event.source,
    id: event.id,
    time: formatTime(event.time),
    position: event.position < 0 ? null : event.position,
    summary,
  };
}

/** A cause that is no event: the calendar, a silence. */
export function causeOfTime(time: number, id: string, summary: string): Cause {
  return { source: "/twin", id, time: formatTime(time), position: null, summary };
}

/** Adds causes, drops repeats, keeps the first and the newest when there are too many. */
export function mergeCauses(before: readonly Cause[], more: readonly Cause[]): Cause[] {
  const seen = new Set<string>();
  const all = [...before, ...more].filter((cause) => {
    const identity = `${cause.source} ${cause.id}`;
    if (seen.has(identity)) return false;
    seen.add(identity);
    return true;
  });
  return all.length <= CAUSES_MAX ? all : [...all.slice(0, CAUSES_MAX / 2), ...all.slice(-CAUSES_MAX / 2)];
}
