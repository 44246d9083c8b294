/** Which days a kitchen works, by its calendar, and when it is open and serves on such a day. */
import type { DaySpan, Kitchen, OperatingCalendar } from "../twin/city/kitchen.ts";
import { isOperatingDay } from "../twin/kernel/calendar.ts";
import { civilFromDays, DAY_MS } from "../twin/kernel/time.ts";
import { blend } from "./dice.ts";

/** A span of event time, ms since epoch. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** Chance that a mobile unit has an event: on an ordinary day, on a summer weekend (DOMAIN §2). */
const EVENT_CHANCE = 0.15;
const SUMMER_WEEKEND_CHANCE = 0.6;

/** Whether the kitchen works on the day; `seed` is its chance, for those that work by event. */
export function worksOn(calendar: OperatingCalendar, day: number, seed: number): boolean {
  if (calendar !== "event") return isOperatingDay(calendar, day);
  const { month, weekday } = civilFromDays(day);
  const weekend = weekday === 0 || weekday === 6;
  const chance = weekend && month >= 5 && month <= 10 ? SUMMER_WEEKEND_CHANCE : EVENT_CHANCE;
  return blend(seed, day, 0x6576) < chance * 4_294_967_296;
}

/** Spans of a day as spans of event time; one that crosses midnight ends on the next day. */
export function spansOn(spans: readonly DaySpan[], dayStart: number): TimeSpan[] {
  return spans.map(({ fromMs, toMs }) => ({
    from: dayStart + fromMs,
    to: dayStart + toMs + (toMs <= fromMs ? DAY_MS : 0),
  }));
}

/** The meals that fall into the hours in which the kitchen is open. */
export function mealsOn(kitchen: Kitchen, dayStart: number): TimeSpan[] {
  const open = spansOn(kitchen.opens, dayStart);
  return spansOn(kitchen.meals, dayStart).filter((meal) =>
    open.some((span) => meal.from < span.to && span.from < meal.to),
  );
}
