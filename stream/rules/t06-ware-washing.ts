/**
 * T06 洗消不达标: three wash cycles in a row below 84.5 °C or 40 s, or no valid one within 3 h after a meal that was
 * served on own tableware (DOMAIN R10, R12). Three valid cycles in a row end it; the case asks for the re-wash record too.
 *
 * No cycle is a fact only where one would have been seen: a meal after which every machine is offline, being worked on,
 * or (if it has a reporting period) was never heard, is not known to be unwashed, and nothing rings.
 */
import type { EventOf } from "../../twin/events/event.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import {
  DAY_MS,
  HOUR_MS,
  hours,
  SECOND_MS,
  seconds,
  shanghaiDay,
  startOfShanghaiDay,
} from "../../twin/kernel/time.ts";
import { momentText } from "../../twin/words/moment-text.ts";
import { isMaintained } from "../facts.ts";
import { causeOf, causeOfTime } from "./cause.ts";
import { foodSafetyLaw, operatingCode, regulation } from "./legal-basis.ts";
import { defineRule, type RuleContext, type RuleView } from "./rule.ts";
import { TRADING_EVENTS, tradingOf } from "./trading.ts";

const PARAMETERS = {
  /** A valid cycle reaches it: 85 °C, less the sensor's half degree. */
  peakC: 84.5,
  /** A valid cycle holds its peak so long. */
  holdMs: seconds(40),
  /** Invalid cycles in a row that ring, and valid ones that end it. */
  inARowCount: 3,
  /** A meal is washed by a valid cycle within this time after it. */
  afterMealMs: hours(3),
};
type Context = RuleContext<typeof PARAMETERS>;
type View = RuleView<typeof PARAMETERS>;

/** Valid cycles remembered for meals heard of late. */
const VALID_MAX = 16;

type Cycle = EventOf<"warmcity.dish.cycle">;

interface InvalidCycle {
  /** ms since epoch. */
  readonly time: number;
  readonly cause: Cause;
  readonly exercise: boolean;
}

