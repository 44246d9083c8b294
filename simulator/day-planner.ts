/** Midnight: every process writes what it will do on the day that begins. */
import type { City } from "../twin/city/city.ts";
import { startOfShanghaiDay } from "../twin/kernel/time.ts";
import type { Agenda } from "./agenda.ts";
import { Dice } from "./dice.ts";
import { isWeak } from "./kitchen-states.ts";
import { mealsOn, spansOn, worksOn } from "./operating-days.ts";
import type { CityDay, KitchenDay, Process } from "./process.ts";
import type { World } from "./world.ts";

/** Plans a day of all processes, or of those that `takesPart` lets. */
export function planDay(
  world: World,
  processes: readonly Process[],
  day: number,
  agenda: Agenda,
  takesPart: (process: Process) => boolean = () => true,
): void {
  const dice = new Dice();
  const start = startOfShanghaiDay(day);
  processes.forEach((process, p) => {
    if (process.planCity === undefined || !takesPart(process)) return;
    const cityDay: CityDay = {
      day,
      start,
      dice: dice.seat(world.seed, day, p + 1),
      plan: (time, what, kitchen = -1) => agenda.add(Math.max(time, start), p, kitchen, what),
    };
    process.planCity(cityDay, world);
  });
  if (!processes.some((process) => process.planKitchen !== undefined && takesPart(process))) return;
  const kitchenDay = new OneKitchenDay(world.city, day, dice, agenda);
  for (let k = 0; k < world.city.kitchens.length; k++) {
    kitchenDay.enter(k, world.kitchens.seed[k]!);
    kitchenDay.fallible = world.isFallible(k);
    processes.forEach((process, p) => {
      if (process.planKitchen === undefined || !takesPart(process)) return;
      kitchenDay.process = p;
      dice.seat(world.kitchens.seed[k]!, day, p + 1);
      process.planKitchen(kitchenDay);
    });
  }
}

class OneKitchenDay implements KitchenDay {
  index = 0;
  kitchen: KitchenDay["kitchen"];
  operates = false;
  opens: KitchenDay["opens"] = [];
  meals: KitchenDay["meals"] = [];
  seed = 0;
  weak = false;
  fallible = false;
  process = 0;
  readonly start: number;
  readonly day: number;
  readonly dice: Dice;
  readonly #city: City;
  readonly plan: (time: number, what: number) => void;

  constructor(city: City, day: number, dice: Dice, agenda: Agenda) {
    this.#city = city;
    this.kitchen = city.kitchens[0]!;
    this.day = day;
    this.start = startOfShanghaiDay(day);
    this.dice = dice;
    this.plan = (time, what) => agenda.add(Math.max(time, this.start), this.process, this.index, what);
  }

  enter(index: number, seed: number): void {
    this.index = index;
    this.kitchen = this.#city.kitchens[index]!;
    this.operates = worksOn(this.kitchen.calendar, this.day, seed);
    this.opens = this.operates ? spansOn(this.kitchen.opens, this.start) : [];
    this.meals = this.operates ? mealsOn(this.kitchen, this.start) : [];
    this.seed = seed;
    this.weak = isWeak(seed);
  }
}
