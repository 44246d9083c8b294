/** Days, weeks and months in which a kitchen works and so has duties (CONTRACT §8.5, §9 "In hours"). */
import type { Kitchen } from "../../twin/city/kitchen.ts";
import { isOperatingDay } from "../../twin/kernel/calendar.ts";
import {
  civilFromDays,
  daysFromCivil,
  parseDate,
  parseTime,
  shanghaiDay,
  startOfShanghaiDay,
} from "../../twin/kernel/time.ts";
import { type KitchenFacts, operationAt } from "../facts.ts";

/** A stretch of days, both ends belong to it; Shanghai day numbers. */
export interface Period {
  readonly first: number;
  readonly last: number;
}

/** Monday to Sunday. */
export function weekOf(day: number): Period {
  const sinceMonday = (civilFromDays(day).weekday + 6) % 7;
  return { first: day - sinceMonday, last: day - sinceMonday + 6 };
}

export function monthOf(day: number): Period {
  const { year, month } = civilFromDays(day);
  const next = month === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1);
  return { first: daysFromCivil(year, month, 1), last: next - 1 };
}

/** The Shanghai day that a date or date-time names. */
export function dayNamed(dateOrTime: string): number {
  const day = parseDate(dateOrTime);
  return Number.isNaN(day) ? shanghaiDay(parseTime(dateOrTime)) : day;
}

/** First opening of the period by the calendar, ms since epoch; `null` if it has none. */
export function firstOpening(kitchen: Kitchen, { first, last }: Period): number | null {
  if (kitchen.opens.length === 0) return null;
  const opensAt = Math.min(...kitchen.opens.map(({ fromMs }) => fromMs));
  for (let day = first; day <= last; day++) {
    if (isOperatingDay(kitchen.calendar, day)) return startOfShanghaiDay(day) + opensAt;
  }
  return null;
}

/** Whether the kitchen opened on that day at all: by its calendar, and not closed all day by declaration or silence. */
export function workedOn(kitchen: Kitchen, facts: KitchenFacts, day: number): boolean {
  if (!isOperatingDay(kitchen.calendar, day)) return false;
  const midnight = startOfShanghaiDay(day);
  const declared = { ...facts, presumedClosedSince: null };
  const isClosed = (time: number) =>
    operationAt(declared, time) !== "open" || time >= (facts.presumedClosedSince ?? Number.POSITIVE_INFINITY);
  const changes = facts.declarations.flatMap(({ from, to }) => (to === null ? [from] : [from, to]));
  const nextMidnight = startOfShanghaiDay(day + 1);
  return kitchen.opens.some(({ fromMs, toMs }) => {
    const [from, to] = [midnight + fromMs, toMs > fromMs ? midnight + toMs : nextMidnight];
    return [from, ...changes.filter((time) => from < time && time < to)].some((time) => !isClosed(time));
  });
}
