/** Midnight: every process writes what it will do on the day that begins. */
import { MINUTE_MS, startOfShanghaiDay } from "../twin/kernel/time.ts";
import type { Agenda } from "./agenda.ts";
import { Dice } from "./dice.ts";
import { isWeak } from "./kitchen-states.ts";
import { mealsOn, spansOn, worksOn } from "./operating-days.ts";
import type { CityDay, KitchenDay, Process } from "./process.ts";
import type { World } from "./world.ts";

export interface PlanOf {
  readonly world: World;
  readonly processes: readonly Process[];
  /** Day number in Shanghai. */
  readonly day: number;
  readonly agenda: Agenda;
  /** When a run begins within the day: only what sensors feel matters before. ms since epoch; default: the day. */
  readonly since?: number;
  /** Nothing before `since` matters, felt or not. Default false. */
  readonly unfelt?: boolean;
  /** What is owed (`Process.owed`) and lies before `since` comes soon after it. Default false. */
  readonly catchUp?: boolean;
  /** Default: all. */
  readonly takesPart?: (process: Process) => boolean;
}

export function planDay(of: PlanOf): void {
  const { world, processes, day } = of;
  const dice = new Dice();
  const pen = new Pen(of);
  const takesPart = processes.map(of.takesPart ?? (() => true));
  processes.forEach((process, p) => {
    if (process.planCity === undefined || takesPart[p] !== true) return;
    pen.hold(p, -1);
    const plan: CityDay["plan"] = (time, what, kitchen = -1) => pen.write(time, what, kitchen);
    process.planCity({ day, start: pen.start, dice: dice.seat(world.seed, day, p + 1), plan }, world);
  });
  if (!processes.some((process, p) => process.planKitchen !== undefined && takesPart[p] === true)) return;
  const kitchenDay = new OneKitchenDay(world, day, dice, pen);
  for (let k = 0; k < world.city.kitchens.length; k++) {
    kitchenDay.enter(k);
    for (let p = 0; p < processes.length; p++) {
      const { planKitchen } = processes[p]!;
      if (planKitchen === undefined || takesPart[p] !== true) continue;
      pen.hold(p, k);
      dice.seat(kitchenDay.seed, day, p + 1);
      planKitchen(kitchenDay);
    }
  }
}

/** What is owed is done within so long. */
const SOON_MS = 10 * MINUTE_MS;

/** Writes into the agenda in the name of a process; nothing before the day, or before what matters. */
class Pen {
  readonly start: number;
  readonly #of: PlanOf;
  #process = 0;
  #kitchen = -1;
  #since = Number.NEGATIVE_INFINITY;
  #isOwed = false;

  constructor(of: PlanOf) {
    this.#of = of;
    this.start = startOfShanghaiDay(of.day);
  }

  hold(process: number, kitchen: number): void {
    const { since, processes, unfelt, catchUp } = this.#of;
    this.#process = process;
    this.#isOwed = catchUp === true && processes[process]!.owed === true;
    this.#kitchen = kitchen;
    const felt = processes[process]!.felt === true && unfelt !== true;
    this.#since = since === undefined || felt ? Number.NEGATIVE_INFINITY : since;
  }

  write(time: number, what: number, kitchen = this.#kitchen): void {
    const { agenda } = this.#of;
    if (time >= this.#since) agenda.add(Math.max(time, this.start), this.#process, kitchen, what);
    else if (this.#isOwed)
      agenda.add(this.#since + ((this.#since - time) % SOON_MS), this.#process, kitchen, what);
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
  readonly start: number;
  readonly day: number;
  readonly dice: Dice;
  readonly plan: (time: number, what: number) => void;
  readonly #world: World;

  constructor(world: World, day: number, dice: Dice, pen: Pen) {
    this.#world = world;
    this.kitchen = world.city.kitchens[0]!;
    this.day = day;
    this.start = pen.start;
    this.dice = dice;
    this.plan = (time, what) => pen.write(time, what);
  }

  enter(index: number): void {
    const { city, kitchens } = this.#world;
    this.index = index;
    this.kitchen = city.kitchens[index]!;
    this.seed = kitchens.seed[index]!;
    this.operates = worksOn(this.kitchen.calendar, this.day, this.seed);
    this.opens = this.operates ? spansOn(this.kitchen.opens, this.start) : [];
    this.meals = this.operates ? mealsOn(this.kitchen, this.start) : [];
    this.weak = isWeak(this.seed);
    this.fallible = this.#world.isFallible(index);
  }
}
