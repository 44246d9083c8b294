/**
 * T06 洗消不达标: three wash cycles in a row below 84.5 °C or 40 s, or no valid one within 3 h after a meal that was
 * served on own tableware (DOMAIN R10, R12). Three valid cycles in a row end it; the case asks for the re-wash record too.
 *
 * No cycle is a fact only where one would have been seen: a meal after which every machine is offline, being worked on,
 * or (if it has a reporting period) was never heard, is not known to be unwashed, and nothing rings.
 */
import type { EventOf } from "../../twin/events/event.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import { DAY_MS, hours, SECOND_MS, shanghaiDay, startOfShanghaiDay } from "../../twin/kernel/time.ts";
import { momentText } from "../../twin/words/moment-text.ts";
import { isMaintained } from "../facts.ts";
import { causeOf, causeOfTime } from "./cause.ts";
import { foodSafetyLaw, operatingCode, regulation } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";
import { TRADING_EVENTS, tradingOf } from "./trading.ts";

/** 85 °C, less the sensor's half degree. */
const PEAK_MIN = 84.5;
const HOLD_MIN_MS = 40 * SECOND_MS;
const IN_A_ROW = 3;
const AFTER_MEAL_MS = hours(3);
const VALID_MAX = 16;

type Cycle = EventOf<"warmcity.dish.cycle">;

interface Machine {
  /** The newest invalid cycles in a row, three at most. */
  bad: Cause[];
  /** Valid cycles in a row. */
  good: number;
  isFailing: boolean;
}

interface WashingState {
  /** Ordinal -> dish machine that has run. */
  machines: Record<string, Machine>;
  /** Ends of meals that wait for their first valid cycle, ms since epoch. */
  meals: number[];
  /** A meal had no valid cycle, and no three in a row have run since. */
  isMissed: boolean;
  /** Times of the newest valid cycles, for meals heard of late. */
  validAt: number[];
  /** Ordinals of the machines with a reporting period that were heard. */
  heard: number[];
}

export const wareWashing = defineRule<WashingState>({
  code: "T06",
  version: 1,
  level: "L3",
  validFrom: "2022-02-22",
  legalBasis: [operatingCode("App. J"), foodSafetyLaw("33(5), 126(5)"), regulation("26")],
  title: { zh: "洗消不达标", en: "Ware-washing too weak" },
  autoClose: "condition+record",
  records: ["rewash"],
  events: ["warmcity.dish.cycle", ...TRADING_EVENTS],
  findings: ["heard"],
  initial: () => ({ machines: {}, meals: [], isMissed: false, validAt: [], heard: [] }),
  fold: (state, input, context) => {
    if (input.kind === "heard") {
      if (input.first && isMachine(input.device, context)) state.heard.push(input.device);
    } else if (input.kind === "event" && input.event.type === "warmcity.dish.cycle") {
      noteCycle(state, input.event, context);
    } else if (tradingOf(input) !== null && washesByMachine(context)) {
      noteMeal(state, context);
    }
  },
  due: (state, key, context) => {
    const end = Number(/^meal (\d+)$/.exec(key)?.[1]);
    if (!state.meals.includes(end)) return;
    state.meals = state.meals.filter((other) => other !== end);
    if (!isWatched(state, context)) return;
    state.isMissed = true;
    const moment = momentText(end);
    const because = [
      causeOfTime(end, `meal-${end}`, {
        zh: `${moment} 结束的餐次后 3 小时内无合格洗消循环`,
        en: `no valid wash cycle within 3 h after the meal that ended at ${moment}`,
      }),
    ];
    context.raise({ asset: null, level: "L3", at: end + AFTER_MEAL_MS, because });
  },
});

function noteCycle(state: WashingState, cycle: Cycle, context: RuleContext): void {
  const { program, peak, holdMs } = cycle.data;
  if (program !== "wash" || isMaintained(context.facts, cycle.device, context.now)) return;
  const machine = state.machines[cycle.device] ?? { bad: [], good: 0, isFailing: false };
  state.machines[cycle.device] = machine;
  const cause = causeOf(cycle, {
    zh: `${peak} °C，持续 ${holdMs / SECOND_MS} 秒`,
    en: `${peak} °C for ${holdMs / SECOND_MS} s`,
  });
  if (peak >= PEAK_MIN && holdMs >= HOLD_MIN_MS) {
    serveMeals(state, context);
    noteGood(state, machine, cause, context);
    return;
  }
  machine.good = 0;
  machine.bad = [...machine.bad, cause].slice(-IN_A_ROW);
  if (machine.bad.length < IN_A_ROW) return;
  machine.isFailing = true;
  const value = peak < PEAK_MIN ? { number: peak, unit: "Cel" } : { number: holdMs / SECOND_MS, unit: "s" };
  context.raise({ asset: null, level: "L3", value, because: machine.bad });
}

function noteGood(state: WashingState, machine: Machine, cause: Cause, context: RuleContext): void {
  machine.bad = [];
  machine.good = Math.min(machine.good + 1, IN_A_ROW);
  if (machine.good < IN_A_ROW) return;
  machine.isFailing = false;
  state.isMissed = false;
  if (!Object.values(state.machines).some(({ isFailing }) => isFailing)) context.clear(null, [cause]);
}

/** The valid cycle in hand washes every meal that ended in the 3 h before. */
function serveMeals(state: WashingState, context: RuleContext): void {
  state.validAt = [...state.validAt, context.now].slice(-VALID_MAX);
  for (const end of state.meals.filter((end) => isServed(end, context.now))) {
    context.cancelTimer(`meal ${end}`);
  }
  state.meals = state.meals.filter((end) => !isServed(end, context.now));
}

function isServed(end: number, cycleAt: number): boolean {
  return end <= cycleAt && cycleAt <= end + AFTER_MEAL_MS;
}

function isMachine(device: number, { city }: RuleContext): boolean {
  return city.devices[device]?.kind === "dish-machine";
}

/** Whether a machine of the kitchen would have told of a cycle. */
function isWatched({ heard }: WashingState, context: RuleContext): boolean {
  const { city, kitchen, facts, now } = context;
  return kitchen.devices.some(({ id, kind, reportEveryMs }) => {
    if (kind !== "dish-machine") return false;
    const device = city.deviceOrdinal(id);
    const speaks = reportEveryMs === null || (heard.includes(device) && facts.offline[device] === undefined);
    return speaks && !isMaintained(facts, device, now);
  });
}

function washesByMachine({ kitchen }: RuleContext): boolean {
  return kitchen.tableware === "own" && kitchen.devices.some(({ kind }) => kind === "dish-machine");
}

/** Somebody eats: the meal of this moment needs a valid cycle. */
function noteMeal(state: WashingState, context: RuleContext): void {
  for (const end of mealEnds(context)) {
    if (state.meals.includes(end) || state.validAt.some((at) => isServed(end, at))) continue;
    state.meals.push(end);
    context.setTimer(`meal ${end}`, end + AFTER_MEAL_MS);
  }
}

/** Ends of the kitchen's meals in which this moment lies. */
function mealEnds({ kitchen, now }: RuleContext): number[] {
  const today = shanghaiDay(now);
  return [today - 1, today].flatMap((day) => {
    const midnight = startOfShanghaiDay(day);
    return kitchen.meals
      .map(({ fromMs, toMs }) => ({ from: fromMs, to: toMs > fromMs ? toMs : toMs + DAY_MS }))
      .filter(({ from, to }) => midnight + from <= now && now < midnight + to)
      .map(({ to }) => midnight + to);
  });
}
