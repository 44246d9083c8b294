/**
 * `defineRule()`: one alert code of the catalogue (DOMAIN §5.2) as data plus one small function. A rule folds the inputs
 * of one kitchen in event-time order; it says when its condition begins, worsens and ends; the engine makes episodes,
 * cases and outputs of that. Rules keep their state as plain JSON and ask neither clock nor chance.
 */

import type { Episode, EpisodeReason } from "../../twin/alerts/episode.ts";
import type { Case } from "../../twin/case.ts";
import type { City } from "../../twin/city/city.ts";
import type { Kitchen } from "../../twin/city/kitchen.ts";
import type { EventType } from "../../twin/events/event.ts";
import type { Level } from "../../twin/events/fields.ts";
import type { RECORD_KINDS } from "../../twin/events/kitchen-events.ts";
import type { Bilingual, Cause } from "../../twin/events/output-events.ts";
import { NO_PARAMETERS, type RuleParameters } from "../../twin/policy/rule-parameters.ts";
import { copyJson } from "../copy-json.ts";
import type { Borders } from "../detectors/border.ts";
import type { FindingKind } from "../detectors/finding.ts";
import type { Limit } from "../detectors/limit.ts";
import type { KitchenFacts } from "../facts.ts";
import type { RuleInput } from "./rule-input.ts";

export type { RuleInput };

/**
 * What lets the system close a case by itself (DOMAIN §5.2, last column). One rule of thumb for all rows: an alert ends
 * when its measured condition is over; where the row says "… + record", it is the case that waits for the record.
 */
export type AutoClose = "condition" | "condition+record" | "human" | "never";

/** Why a condition that holds is not raised. */
export type Suppression = "closed-unit" | "maintenance" | "outage" | "ramp" | "quarantine";

/** A condition that holds from `at` on. */
export interface Condition {
  /** What it is about (CONTRACT §4, `asset`); `null` = the kitchen as a whole. */
  readonly asset: string | null;
  readonly level: Level;
  /** The trigger time, ms since epoch; default: the time of the input or timer in hand. */
  readonly at?: number;
  readonly value?: { readonly number: number; readonly unit: string } | null;
  readonly because: readonly Cause[];
  /** When the datum that proves it was received; `null` = found by time alone. Default: that of the input in hand. */
  readonly receivedAt?: number | null;
  readonly exercise?: boolean;
}

/** What a rule may see and do while it folds one input; `P`: its parameters. */
export interface RuleContext<P extends object = object> {
  /** The rule's numbers as the policy in force at `now` has them. */
  readonly parameters: P;
  readonly city: City;
  readonly kitchen: Kitchen;
  readonly facts: KitchenFacts;
  /** Event time of the input or timer in hand, ms since epoch. */
  readonly now: number;
  /** Begins the condition, or raises its level; the same or a lower level changes nothing. */
  raise(condition: Condition): void;
  /** The clearing has held long enough. */
  clear(asset: string | null, because?: readonly Cause[]): void;
  /** Ends open episodes of any rule of this kitchen that a graver condition takes over; `parent` = the id of its alert. */
  retire(which: (episode: Episode) => boolean, reason: EpisodeReason, parent?: string | null): void;
  /** Level of the open episode of this rule and asset; `null` if none is open. */
  openLevel(asset: string | null): Level | null;
  /** The case of the newest episode of this rule and asset, as it now stands; `null` if there was none. */
  caseOf(asset: string | null): Case | null;
  /** The case of this id, of any rule of the kitchen, as it now stands; `null` if there is none. */
  caseWith(id: string): Case | null;
  /**
   * Raises the alert behind a case by one level (L1 stays L1); the level it then has, `null` if it is not firing. For
   * S01: any other rule raises its own conditions alone.
   */
  worsen(caseId: string, because: readonly Cause[]): Level | null;
  /** What the alert of the asset asks for was not done in time: S01 takes it from there. */
  overdue(asset: string | null): void;
  /** The device's quality is suspect from now on: its values are quarantined (CONTRACT §2). */
  suspect(device: number): void;
  /** Its values count again. */
  trust(device: number): void;
  /** Sets (or moves) the timer `key` of this rule; `due` is event time, ms since epoch. */
  setTimer(key: string, due: number): void;
  cancelTimer(key: string): void;
}

interface RuleFacts {
  readonly code: string;
  readonly version: number;
  /** Lowest level it is raised at; "var" rows say their level with each condition. */
  readonly level: Level;
  /** `YYYY-MM-DD` from which this version holds. */
  readonly validFrom: string;
  readonly legalBasis: readonly string[];
  readonly title: Bilingual;
  /** ★: one level higher for schools, nurseries, elder care and hospitals. */
  readonly star?: boolean;
  /** Rests on AI hits alone until a person confirms. */
  readonly lead?: boolean;
  readonly autoClose: AutoClose;
  /** Records that count as the proof of `condition+record` for the levels in `recordFor` (default: all). */
  readonly records?: readonly (typeof RECORD_KINDS)[number][];
  readonly recordFor?: readonly Level[];
  /** A new episode of the key within this time reopens the case, ms (default 7 d). */
  readonly reopenWithinMs?: number;
  /** What mutes it; default: a closed unit and maintenance. */
  readonly mutedBy?: readonly Suppression[];
  readonly events: readonly EventType[];
  readonly findings: readonly FindingKind[];
}

