/** When mishaps begin: at any time, or while the kitchen is open, serves, sleeps. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../twin/kernel/time.ts";
import type { Dice } from "../dice.ts";
import { mealsOn, spansOn, type TimeSpan, worksOn } from "../operating-days.ts";
import type { CityDay } from "../process.ts";
import type { World } from "../world.ts";

type Moment = (world: World, device: number, day: CityDay) => number | null;

export const anyTime: Moment = (_world, _device, { start, dice }) => start + dice.next() * DAY_MS;

export const atNight: Moment = (_world, _device, { start, dice }) =>
  start + dice.between(-2, 5) * HOUR_MS + 2 * HOUR_MS;

/** While the kitchen is open; more often in the peaks of DOMAIN §7, 10–13 and 16–20 h. */
export const inHours: Moment = (world, device, day) => {
  const spans = spansOf(world, device, day, (kitchen) => spansOn(kitchen.opens, day.start));
  if (spans.length === 0) return null;
  let time = within(spans, day.dice);
  for (let tries = 0; tries < 3 && !isPeak(time - day.start); tries++) time = within(spans, day.dice);
  return time;
};

/** In the first half hour of a meal. */
export const inMeal: Moment = (world, device, day) => {
  const meals = spansOf(world, device, day, (kitchen) => mealsOn(kitchen, day.start));
  return meals.length === 0 ? null : day.dice.pick(meals).from + day.dice.next() * 30 * MINUTE_MS;
};

/** A quarter of an hour before a meal. */
export const beforeMeal: Moment = (world, device, day) => {
  const meals = spansOf(world, device, day, (kitchen) => mealsOn(kitchen, day.start));
  return meals.length === 0 ? null : day.dice.pick(meals).from - 15 * MINUTE_MS;
};

/** At the end of a meal. */
export const afterMeal: Moment = (world, device, day) => {
  const meals = spansOf(world, device, day, (kitchen) => mealsOn(kitchen, day.start));
  return meals.length === 0 ? null : day.dice.pick(meals).to;
};

/** When the day begins. */
export const atMidnight: Moment = (_world, _device, { start }) => start;

function spansOf(
  { city, kitchens }: World,
  device: number,
  { day }: CityDay,
  spans: (kitchen: World["city"]["kitchens"][number]) => TimeSpan[],
): TimeSpan[] {
  const k = city.kitchenOfDevice[device]!;
  const kitchen = city.kitchens[k]!;
  return worksOn(kitchen.calendar, day, kitchens.seed[k]!) ? spans(kitchen) : [];
}

function within(spans: readonly TimeSpan[], dice: Dice): number {
  const { from, to } = dice.pick(spans);
  return dice.between(from, to);
}

function isPeak(timeOfDay: number): boolean {
  const hour = timeOfDay / HOUR_MS;
  return (hour >= 10 && hour < 13) || (hour >= 16 && hour < 20);
}
