/** When a limit of the case policy ends: event time, ms since epoch, never before the moment it runs from. */
import type { Case } from "./case-file.ts";
import type { CasePolicy, Limit } from "./case-policy.ts";
import type { DaySpan } from "./city/kitchen.ts";
import {
  endOfDay,
  isOperatingDay,
  whenOpenFor,
  whenWindowFor,
  withinSpans,
  workdayDeadline,
} from "./kernel/calendar.ts";
import { DAY_MS, shanghaiDay, startOfShanghaiDay, timeOfDay } from "./kernel/time.ts";

type Subject = Pick<Case, "hours" | "level">;

export function limitAt(limit: Limit, from: number, subject: Subject, policy: CasePolicy): number {
  switch (limit.kind) {
    case "elapsed":
      return from + limit.ms;
    case "in-hours": {
      const inHours = subject.hours === null ? null : whenOpenFor(subject.hours, from, limit.ms);
      return inHours ?? whenWindowFor(policy.dayWindow, from, limit.ms);
    }
    case "day-window":
      return whenWindowFor(policy.dayWindow, from, limit.ms);
    case "workdays":
      return workdayDeadline(from, limit.n);
    case "same-day":
      return endOfDay(from);
    case "next-meal":
      return nextMeal(from, subject) ?? limitAt(policy.levels[subject.level].rectify, from, subject, policy);
    case "meal-end":
      return mealEnd(from, subject) ?? limitAt(policy.levels[subject.level].rectify, from, subject, policy);
  }
}

/** Holidays close a canteen for weeks; beyond that its next meal says nothing. */
const MEAL_SEARCH_DAYS = 14;

function nextMeal(from: number, { hours }: Subject): number | null {
  if (hours === null || hours.meals.length === 0) return null;
  const today = shanghaiDay(from);
  for (let day = today; day <= today + MEAL_SEARCH_DAYS; day++) {
    if (!isOperatingDay(hours.calendar, day)) continue;
    const starts = hours.meals
      .map(({ fromMs }) => startOfShanghaiDay(day) + fromMs)
      .filter((start) => start > from);
    if (starts.length > 0) return Math.min(...starts);
  }
  return null;
}

function mealEnd(from: number, { hours }: Subject): number | null {
  const meal = hours?.meals.find((span) => withinSpans([span], from));
  return meal === undefined ? null : from + leftOf(meal, from);
}

/** Time left of a span that runs at `from`, ms. */
function leftOf({ toMs }: DaySpan, from: number): number {
  const left = toMs - timeOfDay(from);
  return left > 0 ? left : left + DAY_MS;
}
