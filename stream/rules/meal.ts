/** The four meals of the day that "per meal" counts by (CONTRACT §9): 04–10, 10–15, 15–22, 22–04. */
import { DAY_MS, HOUR_MS, shanghaiDay, startOfShanghaiDay } from "../../twin/kernel/time.ts";

const BORDERS_MS = [4, 10, 15, 22].map((hour) => hour * HOUR_MS);

/** Four a day: a number for each meal, so that a span of meals is two numbers. */
export function mealNumber(time: number): number {
  const start = mealStart(time);
  const day = shanghaiDay(start);
  return BORDERS_MS.length * day + BORDERS_MS.indexOf(start - startOfShanghaiDay(day));
}

/** When the meal of a number begins, ms since epoch. */
export function startOfMeal(number: number): number {
  const day = Math.floor(number / BORDERS_MS.length);
  return startOfShanghaiDay(day) + BORDERS_MS[number - BORDERS_MS.length * day]!;
}

/** The end of the meal in which `time` lies, ms since epoch; it also names the meal. A border begins the next meal. */
export function mealEnd(time: number): number {
  const midnight = startOfShanghaiDay(shanghaiDay(time));
  const border = BORDERS_MS.find((borderMs) => midnight + borderMs > time);
  return border === undefined ? midnight + DAY_MS + BORDERS_MS[0]! : midnight + border;
}

/** The beginning of the meal in which `time` lies, ms since epoch. */
export function mealStart(time: number): number {
  const midnight = startOfShanghaiDay(shanghaiDay(time));
  const border = BORDERS_MS.findLast((borderMs) => midnight + borderMs <= time);
  return border === undefined ? midnight - DAY_MS + BORDERS_MS.at(-1)! : midnight + border;
}
