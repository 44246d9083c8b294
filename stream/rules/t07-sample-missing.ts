/**
 * T07 留样缺失: a dish of the menu without a retained sample of 125 g two hours after service began, or a sample thrown away
 * before 48 h (DOMAIN R13), in the kitchens that must keep samples (R14). A missed sample cannot be made up: only people
 * end the case.
 */
import type { EventOf } from "../../twin/events/event.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import { DAY_MS, HOUR_MS, hours, parseTime } from "../../twin/kernel/time.ts";
import { momentText } from "../../twin/words/moment-text.ts";
import { causeOf, causeOfTime } from "./cause.ts";
import { operatingCode, regulation } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";

const PARAMETERS = {
  sampleGrams: 125,
  /** After the service began, every dish has its sample. */
  graceMs: hours(2),
  keptMs: hours(48),
  /** Meals for more heads than this keep samples, whoever serves them. */
  manyHeadsCount: 100,
};

/** Menus and samples are remembered so long beyond `keptMs`. */
const MEMORY_MS = DAY_MS;
/** Dishes that a text names. */
const NAMED_MAX = 8;
const ALWAYS: ReadonlySet<string> = new Set(["school", "nursery", "elder-care", "hospital"]);
/** Canteens and caterers: by the heads that they serve. */
const BY_HEADS: ReadonlySet<string> = new Set(["office", "mobile-banquet"]);

type Context = RuleContext<typeof PARAMETERS>;

interface Menu {
  /** ms since epoch. */
  readonly start: number;
  readonly publishedAt: number;
  readonly dishes: readonly string[];
  readonly cause: Cause;
  readonly exercise: boolean;
}

interface Sample {
  readonly at: number;
  /** The largest record. */
  readonly grams: number;
}

interface Banquet {
  readonly heads: number;
  readonly from: number;
  readonly to: number;
}

interface SampleState {
  /** Meal -> its menu, as published last. */
  menus: Record<string, Menu>;
  /** Meal -> dish -> its sample. */
  samples: Record<string, Record<string, Sample>>;
  /** Banquet -> how many come, and when. */
  banquets: Record<string, Banquet>;
}

export const sampleMissing = defineRule<SampleState, typeof PARAMETERS>({
  code: "T07",
  version: 1,
  level: "L3",
  validFrom: "2019-12-01",
  legalBasis: [regulation("28"), operatingCode("7.9"), "学校食品安全与营养健康管理规定 Art. 40"],
  title: { zh: "留样缺失", en: "Retained sample missing" },
  star: true,
  autoClose: "human",
  parameters: PARAMETERS,
  events: [
    "warmcity.menu.published",
    "warmcity.sample.retained",
    "warmcity.sample.removed",
    "warmcity.banquet.filed",
    "warmcity.banquet.changed",
  ],
  findings: [],
  initial: () => ({ menus: {}, samples: {}, banquets: {} }),
  fold: (state, input, context) => {
    if (input.kind !== "event") return;
    const { event } = input;
    switch (event.type) {
      case "warmcity.menu.published":
        noteMenu(state, event, context);
        break;
      case "warmcity.sample.retained":
        noteSample(state, event);
        break;
      case "warmcity.sample.removed":
        noteRemoval(state, event, context);
        break;
      case "warmcity.banquet.filed":
      case "warmcity.banquet.changed":
        noteBanquet(state, event);
        break;
    }
  },
  due: (state, key, context) => {
    const menu = state.menus[key];
    if (menu !== undefined) judge(state, key, menu, context);
  },
});

function noteMenu(state: SampleState, event: EventOf<"warmcity.menu.published">, context: Context): void {
  const { meal, serviceStart, dishes } = event.data;
  const known = state.menus[meal];
  if (known !== undefined && known.publishedAt > event.time) return;
  const start = parseTime(serviceStart);
  const moment = momentText(start);
  const cause = causeOf(event, {
    zh: `${moment} 开餐，菜品 ${dishes.length} 种`,
    en: `service from ${moment}, ${dishes.length} dishes`,
  });
  state.menus[meal] = {
    start,
    publishedAt: event.time,
    dishes: [...new Set(dishes)],
    cause,
    exercise: event.exercise,
  };
  context.setTimer(meal, start + context.parameters.graceMs);
  forget(state, context);
}

