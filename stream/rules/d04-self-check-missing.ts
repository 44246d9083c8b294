/**
 * D04 自查缺失: no daily self-check of an operating day by 00:30 of the next, no weekly one by Monday 00:30, no monthly
 * one by 00:30 of the 5th; three operating days in a row are graver (DOMAIN R29–R31). Only what is filed in time cures:
 * each arm by its own kind of form. Days the log does not cover count for nothing.
 */
import type { EventOf } from "../../twin/events/event.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import {
  civilFromDays,
  DAY_MS,
  formatDate,
  minutes,
  shanghaiDay,
  startOfShanghaiDay,
} from "../../twin/kernel/time.ts";
import { causeOf, causeOfTime } from "./cause.ts";
import { firstOpening, type Period, workedOn } from "./duty-day.ts";
import { dutyRules } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";
import {
  CADENCES,
  type Cadence,
  CHECK_NAMES,
  claimedPeriod,
  deadlineOf,
  formTimes,
  isInTime,
  periodOf,
} from "./self-check-period.ts";

const PARAMETERS = {
  /** A form may come so long after midnight. */
  graceMs: minutes(30),
  /** So many operating days in a row without one: graver. */
  graveCount: 3,
  /** The form of a month is due on this day of the next. */
  monthlyDueDays: 5,
};
type Context = RuleContext<typeof PARAMETERS>;

/** Missing days in a row that are remembered. */
const MISSING_MAX = 31;
/** What was filed, and whether the kitchen worked, matters for the newest periods only. */
const PERIODS_MAX = 4;

type Submission = EventOf<"warmcity.selfcheck.submitted">;

interface SelfCheckState {
  /** Beginning of the log, ms since epoch. */
  coveredFrom: number;
  /** First days of the newest periods with a form in time. */
  filed: Record<Cadence, number[]>;
  /** First days of the newest periods in a row without one. */
  missing: Record<Cadence, number[]>;
  /** First days of the newest periods in which the kitchen worked. */
  worked: Record<Cadence, number[]>;
}

export const selfCheckMissing = defineRule<SelfCheckState, typeof PARAMETERS>({
  code: "D04",
  version: 1,
  level: "L4",
  validFrom: "2022-11-01",
  legalBasis: [dutyRules("10–12")],
  title: { zh: "自查缺失", en: "Self-check missing" },
  star: true,
  autoClose: "condition",
  parameters: PARAMETERS,
  events: ["warmcity.selfcheck.submitted"],
  findings: [],
  initial: () => ({
    coveredFrom: 0,
    filed: { daily: [], weekly: [], monthly: [] },
    missing: { daily: [], weekly: [], monthly: [] },
    worked: { daily: [], weekly: [], monthly: [] },
  }),
  begin: (state, context) => {
    state.coveredFrom = context.now;
    context.setTimer("day", nextCheck(context));
  },
  fold: (state, input, context) => {
    if (input.kind === "event" && input.event.type === "warmcity.selfcheck.submitted") {
      file(state, input.event, context);
    }
  },
  due: (state, key, context) => {
    if (key === "day") checkDay(state, context);
    else if (key === "cured" && isCured(state)) context.clear(null);
  },
});

/** The next end of the grace after midnight. */
function nextCheck({ now, parameters }: Context): number {
  const today = startOfShanghaiDay(shanghaiDay(now)) + parameters.graceMs;
  return today > now ? today : today + DAY_MS;
}

function file(state: SelfCheckState, event: Submission, context: Context): void {
  const { cadence } = event.data;
  const period = claimedPeriod(event);
  if (!isInTime(cadence, formTimes(event), period, context.parameters)) return;
  if (state.filed[cadence].includes(period.first)) return;
  note(state.filed[cadence], period.first);
  const missing = state.missing[cadence];
  if (missing.length === 0) return;
  state.missing[cadence] = missing.includes(period.first)
    ? missing.filter((first) => first !== period.first)
    : missing.filter((first) => first > period.first);
  if (!isCured(state)) return;
  const wasMissed = missing.includes(period.first);
  if (wasMissed) context.setTimer("cured", context.now);
  else
    context.clear(null, [
      causeOf(event, { zh: `${CHECK_NAMES[cadence]}按时提交`, en: `${cadence} self-check in time` }),
    ]);
}

/** Adds a period to a short sorted list. */
function note(periods: number[], first: number): void {
  if (periods.includes(first)) return;
  periods.push(first);
  periods.sort((a, b) => a - b);
  if (periods.length > PERIODS_MAX) periods.shift();
}

function isCured({ missing }: SelfCheckState): boolean {
  return missing.daily.length + missing.weekly.length + missing.monthly.length === 0;
}

/** After midnight: what should have come for the day, week and month before? */
function checkDay(state: SelfCheckState, context: Context): void {
  const yesterday = shanghaiDay(context.now - context.parameters.graceMs) - 1;
  if (workedOn(context.kitchen, context.facts, yesterday)) {
    for (const cadence of CADENCES) note(state.worked[cadence], periodOf(cadence, yesterday).first);
    check(state, "daily", yesterday, context);
  }
  if (civilFromDays(yesterday).weekday === 0) check(state, "weekly", yesterday, context);
  const { monthlyDueDays } = context.parameters;
  if (civilFromDays(yesterday).day === monthlyDueDays - 1) {
    check(state, "monthly", yesterday - monthlyDueDays + 1, context);
  }
  context.setTimer("day", nextCheck(context));
}

function check(state: SelfCheckState, cadence: Cadence, day: number, context: Context): void {
  const period = periodOf(cadence, day);
  const opening = firstOpening(context.kitchen, period);
  if (opening === null || opening < state.coveredFrom) return;
  const isDue = state.worked[cadence].includes(period.first);
  if (!isDue || state.filed[cadence].includes(period.first)) return;
  const missing = [...state.missing[cadence], period.first].slice(-MISSING_MAX);
  state.missing[cadence] = missing;
  context.raise({
    asset: null,
    level: cadence === "daily" && missing.length >= context.parameters.graveCount ? "L3" : "L4",
    value: cadence === "daily" ? { number: missing.length, unit: "d" } : null,
    because: missing.map((first) => absence(cadence, periodOf(cadence, first), context)),
  });
}

function absence(cadence: Cadence, period: Period, context: Context): Cause {
  const [first, last] = [formatDate(period.first), formatDate(period.last)];
  return causeOfTime(deadlineOf(cadence, period, context.parameters), `no-${cadence}-self-check-${first}`, {
    zh: `${first === last ? first : `${first} 至 ${last}`} 无${CHECK_NAMES[cadence]}记录`,
    en: `no ${cadence} self-check of ${first === last ? first : `${first} to ${last}`}`,
  });
}
