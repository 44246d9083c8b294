/** The calendar of 日管控, 周排查, 月调度 of a kitchen: what is there, what is missing, and what the twin doubts (D05). */
import type { City } from "../../../twin/city/city.ts";
import type { Kitchen } from "../../../twin/city/kitchen.ts";
import { formatDate, formatTime, shanghaiDay } from "../../../twin/kernel/time.ts";
import { type FiledForm, formOf } from "../../duties/self-control.ts";
import type { CityFold } from "../../fold.ts";
import type { KitchenState } from "../../kitchen-state.ts";
import { firstOpening, type Period, workedOn } from "../../rules/duty-day.ts";
import {
  CADENCES,
  type Cadence,
  deadlineOf,
  isInTime,
  periodOf,
  type SelfCheckLimits,
} from "../../rules/self-check-period.ts";
import type { CheckPeriod, KitchenDuties } from "../../server/duty-answers.ts";
import { numbersOf } from "./numbers-of.ts";

/** Periods shown, the present one included. */
const SHOWN: Readonly<Record<Cadence, number>> = { daily: 31, weekly: 9, monthly: 7 };

interface Ground {
  readonly kitchen: Kitchen;
  readonly state: KitchenState;
  readonly limits: SelfCheckLimits;
  readonly now: number;
  readonly begunAt: number;
}

/** Newest first. */
export function selfControlView(city: City, fold: CityFold, index: number): KitchenDuties["selfControl"] {
  const { now } = fold;
  const ground = groundOf(city, fold, index);
  const filed = fold.duties.books.selfControl.stateOf(index);
  const [daily, weekly, monthly] = CADENCES.map((cadence) =>
    periodsBack(cadence, now).map((period) =>
      checkPeriod(cadence, period, formOf(filed, cadence, period.first), ground),
    ),
  );
  return { daily: daily ?? [], weekly: weekly ?? [], monthly: monthly ?? [] };
}

/** How the daily form of one day stands. */
export function dailyCheck(city: City, fold: CityFold, index: number, day: number): CheckPeriod["state"] {
  const form = formOf(fold.duties.books.selfControl.stateOf(index), "daily", day);
  return checkPeriod("daily", { first: day, last: day }, form, groundOf(city, fold, index)).state;
}

function groundOf(city: City, fold: CityFold, index: number): Ground {
  const numbers = numbersOf(fold, "D04");
  const limits = { graceMs: numbers.graceMs ?? 0, monthlyDueDays: numbers.monthlyDueDays ?? 0 };
  const { now, begunAt } = fold;
  return { kitchen: city.kitchens[index]!, state: fold.kitchen(index), limits, now, begunAt };
}

function periodsBack(cadence: Cadence, now: number): Period[] {
  const periods: Period[] = [];
  if (!Number.isFinite(now)) return periods;
  let day = shanghaiDay(now);
  for (let n = 0; n < SHOWN[cadence]; n++) {
    const period = periodOf(cadence, day);
    periods.push(period);
    day = period.first - 1;
  }
  return periods;
}

function checkPeriod(cadence: Cadence, period: Period, form: FiledForm | null, ground: Ground): CheckPeriod {
  const due = deadlineOf(cadence, period, ground.limits);
  return {
    from: formatDate(period.first),
    to: formatDate(period.last),
    state: form === null ? withoutForm(period, due, ground) : withForm(cadence, period, form, ground.limits),
    due: formatTime(due),
    at: form === null ? null : formatTime(form.at),
    arrivedAt: form === null ? null : formatTime(form.arrivedAt),
    items: form?.items ?? 0,
    faults: form?.faults ?? 0,
    doubts: form === null ? [] : doubtsOn(form, ground.state),
  };
}

function withForm(
  cadence: Cadence,
  period: Period,
  form: FiledForm,
  limits: SelfCheckLimits,
): CheckPeriod["state"] {
  if (!isInTime(cadence, form, period, limits)) return "late";
  return form.faults === 0 ? "zero-risk" : "done";
}

function withoutForm(
  period: Period,
  due: number,
  { kitchen, state, now, begunAt }: Ground,
): CheckPeriod["state"] {
  const opening = firstOpening(kitchen, period);
  if (opening !== null && opening < begunAt) return "not-covered";
  const today = shanghaiDay(now);
  for (let day = period.first; day <= Math.min(period.last, today); day++)
    if (workedOn(kitchen, state.facts, day)) return due > now ? "pending" : "missing";
  return period.last >= today && opening !== null ? "pending" : "closed";
}

/** The cases of D05 that name a form of that moment, but those that a reviewer called false. */
function doubtsOn({ at }: FiledForm, { episodes, cases }: KitchenState): string[] {
  const time = formatTime(at);
  return Object.values(episodes)
    .filter((episode) => episode.code === "D05" && cases[episode.case]?.state !== "false")
    .filter(({ because }) => because.some((cause) => cause.time === time))
    .map((episode) => episode.case);
}