/** What a rule may look at to say whether an input concerns it at all. */
export type RuleView<P extends object = object> = Pick<
  RuleContext<P>,
  "parameters" | "city" | "kitchen" | "facts" | "now"
>;

/** What a rule that watches values asks of them; the engine adds the rule's code. */
export type RuleLimit = Omit<Limit, "code">;

export interface RuleDefinition<S extends object, P extends RuleParameters> extends RuleFacts {
  /**
   * Every number of the rule that a city may set otherwise, each with its unit in the name (`limitC`, `holdMs`,
   * `repeatsCount`) and a line that says what it is; the values are those of `ordos-2026`.
   */
  readonly parameters?: P;
  /** Names of parameters that must not fall from one to the next ("the graver hold is no shorter"). */
  readonly rising?: readonly (readonly (keyof P & string)[])[];
  /** What `LimitBank` watches for the rule: `held` and `cleared` come as findings. Numbers come from `parameters` alone. */
  readonly limit?: (parameters: P) => RuleLimit | readonly RuleLimit[];
  /** Whose values are followed from border to border: `crossed` comes as a finding. As many for any parameters. */
  readonly borders?: readonly Borders[] | ((parameters: P) => readonly Borders[]);
  readonly initial: () => S;
  /** A copy of all that `fold` and `due` change in place; default: of the whole state, which a large one should be spared. */
  readonly copy?: (state: S) => S;
  /** At the beginning of time: sets calendar timers, raises calendar conditions that already hold. */
  readonly begin?: (state: S, context: RuleContext<P>) => void;
  /**
   * Whether an input that the rule reads is any affair of its; default: each is. `fold` never sees the others. It spares
   * a copy of the state, so it pays where most inputs are for other devices; it changes nothing.
   */
  readonly concerns?: (state: S, input: RuleInput, view: RuleView<P>) => boolean;
  readonly fold: (state: S, input: RuleInput, context: RuleContext<P>) => void;
  /** A timer of the rule, or `facts:<key>` when a timer of the kitchen's facts has fired. */
  readonly due?: (state: S, key: string, context: RuleContext<P>) => void;
}

/** A rule as the engine holds it: the types of state and parameters are the rule's own affair. */
export interface Rule extends RuleFacts {
  readonly parameters: RuleParameters;
  readonly rising: readonly (readonly string[])[];
  readonly limit: ((parameters: RuleParameters) => readonly Limit[]) | null;
  readonly borders: (parameters: RuleParameters) => readonly Borders[];
  readonly initial: () => object;
  readonly copy: (state: object) => object;
  readonly begin: ((state: object, context: RuleContext) => void) | null;
  readonly concerns: ((state: object, input: RuleInput, view: RuleView) => boolean) | null;
  readonly fold: (state: object, input: RuleInput, context: RuleContext) => void;
  readonly due: (state: object, key: string, context: RuleContext) => void;
}

/**
 * The engine hands a rule only states that its own `initial` made and parameters of the same names as its own, so the
 * casts to S and P live here alone. With parameters: `defineRule<State, typeof PARAMETERS>({...})`.
 */
export function defineRule<S extends object, P extends RuleParameters = RuleParameters>(
  definition: RuleDefinition<S, P>,
): Rule {
  const { parameters, rising, limit, borders = [], begin, concerns, copy, fold, due, ...facts } = definition;
  return Object.freeze({
    ...facts,
    parameters: parameters === undefined ? NO_PARAMETERS : Object.freeze({ ...parameters }),
    rising: rising ?? [],
    limit:
      limit === undefined
        ? null
        : (own: RuleParameters) => [limit(own as P)].flat().map((one) => ({ code: facts.code, ...one })),
    borders: (own: RuleParameters) => (typeof borders === "function" ? borders(own as P) : borders),
    copy: copy === undefined ? copyJson : (state: object) => copy(state as S),
    begin:
      begin === undefined
        ? null
        : (state: object, context: RuleContext) => begin(state as S, context as RuleContext<P>),
    concerns:
      concerns === undefined
        ? null
        : (state: object, input: RuleInput, view: RuleView) =>
            concerns(state as S, input, view as RuleView<P>),
    fold: (state: object, input: RuleInput, context: RuleContext) =>
      fold(state as S, input, context as RuleContext<P>),
    due: (state: object, key: string, context: RuleContext) =>
      due?.(state as S, key, context as RuleContext<P>),
  });
}

/** `T01@1`: how alerts name the rule that raised them. */
export function ruleName(rule: { readonly code: string; readonly version: number }): string {
  return `${rule.code}@${rule.version}`;
}
