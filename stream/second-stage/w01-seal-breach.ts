/**
 * W01 封签异常: seals found broken at hand-over, by unit, rider and station: at least 5 of the last 60 min, 2 % of the
 * orders, and 3 times the key's own rate of the 14 days before (taken as at least 0.15 %, the city's usual rate). Shares
 * are judged at each hand-over of the key. A key gives way to another that explains it: one that meets the condition
 * too, has 80 % of its breaches, and more of its own (or as many at a higher rate); it stands in the other's `because`.
 *
 * A dish handed over more than 2 h after cooking and below 60 °C is a reminder to its unit. Either is over when the key's
 * share has been below 1 % for 24 h: after a breach, from the hand-over that dilutes it, or 60 min after the last.
 */
import type { Cause } from "../../twin/events/output-events.ts";
import { minutes } from "../../twin/kernel/time.ts";
import { areaName } from "../../twin/words/area-names.ts";
import { momentText } from "../../twin/words/moment-text.ts";
import { causeOf, causeOfTime } from "../rules/cause.ts";
import { SEAL_BREACH, type SEAL_PARAMETERS } from "../rules/w01-seal-breach.ts";
import { type CityRuleContext, type Concern, defineCityRule } from "./city-rule.ts";
import { OrderMemory, type OrderNote, type SavedOrders, type SealEvent } from "./order-memory.ts";
import { type SavedTallies, SealTally } from "./seal-tally.ts";

type Parameters = typeof SEAL_PARAMETERS;
type Context = CityRuleContext<Parameters>;

/** The tally's window. */
const WINDOW_MS = minutes(60);

interface OpenBreach {
  level: "L3" | "L4";
  /** From when on the share is below 1 % if no more seals break, ms since epoch. */
  calmFrom: number;
  /** Keys that gave way to this one while it was open. */
  gaveWay: Cause[];
}

interface SealState {
  readonly orders: OrderMemory;
  readonly tally: SealTally;
  readonly open: Map<string, OpenBreach>;
}

interface SavedSeals {
  readonly orders: SavedOrders;
  readonly tally: SavedTallies;
  readonly open: [string, OpenBreach][];
}

export const sealBreaches = defineCityRule<SealState, SavedSeals, Parameters>({
  ...SEAL_BREACH,
  events: ["warmcity.order.sealed", "warmcity.order.seal-scanned"],
  initial: () => ({ orders: new OrderMemory(), tally: new SealTally(), open: new Map() }),
  fold: (state, input, context) => {
    if (input.kind !== "event") return;
    const { event } = input;
    if (event.type !== "warmcity.order.sealed" && event.type !== "warmcity.order.seal-scanned") return;
    if (event.type === "warmcity.order.sealed" || event.data.at !== "handover") state.orders.note(event);
    else handOver(state, event, context);
  },
  due: (state, key, context) => {
    const open = state.open.get(key);
    state.open.delete(key);
    end(key, open?.gaveWay ?? [], context);
  },
  form: {
    save: ({ orders, tally, open }) => ({ orders: orders.save(), tally: tally.save(), open: [...open] }),
    restore: ({ orders, tally, open }) => ({
      orders: new OrderMemory(orders),
      tally: new SealTally(tally),
      open: new Map(open),
    }),
  },
});

function handOver(state: SealState, event: SealEvent, context: Context): void {
  const order = state.orders.handOver(event);
  if (order === null) return;
  const keys = keysOf(event, order, context);
  const isBroken = event.data.intact === false;
  const cause = causeOf(event, {
    zh: `订单 ${event.data.order}：交付时封签破损`,
    en: `order ${event.data.order}: seal broken at hand-over`,
  });
  const breach = isBroken ? { cause, exercise: event.exercise } : null;
  state.tally.add({ time: event.time, keys, breach });
  judgeHeat(state, event, order, context);
  for (const key of keys) {
    judge(state, key, context);
    followCalm(state, key, context);
  }
}

function keysOf({ kitchen }: SealEvent, { rider, station }: OrderNote, { city }: Context): string[] {
  const keys: string[] = [];
  if (kitchen >= 0) keys.push(unitKey(city.kitchens[kitchen]!.id));
  if (rider !== null) keys.push(`rider:${rider}`);
  if (station !== null) keys.push(`station:${station}`);
  return keys;
}

function unitKey(kitchen: string): string {
  return `unit:${kitchen}`;
}

/** Index of the kitchen that a key names; -1 if it names a rider or a station. */
function kitchenOf(key: string, { city }: Context): number {
  return key.startsWith("unit:") ? city.kitchenIndex(key.slice("unit:".length)) : -1;
}

function judge(state: SealState, key: string, context: Context): void {
  const { tally, open } = state;
  if (open.get(key)?.level === "L3" || !passes(tally, key, context.parameters)) return;
  const parent = explanationOf(tally, key, context.parameters);
  if (parent === null) {
    begin(state, key, context);
    return;
  }
  judge(state, parent, context);
  const cause = causeOfParent(tally, key, parent);
  const known = open.get(parent);
  if (known?.gaveWay.every(({ id }) => id !== cause.id)) known.gaveWay.push(cause);
}

function passes(tally: SealTally, key: string, parameters: Parameters): boolean {
  const { breachesCount, breachesShare, baseTimes, baseShare } = parameters;
  if (tally.breaches(key) < breachesCount) return false;
  const share = tally.share(key);
  return share >= breachesShare && share >= baseTimes * Math.max(baseShare, tally.base(key));
}