function noteSample(state: SampleState, { time, data }: EventOf<"warmcity.sample.retained">): void {
  const { meal, dish, grams } = data;
  const dishes = state.samples[meal] ?? {};
  state.samples[meal] = dishes;
  const known = dishes[dish];
  if (known === undefined || grams >= known.grams) dishes[dish] = { at: time, grams };
}

function judge(state: SampleState, meal: string, menu: Menu, context: Context): void {
  const { sampleGrams, graceMs } = context.parameters;
  const deadline = menu.start + graceMs;
  if (!mustKeep(state, menu.start, context)) return;
  const samples = state.samples[meal] ?? {};
  const missing = menu.dishes.filter((dish) => {
    const sample = samples[dish];
    return sample === undefined || sample.grams < sampleGrams || sample.at > deadline;
  });
  if (missing.length === 0) return;
  const names = missing.slice(0, NAMED_MAX).join("、") + (missing.length > NAMED_MAX ? "…" : "");
  const lack = causeOfTime(deadline, `samples-${context.kitchen.id}-${meal}`, {
    zh: `${missing.length} 道菜无 ${sampleGrams} g 留样：${names}`,
    en: `${missing.length} dishes without a sample of ${sampleGrams} g: ${names}`,
  });
  context.raise({
    asset: null,
    level: "L3",
    at: deadline,
    value: { number: missing.length, unit: "1" },
    because: [menu.cause, lack],
    exercise: menu.exercise,
  });
}

/** Whether a meal at `time` needs samples here: by the kind of kitchen, or because more than 100 eat. */
function mustKeep({ banquets }: SampleState, time: number, { kitchen, parameters }: Context): boolean {
  const many = parameters.manyHeadsCount;
  if (ALWAYS.has(kitchen.type)) return true;
  const guests = Object.values(banquets).find(({ from, to }) => from <= time && time < to);
  if (guests !== undefined) return guests.heads > many;
  return BY_HEADS.has(kitchen.type) && (kitchen.capacity ?? 0) > many;
}

function noteRemoval(state: SampleState, event: EventOf<"warmcity.sample.removed">, context: Context): void {
  const { meal, dish } = event.data;
  const sample = state.samples[meal]?.[dish];
  const { keptMs } = context.parameters;
  if (sample === undefined || event.time - sample.at >= keptMs || event.time < sample.at) return;
  if (!mustKeep(state, state.menus[meal]?.start ?? sample.at, context)) return;
  const keptHours = Math.floor((event.time - sample.at) / HOUR_MS);
  const cause = causeOf(event, {
    zh: `${dish} 留样仅保存 ${keptHours} 小时`,
    en: `the sample of ${dish} was kept for ${keptHours} h only`,
  });
  context.raise({
    asset: null,
    level: "L3",
    value: { number: keptHours, unit: "h" },
    because: [cause],
  });
}

function noteBanquet(
  state: SampleState,
  { time, data }: EventOf<"warmcity.banquet.filed" | "warmcity.banquet.changed">,
): void {
  const from = data.from == null ? time : parseTime(data.from);
  state.banquets[data.banquet] = {
    heads: data.heads,
    from,
    to: data.to == null ? from + DAY_MS : parseTime(data.to),
  };
}

function forget(state: SampleState, { now, parameters }: Context): void {
  const before = now - parameters.keptMs - MEMORY_MS;
  for (const [meal, { start }] of Object.entries(state.menus)) {
    if (start < before) delete state.menus[meal];
  }
  for (const [meal, dishes] of Object.entries(state.samples)) {
    if (Object.values(dishes).every(({ at }) => at < before)) delete state.samples[meal];
  }
  for (const [banquet, { to }] of Object.entries(state.banquets)) {
    if (to < before) delete state.banquets[banquet];
  }
}