interface Machine {
  /** The newest invalid cycles in a row, oldest first, as many as ring at most. */
  bad: InvalidCycle[];
  /** Valid cycles in a row. */
  good: number;
  /** Time of the newest valid cycle. */
  goodAt: number;
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

export const wareWashing = defineRule<WashingState, typeof PARAMETERS>({
  code: "T06",
  version: 1,
  level: "L3",
  validFrom: "2022-02-22",
  legalBasis: [operatingCode("App. J"), foodSafetyLaw("33(5), 126(5)"), regulation("26")],
  title: { zh: "洗消不达标", en: "Ware-washing too weak" },
  autoClose: "condition+record",
  records: ["rewash"],
  parameters: PARAMETERS,
  events: ["warmcity.dish.cycle", ...TRADING_EVENTS],
  findings: ["heard"],
  initial: () => ({ machines: {}, meals: [], isMissed: false, validAt: [], heard: [] }),
  concerns: (state, input, view) => {
    if (input.kind === "heard") return input.first && isMachine(input.device, view);
    if (input.kind !== "event" || input.event.type === "warmcity.dish.cycle") return true;
    return tradingOf(input) !== null && washesByMachine(view) && unserved(state, view).length > 0;
  },
  fold: (state, input, context) => {
    if (input.kind === "heard") state.heard.push(input.device);
    else if (input.kind === "event" && input.event.type === "warmcity.dish.cycle") {
      noteCycle(state, input.event, context);
    } else noteMeal(state, context);
  },
  due: (state, key, context) => {
    const end = Number(/^meal (\d+)$/.exec(key)?.[1]);
    if (!state.meals.includes(end)) return;
    state.meals = state.meals.filter((other) => other !== end);
    if (!isWatched(state, context)) return;
    state.isMissed = true;
    const moment = momentText(end);
    const { afterMealMs } = context.parameters;
    const limit = afterMealMs / HOUR_MS;
    const because = [
      causeOfTime(end, `meal-${end}`, {
        zh: `${moment} 结束的餐次后 ${limit} 小时内无合格洗消循环`,
        en: `no valid wash cycle within ${limit} h after the meal that ended at ${moment}`,
      }),
    ];
    context.raise({ asset: null, level: "L3", at: end + afterMealMs, because });
  },
});

function noteCycle(state: WashingState, cycle: Cycle, context: Context): void {
  const { program, peak, holdMs } = cycle.data;
  const { peakC, holdMs: holdMinMs, inARowCount } = context.parameters;
  if (program !== "wash" || isMaintained(context.facts, cycle.device, context.now)) return;
  const machine = state.machines[cycle.device] ?? { bad: [], good: 0, goodAt: 0, isFailing: false };
  state.machines[cycle.device] = machine;
  const cause = causeOf(cycle, {
    zh: `${peak} °C，持续 ${holdMs / SECOND_MS} 秒`,
    en: `${peak} °C for ${holdMs / SECOND_MS} s`,
  });
  if (peak >= peakC && holdMs >= holdMinMs) {
    serveMeals(state, context);
    noteGood(state, machine, cause, context);
    return;
  }
  const { time, exercise } = cycle;
  // One that comes late, from before a valid one, belongs to a row that is over.
  if (time < machine.goodAt) return;
  machine.good = 0;
  machine.bad = [...machine.bad, { time, cause, exercise }]
    .sort((a, b) => a.time - b.time)
    .slice(-inARowCount);
  if (machine.bad.length < inARowCount) return;
  machine.isFailing = true;
  const value = peak < peakC ? { number: peak, unit: "Cel" } : { number: holdMs / SECOND_MS, unit: "s" };
  context.raise({
    asset: null,
    level: "L3",
    at: machine.bad.at(-1)!.time,
    value,
    because: machine.bad.map((bad) => bad.cause),
    exercise: machine.bad.some((bad) => bad.exercise),
  });
}

function noteGood(state: WashingState, machine: Machine, cause: Cause, context: Context): void {
  const { inARowCount } = context.parameters;
  machine.goodAt = Math.max(machine.goodAt, context.now);
  machine.bad = machine.bad.filter(({ time }) => time > context.now);
  if (machine.bad.length > 0) return;
  machine.good = Math.min(machine.good + 1, inARowCount);
  if (machine.good < inARowCount) return;
  machine.isFailing = false;
  state.isMissed = false;
  if (!Object.values(state.machines).some(({ isFailing }) => isFailing)) context.clear(null, [cause]);
}

/** The valid cycle in hand washes every meal that ended not too long before. */
function serveMeals(state: WashingState, context: Context): void {
  state.validAt = [...state.validAt, context.now].slice(-VALID_MAX);
  for (const end of state.meals.filter((end) => isServed(end, context.now, context))) {
    context.cancelTimer(`meal ${end}`);
  }
  state.meals = state.meals.filter((end) => !isServed(end, context.now, context));
}

function isServed(end: number, cycleAt: number, { parameters }: View): boolean {
  return end <= cycleAt && cycleAt <= end + parameters.afterMealMs;
}

function isMachine(device: number, { city }: View): boolean {
  return city.devices[device]?.kind === "dish-machine";
}

/** Whether a machine of the kitchen would have told of a cycle. */
function isWatched({ heard }: WashingState, context: Context): boolean {
  const { city, kitchen, facts, now } = context;
  return kitchen.devices.some(({ id, kind, reportEveryMs }) => {
    if (kind !== "dish-machine") return false;
    const device = city.deviceOrdinal(id);
    const speaks = reportEveryMs === null || (heard.includes(device) && facts.offline[device] === undefined);
    return speaks && !isMaintained(facts, device, now);
  });
}

function washesByMachine({ kitchen }: View): boolean {
  return kitchen.tableware === "own" && kitchen.devices.some(({ kind }) => kind === "dish-machine");
}

/** Somebody eats: the meal of this moment needs a valid cycle. */
function noteMeal(state: WashingState, context: Context): void {
  for (const end of unserved(state, context)) {
    state.meals.push(end);
    context.setTimer(`meal ${end}`, end + context.parameters.afterMealMs);
  }
}

/** Ends of the meals of this moment that nobody waits for yet, and no valid cycle has served. */
function unserved({ meals, validAt }: WashingState, view: View): number[] {
  return mealEnds(view).filter(
    (end) => !meals.includes(end) && !validAt.some((at) => isServed(end, at, view)),
  );
}

/** Ends of the kitchen's meals in which this moment lies. */
function mealEnds({ kitchen, now }: View): number[] {
  const today = shanghaiDay(now);
  return [today - 1, today].flatMap((day) => {
    const midnight = startOfShanghaiDay(day);
    return kitchen.meals
      .map(({ fromMs, toMs }) => ({ from: fromMs, to: toMs > fromMs ? toMs : toMs + DAY_MS }))
      .filter(({ from, to }) => midnight + from <= now && now < midnight + to)
      .map(({ to }) => midnight + to);
  });
}
