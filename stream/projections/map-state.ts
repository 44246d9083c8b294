/** What a kitchen shows on the map (stream/wire.ts): its highest open alert, else dark, else closed, else normal. */
import { isOpen } from "../../twin/alerts/episode.ts";
import { severity } from "../../twin/alerts/level.ts";
import type { Kitchen } from "../../twin/city/kitchen.ts";
import { isOperatingDay, withinSpans } from "../../twin/kernel/calendar.ts";
import { shanghaiDay } from "../../twin/kernel/time.ts";
import { operationAt } from "../facts.ts";
import type { KitchenState } from "../kitchen-state.ts";
import { FLAG_OPEN, FLAG_UNACKNOWLEDGED, MAP_STATES, type MapState } from "../wire.ts";

const UNACKNOWLEDGED: ReadonlySet<string> = new Set([
  "new",
  "verifying",
  "confirmed",
  "dispatched",
  "escalated",
  "reopened",
]);

export function mapStateOf(state: KitchenState): MapState {
  let worst = 5;
  for (const episode of Object.values(state.episodes)) {
    if (episode.state === "firing") worst = Math.min(worst, severity(episode.level));
  }
  if (worst < 5) return MAP_STATES[5 - worst] ?? "normal";
  if (state.facts.heard === 0) return "never";
  if (operationAt(state.facts, state.to) !== "open") return "closed";
  return state.regions.connection === "dark" ? "offline" : "normal";
}

/** Place of the state in MAP_STATES, as the wire carries it. */
export function mapStateByte(state: KitchenState): number {
  return MAP_STATES.indexOf(mapStateOf(state));
}

export function mapFlags(kitchen: Kitchen, state: KitchenState, now: number): number {
  const unacknowledged = Object.values(state.episodes).some((episode) => {
    const about = isOpen(episode) ? state.cases[episode.case] : undefined;
    return about !== undefined && UNACKNOWLEDGED.has(about.state);
  });
  return (unacknowledged ? FLAG_UNACKNOWLEDGED : 0) | (isOpenNow(kitchen, state, now) ? FLAG_OPEN : 0);
}

export function isOpenNow(kitchen: Kitchen, state: KitchenState, now: number): boolean {
  return (
    operationAt(state.facts, now) === "open" &&
    isOperatingDay(kitchen.calendar, shanghaiDay(now)) &&
    withinSpans(kitchen.opens, now)
  );
}
