/** The four meals of the day that "per meal" counts by (CONTRACT §9): 04–10, 10–15, 15–22, 22–04. */
import { DAY_MS, HOUR_MS, shanghaiDay, startOfShanghaiDay } from "../../twin/kernel/time.ts";

const BORDERS_MS = [4, 10, 15, 22].map((hour) => hour * HOUR_MS);

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
