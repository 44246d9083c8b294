/**
 * `defineCityRule()`: a condition that spans kitchens (DESIGN §2): area outages, online rates, recalls, clusters, seals.
 * Like a kitchen rule it folds inputs in event-time order; it may raise alerts that belong to no one kitchen, and tell a
 * kitchen what it found there (`tell`), which the kitchen folds as one more input.
 */

import type { Episode, EpisodeReason } from "../../twin/alerts/episode.ts";
import type { City } from "../../twin/city/city.ts";
import type { EventType } from "../../twin/events/event.ts";
import type { Level } from "../../twin/events/fields.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import type { DeskRule } from "../alert-desk.ts";
import type { Finding, FindingKind } from "../detectors/finding.ts";
import type { Condition, RuleInput } from "../rules/rule.ts";
import type { AreaCounts } from "./area-counts.ts";

export interface CityRuleContext {
  readonly city: City;
  /** Who is online where; kept by the stage before any rule sees the input. */
  readonly areas: AreaCounts;
  /** Event time of the input or timer in hand, ms since epoch. */
  readonly now: number;
  readonly receivedAt: number | null;
  /** Raises an alert that belongs to no one kitchen. */
  raise(condition: Condition): void;
  clear(asset: string | null, because?: readonly Cause[]): void;
  retire(which: (episode: Episode) => boolean, reason: EpisodeReason): void;
  openLevel(asset: string | null): Level | null;
  /** Id of the open alert of this rule and asset; `null` if none is open. */
  openAlert(asset: string | null): string | null;
  /** Adds an input to a kitchen, at the time of the finding. */
  tell(kitchen: number, finding: Finding): void;
  setTimer(key: string, due: number): void;
  cancelTimer(key: string): void;
}

export interface CityRuleDefinition<S extends object> extends DeskRule {
  readonly level: Level;
  readonly validFrom: string;
  readonly events: readonly EventType[];
  readonly findings: readonly FindingKind[];
  /** Whether the rule wants to know of every change of the area counts. */
  readonly areas?: boolean;
  readonly initial: () => S;
  readonly fold: (state: S, input: RuleInput, context: CityRuleContext) => void;
  readonly due?: (state: S, key: string, context: CityRuleContext) => void;
}

export interface CityRule extends DeskRule {
  readonly level: Level;
  readonly validFrom: string;
  readonly events: readonly EventType[];
  readonly findings: readonly FindingKind[];
  readonly areas?: boolean;
  readonly initial: () => object;
  readonly fold: (state: object, input: RuleInput, context: CityRuleContext) => void;
  readonly due: (state: object, key: string, context: CityRuleContext) => void;
}

/** The stage hands a rule only states that its own `initial` made, so the one cast to S lives here. */
export function defineCityRule<S extends object>(definition: CityRuleDefinition<S>): CityRule {
  const { fold, due, ...facts } = definition;
  return Object.freeze({
    ...facts,
    fold: (state: object, input: RuleInput, context: CityRuleContext) => fold(state as S, input, context),
    due: (state: object, key: string, context: CityRuleContext) => due?.(state as S, key, context),
  });
}
