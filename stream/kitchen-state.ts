/** Everything that the fold knows of one kitchen at one moment of event time: plain JSON, cheap to copy. */
import type { Kitchen } from "../twin/city/kitchen.ts";
import { initialRegions, type KitchenRegions } from "../twin/kitchen-regions.ts";
import type { DeskState } from "./alert-desk.ts";
import { copyJson } from "./copy-json.ts";
import { initialFacts, type KitchenFacts } from "./facts.ts";

export interface KitchenState extends DeskState {
  /** Folded up to here, ms since epoch. */
  to: number;
  facts: KitchenFacts;
  regions: KitchenRegions;
  /** Rule code -> the rule's own state, made when it is first needed. */
  rules: Record<string, object>;
}

export function initialKitchenState(kitchen: Kitchen): KitchenState {
  return {
    to: Number.NEGATIVE_INFINITY,
    episodes: {},
    cases: {},
    timers: [],
    rings: {},
    facts: initialFacts(kitchen.licence),
    regions: initialRegions(kitchen),
    rules: {},
  };
}

/** A copy that shares what is never changed in place (episodes, cases, timers, regions, rules: see `RuleAttempt`). */
export function copyKitchenState(state: KitchenState): KitchenState {
  return {
    to: state.to,
    episodes: { ...state.episodes },
    cases: { ...state.cases },
    timers: [...state.timers],
    rings: { ...state.rings },
    facts: copyJson(state.facts),
    regions: state.regions,
    rules: { ...state.rules },
  };
}
