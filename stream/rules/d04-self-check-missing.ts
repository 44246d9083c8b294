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
import { dayNamed, firstOpening, monthOf, type Period, weekOf, workedOn } from "./duty-day.ts";
import { dutyRules } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";

const GRACE_MS = minutes(30);
const GRAVE_DAYS = 3;
/** Missing days in a row that are remembered. */
const MISSING_MAX = 31;
/** What was filed, and whether the kitchen worked, matters for the newest periods only. */
const PERIODS_MAX = 4;
const MONTHLY_DUE_ON = 5;

const CADENCES = ["daily", "weekly", "monthly"] as const;
type Cadence = (typeof CADENCES)[number];
const CHECK_NAMES: Readonly<Record<Cadence, string>> = {
  daily: "日管控",
  weekly: "周排查",
  monthly: "月调度",
};
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

export const selfCheckMissing = defineRule<SelfCheckState>({
  code: "D04",
  version: 1,
  level: "L4",
  validFrom: "2022-11-01",
  legalBasis: [dutyRules("10–12")],
  title: { zh: "自查缺失", en: "Self-check missing" },
  star: true,
  autoClose: "condition",
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
    context.setTimer("day", nextCheck(context.now));
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

/** The next 00:30. */
function nextCheck(time: number): number {
  const today = startOfShanghaiDay(shanghaiDay(time)) + GRACE_MS;
  return today > time ? today : today + DAY_MS;
}

function periodOf(cadence: Cadence, day: number): Period {
  if (cadence === "daily") return { first: day, last: day };
  return cadence === "weekly" ? weekOf(day) : monthOf(day);
}

/** When a form of the period must have arrived, ms since epoch. */
function deadlineOf(cadence: Cadence, { last }: Period): number {
  const day = cadence === "monthly" ? last + MONTHLY_DUE_ON : last + 1;
  return startOfShanghaiDay(day) + GRACE_MS;
}

function file(state: SelfCheckState, event: Submission, context: RuleContext): void {
  const { cadence, claimed, deviceTimeTrusted } = event.data;
  const period = periodOf(cadence, dayNamed(claimed));
  const arrivedAt = deviceTimeTrusted === true ? event.time : (event.receivedAt ?? event.time);
  const isInTime = startOfShanghaiDay(period.first) <= event.time && arrivedAt <= deadlineOf(cadence, period);
  if (!isInTime || state.filed[cadence].includes(period.first)) return;
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

/** 00:30: what should have come for the day, week and month before? */
function checkDay(state: SelfCheckState, context: RuleContext): void {
  const yesterday = shanghaiDay(context.now - GRACE_MS) - 1;
  if (workedOn(context.kitchen, context.facts, yesterday)) {
    for (const cadence of CADENCES) note(state.worked[cadence], periodOf(cadence, yesterday).first);
    check(state, "daily", yesterday, context);
  }
  if (civilFromDays(yesterday).weekday === 0) check(state, "weekly", yesterday, context);
  if (civilFromDays(yesterday).day === MONTHLY_DUE_ON - 1) {
    check(state, "monthly", yesterday - MONTHLY_DUE_ON + 1, context);
  }
  context.setTimer("day", nextCheck(context.now));
}

function check(state: SelfCheckState, cadence: Cadence, day: number, context: RuleContext): void {
  const period = periodOf(cadence, day);
  const opening = firstOpening(context.kitchen, period);
  if (opening === null || opening < state.coveredFrom) return;
  const isDue = state.worked[cadence].includes(period.first);
  if (!isDue || state.filed[cadence].includes(period.first)) return;
  const missing = [...state.missing[cadence], period.first].slice(-MISSING_MAX);
  state.missing[cadence] = missing;
  context.raise({
    asset: null,
    level: cadence === "daily" && missing.length >= GRAVE_DAYS ? "L3" : "L4",
    value: cadence === "daily" ? { number: missing.length, unit: "d" } : null,
    because: missing.map((first) => absence(cadence, periodOf(cadence, first))),
  });
}

function absence(cadence: Cadence, period: Period): Cause {
  const [first, last] = [formatDate(period.first), formatDate(period.last)];
  return causeOfTime(deadlineOf(cadence, period), `no-${cadence}-self-check-${first}`, {
    zh: `${first === last ? first : `${first} 至 ${last}`} 无${CHECK_NAMES[cadence]}记录`,
    en: `no ${cadence} self-check of ${first === last ? first : `${first} to ${last}`}`,
  });
}