/** The key that explains this one's breaches, the one with most breaches first; `null` = none does. */
function explanationOf(tally: SealTally, key: string, parameters: Parameters): string | null {
  const own = tally.broken(key);
  const shared = new Map<string, number>();
  for (const other of own.flatMap(({ keys }) => keys)) shared.set(other, (shared.get(other) ?? 0) + 1);
  let best: string | null = null;
  for (const [other, count] of shared) {
    if (other === key || count < parameters.explainedShare * own.length || !passes(tally, other, parameters))
      continue;
    if (isStronger(tally, other, key) && (best === null || isStronger(tally, other, best))) best = other;
  }
  return best;
}

/** More breaches, or as many at a higher rate. */
function isStronger(tally: SealTally, a: string, b: string): boolean {
  const [breachesA, breachesB] = [tally.breaches(a), tally.breaches(b)];
  return breachesA > breachesB || (breachesA === breachesB && tally.share(a) > tally.share(b));
}

function begin({ tally, open }: SealState, key: string, context: Context): void {
  const { parameters } = context;
  const broken = tally.broken(key);
  const others = [...new Set(broken.flatMap(({ keys }) => keys))].filter(
    (other) => passes(tally, other, parameters) && explanationOf(tally, other, parameters) === key,
  );
  const gaveWay = open.get(key)?.gaveWay ?? [];
  const calmFrom = broken.at(-1)!.time + WINDOW_MS;
  open.set(key, { level: "L3", calmFrom, gaveWay });
  context.setTimer(key, calmFrom + context.parameters.calmForMs);
  raise(
    key,
    {
      level: "L3",
      at: tally.clock,
      value: { number: Math.round(tally.share(key) * 10_000) / 100, unit: "%" },
      because: [
        ...broken.map(({ breach }) => breach.cause),
        ...others.map((other) => causeOfParent(tally, other, key)),
      ],
      exercise: broken.some(({ breach }) => breach.exercise),
    },
    context,
  );
}

/** Handed over late and no longer hot. */
function judgeHeat(
  { tally, open }: SealState,
  event: SealEvent,
  { cookedAt }: OrderNote,
  context: Context,
): void {
  const { order, temperature } = event.data;
  const { staleAfterMs, hotC } = context.parameters;
  if (event.kitchen < 0 || cookedAt === null || temperature == null) return;
  if (event.time - cookedAt <= staleAfterMs || temperature >= hotC) return;
  const key = unitKey(context.city.kitchens[event.kitchen]!.id);
  const known = open.get(key);
  if (known !== undefined) {
    known.calmFrom = Math.max(known.calmFrom, tally.clock);
    context.setTimer(key, known.calmFrom + context.parameters.calmForMs);
    return;
  }
  open.set(key, { level: "L4", calmFrom: tally.clock, gaveWay: [] });
  context.setTimer(key, tally.clock + context.parameters.calmForMs);
  const moment = momentText(cookedAt);
  const wording = {
    zh: `订单 ${order}：交付时 ${temperature} °C，${moment} 制作`,
    en: `order ${order}: ${temperature} °C at hand-over, cooked ${moment}`,
  };
  raise(
    key,
    {
      level: "L4",
      at: event.time,
      value: { number: temperature, unit: "Cel" },
      because: [causeOf(event, wording)],
      exercise: event.exercise,
    },
    context,
  );
}

function raise(
  key: string,
  found: Pick<Concern, "level" | "value" | "because"> & { readonly at: number; readonly exercise: boolean },
  context: Context,
): void {
  const kitchen = kitchenOf(key, context);
  if (kitchen >= 0) context.concern(kitchen, { ...found, asset: null, holds: true });
  else context.raise({ ...found, asset: key });
}

/** Puts the end off while the share is too high, and lets it run once it is not. */
function followCalm({ tally, open }: SealState, key: string, context: Context): void {
  const known = open.get(key);
  if (known === undefined) return;
  const last = tally.share(key) >= context.parameters.calmShare ? tally.broken(key).at(-1) : undefined;
  const calmFrom = last === undefined ? Math.min(known.calmFrom, tally.clock) : last.time + WINDOW_MS;
  if (calmFrom === known.calmFrom) return;
  known.calmFrom = calmFrom;
  context.setTimer(key, calmFrom + context.parameters.calmForMs);
}

function end(key: string, because: readonly Cause[], context: Context): void {
  const kitchen = kitchenOf(key, context);
  if (kitchen < 0) context.clear(key, because);
  else
    context.concern(kitchen, { asset: null, level: SEAL_BREACH.level, value: null, because, holds: false });
}

function causeOfParent(tally: SealTally, key: string, parent: string): Cause {
  const own = tally.broken(key);
  const shared = own.filter(({ keys }) => keys.includes(parent)).length;
  const [loser, winner] = [areaName(key), areaName(parent)];
  return causeOfTime(tally.clock, `${key}-gives-way-to-${parent}`, {
    zh: `${loser.zh} 的 ${own.length} 次封签破损中 ${shared} 次属于 ${winner.zh}`,
    en: `${shared} of ${own.length} breaches of ${loser.en} belong to ${winner.en}`,
  });
}
