/** Keeps a kitchen's regions at what the fold knows, and gives out each change (`warmcity.kitchen.changed`). */
import type { Kitchen } from "../twin/city/kitchen.ts";
import { nextChangeAt, type OpenAlert, observe } from "../twin/kitchen-regions.ts";
import { operationAt } from "./facts.ts";
import type { KitchenState } from "./kitchen-state.ts";
import { type Output, outputId } from "./output.ts";
import { cancelTimer, setTimer } from "./timers.ts";

/** Owner of the one timer of the regions. */
const OWNER = "regions";

export function watchRegions(
  kitchen: Kitchen,
  state: KitchenState,
  now: number,
  emit: (output: Output) => void,
): void {
  const { facts } = state;
  const known = {
    operation: operationAt(facts, now),
    licence: facts.licence,
    heard: facts.heard,
    online: facts.heard - Object.keys(facts.offline).length,
    open: openAlerts(state),
    rated: facts.rated,
  };
  const { next, changes } = observe(state.regions, known, now);
  if (next === state.regions) return;
  state.regions = next;
  armRegions(state, now);
  for (const { region, from, to } of changes) {
    emit({
      type: "warmcity.kitchen.changed",
      id: outputId("warmcity.kitchen.changed", kitchen.id, region, from, to, now),
      time: now,
      subject: kitchen.id,
      data: { region, from, to },
    });
  }
}

/** Sets the timer for what time alone will change next; a kitchen to which nothing happens needs it from the beginning. */
export function armRegions(state: KitchenState, now: number): void {
  const due = nextChangeAt(state.regions, now);
  if (due === null) cancelTimer(state.timers, OWNER, "");
  else setTimer(state.timers, { due, owner: OWNER, key: "" });
}

/** Cases that nobody has looked at yet, or that were judged false: they take nobody's colour. */
const UNPROVED: ReadonlySet<string> = new Set(["new", "verifying", "false"]);

function openAlerts(state: KitchenState): OpenAlert[] {
  const open: OpenAlert[] = [];
  for (const key in state.episodes) {
    const episode = state.episodes[key]!;
    if (episode.state !== "firing") continue;
    const about = state.cases[episode.case];
    const isProved = about?.confirmed === true || (!episode.lead && !UNPROVED.has(about?.state ?? "new"));
    open.push({ code: episode.code, level: episode.level, counts: isProved && !episode.exercise });
  }
  return open;
}
