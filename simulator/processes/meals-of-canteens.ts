/** Canteens publish their menus, keep a sample of every dish and throw it away after two days (DOMAIN R13, R14). */
import { unitProfiles } from "../../twin/city/unit-profiles.ts";
import {
  formatDate,
  formatTime,
  HOUR_MS,
  MINUTE_MS,
  shanghaiDay,
  startOfShanghaiDay,
} from "../../twin/kernel/time.ts";
import type { Planned } from "../agenda.ts";
import { blend } from "../dice.ts";
import { mealsOn, type TimeSpan } from "../operating-days.ts";
import { defineProcess } from "../process.ts";
import { DISHES } from "../products.ts";
import type { World } from "../world.ts";

/** `what` = meal x 64 + this, or + 2 x dish, or + 2 x dish + 1 for its removal. */
const MENU = 63;
const KEPT_HOURS = 49;
const SAMPLED_MS = 100 * MINUTE_MS;
const REMOVED_WITHIN_HOURS = 5;

export const mealsOfCanteens = defineProcess({
  name: "meals-of-canteens",
  owed: true,
  planKitchen({ operates, kitchen, seed, day, meals, dice, plan }) {
    if (!operates || !unitProfiles[kitchen.type].canteen) return;
    meals.forEach((meal, m) => {
      plan(meal.from - dice.int(30, 120) * MINUTE_MS, m * 64 + MENU);
      const dishes = dishesOf(seed, day, m, meal).length;
      for (let dish = 0; dish < dishes; dish++) {
        const kept = meal.from + dice.int(3, 70) * MINUTE_MS + dice.int(0, 59) * 1_000;
        plan(kept, m * 64 + dish * 2);
        const removed = kept + KEPT_HOURS * HOUR_MS + dice.int(0, REMOVED_WITHIN_HOURS * 60 - 1) * MINUTE_MS;
        plan(removed, m * 64 + dish * 2 + 1);
      }
    });
  },
  act(world, planned) {
    const { kitchen, time, what } = planned;
    const unit = world.city.kitchens[kitchen]!;
    const m = Math.floor(what / 64);
    const removed = what % 64 !== MENU && what % 2 === 1;
    const day = shanghaiDay(removed ? time - (KEPT_HOURS + REMOVED_WITHIN_HOURS) * HOUR_MS : time);
    const service = mealsOn(unit, startOfShanghaiDay(day))[m]!;
    // What is on the table for so long was published and sampled as the twin has seen it.
    if (world.goesOn && !removed && service.from + SAMPLED_MS <= world.from) return;
    const dishes = dishesOf(world.kitchens.seed[kitchen]!, day, m, service);
    const meal = `${formatDate(day)}-${m + 1}`;
    if (what % 64 === MENU) {
      world.say(planned, `/kitchens/${unit.id}`, "warmcity.menu.published", {
        meal,
        serviceStart: formatTime(service.from),
        serviceEnd: formatTime(service.to),
        dishes: [...dishes],
      });
      return;
    }
    const dish = dishes[Math.floor((what % 64) / 2)]!;
    const cook = `/persons/${unit.staff.find((member) => member.job === "cook")?.id ?? `${unit.id}/cook`}`;
    if (removed) world.say(planned, cook, "warmcity.sample.removed", { meal, dish });
    else keepSample(world, planned, cook, meal, dish);
  },
});

function keepSample(
  world: World,
  planned: Readonly<Planned>,
  cook: string,
  meal: string,
  dish: string,
): void {
  if (world.faults.has("no-samples", planned.kitchen, planned.time)) return;
  const grams = world.diceOf(planned).int(127, 190);
  world.say(planned, cook, "warmcity.sample.retained", { meal, dish, grams });
}

/** The dishes of a meal: few in the morning, most at noon; the same whoever asks. */
function dishesOf(seed: number, day: number, meal: number, service: TimeSpan): readonly string[] {
  const draw = blend(seed, day, meal, 0x64697368);
  const hour = (service.from - startOfShanghaiDay(day)) / HOUR_MS;
  const count = (hour < 10 ? 1 : hour < 15 ? 5 : 3) + (draw % 3);
  const first = Math.floor(draw / 3) % DISHES.length;
  return Array.from({ length: count }, (_, i) => DISHES[(first + i * 3) % DISHES.length]!);
}
