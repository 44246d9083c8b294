/** Causes: the evidence on an alert, enough to find the input events on the log again. */
import type { CityEvent } from "../../twin/events/event.ts";
import type { Bilingual, Cause } from "../../twin/events/output-events.ts";
import { formatTime } from "../../twin/kernel/time.ts";

/** The most causes an alert carries; the first and the newest say most. */
export const CAUSES_MAX = 20;

/** What a cause says, in both languages: people read it on every page. */
export type Wording = Bilingual;

export function causeOf(event: CityEvent, wording: Wording): Cause {
  return {
    source: event.source,
    id: event.id,
    time: formatTime(event.time),
    position: event.position < 0 ? null : event.position,
    ...worded(wording),
  };
}

/** A cause that is no event: the calendar, a silence. `time` in ms since epoch; `source` = what it is said of. */
export function causeOfTime(time: number, id: string, wording: Wording, source = "/twin"): Cause {
  return { source, id, time: formatTime(time), position: null, ...worded(wording) };
}

/** The two fields of a cause that people read. */
export function worded(wording: Wording): Pick<Cause, "summary" | "text"> {
  return { summary: wording.en, text: wording };
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
