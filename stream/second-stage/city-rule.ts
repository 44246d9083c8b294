/**
 * `defineCityRule()`: a condition that spans kitchens (DESIGN §2): area outages, online rates, recalls, clusters, seals.
 * Like a kitchen rule it folds inputs in event-time order; it may raise alerts that belong to no one kitchen, and what
 * belongs to one kitchen it tells that kitchen, which folds it as one more input.
 */

import type { Episode, EpisodeReason } from "../../twin/alerts/episode.ts";
import type { City } from "../../twin/city/city.ts";
import type { EventType } from "../../twin/events/event.ts";
import type { Level } from "../../twin/events/fields.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import { NO_PARAMETERS, type RuleParameters } from "../../twin/policy/rule-parameters.ts";
import type { DeskRule } from "../alert-desk.ts";
import type { ConcernFinding, Finding } from "../detectors/finding.ts";
import type { Condition, RuleInput } from "../rules/rule.ts";
import type { AreaCounts, DeviceChange } from "./area-counts.ts";

/** What the rule found in one kitchen; `at` default: the time in hand. */
export interface Concern extends Pick<ConcernFinding, "asset" | "level" | "value" | "because"> {
  /** `false` = the condition is over. */
  readonly holds: boolean;
  readonly at?: number;
  /** Any cause is a drill; default: whether the input in hand is one. */
  readonly exercise?: boolean;
}

/** What a city rule may see and do; `P`: its parameters. */
export interface CityRuleContext<P extends object = object> {
  /** The rule's numbers as the policy in force at `now` has them. */
  readonly parameters: P;
  readonly city: City;
  /** Who is online where; kept by the stage before any rule sees the input. */
  readonly areas: AreaCounts;
  /** Event time of the input or timer in hand, ms since epoch. */
  readonly now: number;
  /** When the datum in hand was received; `null` = a timer, or not known. */
  readonly receivedAt: number | null;
  /** Whether the input in hand is a drill. */
  readonly exercise: boolean;
  /** Raises an alert that belongs to no one kitchen. */
  raise(condition: Condition): void;
  clear(asset: string | null, because?: readonly Cause[]): void;
  /** Ends open episodes of the second stage that a graver condition takes over; `parent` = the id of its alert. */
  retire(which: (episode: Episode) => boolean, reason: EpisodeReason, parent?: string | null): void;
  openLevel(asset: string | null): Level | null;
  /** Id of the open alert of this rule and asset; `null` if none is open. */
  openAlert(asset: string | null): string | null;
  /** Hands the kitchen's rule of the same code what was found there. */
  concern(kitchen: number, concern: Concern): void;
  /** Adds an input to a kitchen, at the time of the finding. */
  tell(kitchen: number, finding: Finding): void;
  /** Sets (or moves) the timer `key` of this rule; `due` is event time. The list is linear: keep few. */
  setTimer(key: string, due: number): void;
  cancelTimer(key: string): void;
}

/** How a rule follows the area counts, which the stage keeps for all. */
export interface AreaFold<S, P extends object = object> {
  /** A device in the counts changed at `time`; cheap, for there are 100,000 of them. */
  readonly device?: (
    state: S,
    device: number,
    change: DeviceChange,
    time: number,
    context: CityRuleContext<P>,
  ) => void;
  /** All inputs of this moment are folded, so shares may be judged; `touched` = areas whose counts changed in it. */
  readonly moment: (state: S, touched: ReadonlySet<string>, context: CityRuleContext<P>) => void;
}

/** How a state that is not plain JSON is written down, and read again. */
export interface StateForm<S, J> {
  readonly save: (state: S) => J;
  readonly restore: (saved: J) => S;
}

interface CityRuleFacts extends DeskRule {
  /** Lowest level it is raised at. */
  readonly level: Level;
  /** `YYYY-MM-DD` from which this version holds. */
  readonly validFrom: string;
  readonly events: readonly EventType[];
}

export interface CityRuleDefinition<S extends object, J, P extends RuleParameters> extends CityRuleFacts {
  /** As of `defineRule`; a kitchen's rule of the same code has the same. */
  readonly parameters?: P;
  readonly rising?: readonly (readonly (keyof P & string)[])[];
  readonly initial: () => S;
  readonly fold?: (state: S, input: RuleInput, context: CityRuleContext<P>) => void;
  readonly areas?: AreaFold<S, P>;
  readonly due?: (state: S, key: string, context: CityRuleContext<P>) => void;
  /** Default: the state is plain JSON. */
  readonly form?: StateForm<S, J>;
}

/** A rule as the stage holds it: the types of state and parameters are the rule's own affair. */
export interface CityRule extends CityRuleFacts {
  readonly parameters: RuleParameters;
  readonly rising: readonly (readonly string[])[];
  readonly initial: () => object;
  readonly fold: (state: object, input: RuleInput, context: CityRuleContext) => void;
  readonly areas: Required<AreaFold<object>> | null;
  readonly due: (state: object, key: string, context: CityRuleContext) => void;
  readonly save: (state: object) => unknown;
  readonly restore: (saved: unknown) => object;
}

/**
 * The stage hands a rule only what its own `initial` or `save` made and parameters of the same names as its own, so the
 * casts to S, J and P live here alone. With parameters: `defineCityRule<State, Saved, typeof PARAMETERS>({...})`.
 */
export function defineCityRule<S extends object, J = S, P extends RuleParameters = RuleParameters>(
  definition: CityRuleDefinition<S, J, P>,
): CityRule {
  const { parameters, rising, fold, areas, due, form, ...facts } = definition;
  return Object.freeze({
    ...facts,
    parameters: parameters === undefined ? NO_PARAMETERS : Object.freeze({ ...parameters }),
    rising: rising ?? [],
    fold: (state: object, input: RuleInput, context: CityRuleContext) =>
      fold?.(state as S, input, context as CityRuleContext<P>),
    areas: areas === undefined ? null : areaFold(areas),
    due: (state: object, key: string, context: CityRuleContext) =>
      due?.(state as S, key, context as CityRuleContext<P>),
    save: (state: object) => (form === undefined ? state : form.save(state as S)),
    restore: (saved: unknown) => (form === undefined ? (saved as S) : form.restore(saved as J)),
  });
}

function areaFold<S extends object, P extends object>({
  device,
  moment,
}: AreaFold<S, P>): Required<AreaFold<object>> {
  return {
    device: (state, ordinal, change, time, context) =>
      device?.(state as S, ordinal, change, time, context as CityRuleContext<P>),
    moment: (state, touched, context) => moment(state as S, touched, context as CityRuleContext<P>),
  };
}
