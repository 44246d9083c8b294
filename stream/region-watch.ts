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
  };
  const { next, changes } = observe(state.regions, known, now);
  if (next === state.regions) return;
  state.regions = next;
  const due = nextChangeAt(next, now);
  if (due === null) cancelTimer(state.timers, OWNER, "");
  else setTimer(state.timers, { due, owner: OWNER, key: "" });
  for (const { region, from, to } of changes) {
    emit({
      type: "warmcity.kitchen.changed",
      id: outputId("warmcity.kitchen.changed", kitchen.id, region, to, now),
      time: now,
      subject: kitchen.id,
      data: { region, from, to },
    });
  }
}

function openAlerts(state: KitchenState): OpenAlert[] {
  const open: OpenAlert[] = [];
  for (const episode of Object.values(state.episodes)) {
    if (episode.state !== "firing") continue;
    const isConfirmed = !episode.lead || state.cases[episode.case]?.confirmed === true;
    open.push({ code: episode.code, level: episode.level, counts: isConfirmed && !episode.exercise });
  }
  return open;
}
