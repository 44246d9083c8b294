/**
 * A scenario: a story and what must come of it, as data. One definition serves the test beside it and `npm run scenario`.
 *
 *   export const fridgeFails = defineScenario({
 *     name: "sc01-fridge-fails",
 *     title: { zh: "…", en: "a canteen fridge fails at night" },
 *     story: new Story({ … }).acts(…),
 *     ways: { load: ["05-12 23:55", "05-13 01:55"] },
 *     expects: [
 *       {
 *         says: { zh: "…", en: "is L3 after 30 min above 8 °C" },
 *         alertsOf: "SC01",
 *         are: [["05-13 00:17", "T01 raised L3 SC01/fridge-2", 4]],
 *       },
 *     ],
 *     never: [{ says: …, alertsOf: "SC01-B", which: /./ }],
 *     checks: [{ says: …, holds: (story) => [equal(casesIn(story.alone()).length, 1)] }],
 *   });
 */
import type { Bilingual, CaseState } from "../twin/events/output-events.ts";
import type { Expected } from "./happenings.ts";
import type { CaseName, Story } from "./story.ts";
import type { Row } from "./verdict.ts";

interface Said {
  /** The sentence that it makes true. */
  readonly says: Bilingual;
}

/** When, what and how exactly; a text alone = what, whenever. */
export type Wanted = Expected | string;

/** These alerts (happenings.ts, `alertsOf`) of a kitchen, or of areas and stations (`null`), in this order and no other. */
export interface AlertsExpected extends Said {
  readonly alertsOf: string | null;
  /** Only alerts with such words are looked at; default: all. */
  readonly which?: RegExp;
  readonly are: readonly Wanted[];
  /** Default false. */
  readonly inAnyOrder?: boolean;
}

/** The same of several kitchens: id -> its alerts. */
export interface AlertsOfEachExpected extends Said {
  readonly alertsOfEach: Readonly<Record<string, readonly Wanted[]>>;
  readonly which?: RegExp;
  readonly inAnyOrder?: boolean;
}

/** These steps of the cases of a kitchen and code, in this order and no other. */
export interface StepsExpected extends Said {
  readonly stepsOf: CaseName;
  readonly which?: RegExp;
  readonly are: readonly Wanted[];
}

/** These notifications of the cases of a kitchen and code, in the order of their times and words, and no other. */
export interface NoticesExpected extends Said {
  readonly noticesOf: CaseName;
  readonly which?: RegExp;
  readonly are: readonly Wanted[];
}

/** At that time the only case of a kitchen and code is in that state. */
export interface StateExpected extends Said {
  readonly stateOf: CaseName;
  readonly by: string;
  readonly is: CaseState;
}

/** So many cases there are in the end, of that code or in all. */
export interface CasesExpected extends Said {
  readonly casesOf: string | "all";
  readonly are: number;
}

export type Expectation =
  | AlertsExpected
  | AlertsOfEachExpected
  | StepsExpected
  | NoticesExpected
  | StateExpected
  | CasesExpected;

/** No alert with such words of these kitchens (`null`: of areas), in a time if one is given. */
export interface Never extends Said {
  readonly alertsOf: readonly (string | null)[] | "any kitchen";
  readonly which: RegExp;
  /** From then on; default: the beginning. */
  readonly from?: string;
  /** Up to just before; default: the end. */
  readonly until?: string;
}

/** What data cannot say: every row must be met, and there must be some. */
export interface Check extends Said {
  readonly holds: (story: Story) => readonly Row[];
}

export interface Ways {
  /** When the background lives: some hours around what matters. */
  readonly load: readonly [from: string, until: string];
  /** Up to when it is told live; default: to its end. */
  readonly liveUntil?: string;
  /** Default 1 s. */
  readonly tickMs?: number;
  /** Up to when it is told in three copies of each line, up to nine minutes late; default: not at all. */
  readonly floodedUntil?: string;
  /**
   * Where devices come and go and a backlog comes, who is online is told live as it is known at the time: what is said of
   * areas (alerts of no kitchen; the second stage folds in order of arrival) may begin and end up to three minutes from
   * where it is settled, and regions of kitchens are not asked. Default false: to the millisecond.
   */
  readonly areasAsKnown?: boolean;
}

export interface Scenario {
  /** As its file is named. */
  readonly name: string;
  readonly title: Bilingual;
  readonly story: Story;
  /** How it is told beside alone; `null` = its checks tell it in their own ways. */
  readonly ways: Ways | null;
  readonly expects?: readonly Expectation[];
  readonly never?: readonly Never[];
  readonly checks?: readonly Check[];
}

/** Throws a RangeError when it expects nothing. */
export function defineScenario(scenario: Scenario): Scenario {
  const { name, expects = [], never = [], checks = [] } = scenario;
  if (expects.length + never.length + checks.length === 0)
    throw new RangeError(`Scenario ${name} expects nothing`);
  return scenario;
}
