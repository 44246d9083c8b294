/**
 * Exposure in meals: seats at the meals that a kitchen served while an alert about its food was firing there. A meal that
 * was only partly under it counts for that part; two alerts at once count once.
 */

import { mealsOn, type TimeSpan } from "../../simulator/operating-days.ts";
import type { Kitchen } from "../../twin/city/kitchen.ts";
import { isOperatingDay } from "../../twin/kernel/calendar.ts";
import { shanghaiDay, startOfShanghaiDay } from "../../twin/kernel/time.ts";

/** Codes about what is on the plate: cold and hot chain, hygiene of food, pests, the sick, bad lots. */
const ABOUT_FOOD = /^(T0[1-8]|P0[124678]|D0[389]|D10|C02)$/;

export function isAboutFood(code: string): boolean {
  return ABOUT_FOOD.test(code);
}

/** `spans`: when such alerts fired, in any order; seats, with fractions. */
export function exposedMeals(kitchen: Kitchen, spans: readonly TimeSpan[]): number {
  const seats = kitchen.capacity ?? 0;
  let meals = 0;
  for (const { from, to } of joined(spans)) {
    for (let day = shanghaiDay(from) - 1; day <= shanghaiDay(to); day++) {
      if (!isOperatingDay(kitchen.calendar, day)) continue;
      for (const meal of mealsOn(kitchen, startOfShanghaiDay(day))) {
        const overlap = Math.min(to, meal.to) - Math.max(from, meal.from);
        if (overlap > 0) meals += (seats * overlap) / (meal.to - meal.from);
      }
    }
  }
  return meals;
}

function joined(spans: readonly TimeSpan[]): TimeSpan[] {
  const all: { from: number; to: number }[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else all.push({ from, to });
  }
  return all;
}
