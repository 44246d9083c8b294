/**
 * D08 召回命中: every kitchen that received a recalled lot and had not given all of it back before the recall, however it
 * came there: a lot may change its name on the way from one supplier to the next (`lotTo`), and is followed through all
 * of its names, also when the transfer becomes known after the recall. Who receives it later is hit on receipt.
 *
 *   recall R, lot L7 --> names of L7: L7, D7 (transfers) --> kitchens with L7 or D7 (lot book) --> one concern each
 *
 * The same recall again adds nothing; an amendment adds its lots, and may make all of them graver.
 */
import { isGraver } from "../../twin/alerts/level.ts";
import type { EventOf } from "../../twin/events/event.ts";
import type { Level } from "../../twin/events/fields.ts";
import { causeOf } from "../rules/cause.ts";
import { RECALL } from "../rules/d08-recall.ts";
import { type CityRuleContext, defineCityRule } from "./city-rule.ts";
import { type Holding, lotAsset, lotKey, receivedText } from "./lot-book.ts";
import { LotGraph, type Notice, type SavedLotGraph, supplierOf } from "./lot-graph.ts";

const LEVEL_OF_CLASS: Readonly<Record<number, Level>> = { 1: "L1", 2: "L2", 3: "L3" };

type GoodsMove = EventOf<"warmcity.goods.issued" | "warmcity.goods.discarded" | "warmcity.goods.returned">;
type RecallEvent = EventOf<"warmcity.recall.issued" | "warmcity.recall.amended">;

export const recallHits = defineCityRule<LotGraph, SavedLotGraph>({
  ...RECALL,
  events: [
    "warmcity.goods.received",
    "warmcity.goods.issued",
    "warmcity.goods.discarded",
    "warmcity.goods.returned",
    "warmcity.goods.transferred",
    "warmcity.recall.issued",
    "warmcity.recall.amended",
  ],
  initial: () => new LotGraph(),
  fold: (state, input, context) => {
    if (input.kind !== "event") return;
    const { event } = input;
    switch (event.type) {
      case "warmcity.goods.received":
        receive(state, event, context);
        return;
      case "warmcity.goods.issued":
      case "warmcity.goods.discarded":
      case "warmcity.goods.returned":
        move(state, event, context);
        return;
      case "warmcity.goods.transferred":
        transfer(state, event, context);
        return;
      case "warmcity.recall.issued":
      case "warmcity.recall.amended":
        recall(state, event, context);
        return;
      default:
        return;
    }
  },
  form: { save: (graph) => graph.save(), restore: (saved) => new LotGraph(saved) },
});

function receive(state: LotGraph, event: EventOf<"warmcity.goods.received">, context: CityRuleContext): void {
  const { product, lot } = event.data;
  if (event.kitchen < 0 || lot == null) return;
  state.book.prune(context.now);
  const key = lotKey(product, lot);
  const holding = state.book.receive(key, event, context.city.kitchens[event.kitchen]!.id);
  const notice = gravest(state.notices.get(key) ?? []);
  if (notice === null || holding.isAllReturned) return;
  const receipt = causeOf(event, receivedText(event.data.quantity));
  hit(key, { ...holding, receipt }, notice, context);
}

function gravest(notices: readonly Notice[]): Notice | null {
  let worst: Notice | null = null;
  for (const notice of notices) if (worst === null || isGraver(notice.level, worst.level)) worst = notice;
  return worst;
}

function move({ book, notices }: LotGraph, event: GoodsMove, context: CityRuleContext): void {
  const { product, lot, quantity } = event.data;
  if (event.kitchen < 0 || lot == null) return;
  const key = lotKey(product, lot);
  const { id } = context.city.kitchens[event.kitchen]!;
  if (event.type === "warmcity.goods.issued") {
    book.use(key, event.kitchen, quantity, id, event.time);
    return;
  }
  if (event.type === "warmcity.goods.discarded") {
    book.discard(key, event.kitchen, quantity, id);
    return;
  }
  const holding = book.giveBack(key, event.kitchen, quantity, id);
  if (holding === null || !holding.isAllReturned) return;
  const recalls = (notices.get(key) ?? []).map(({ time }) => time);
  if (recalls.length === 0 || event.time >= Math.min(...recalls)) return;
  absolve(key, event, Math.max(...recalls), context);
}

/** Only now it is heard that the kitchen had given all back before the recall. */
function absolve(key: string, event: GoodsMove, at: number, context: CityRuleContext): void {
  context.concern(event.kitchen, {
    at,
    asset: lotAsset(key),
    level: RECALL.level,
    value: null,
    because: [causeOf(event, { zh: "召回前已全部退回", en: "returned all of it before the recall" })],
    holds: false,
  });
}

function transfer(
  state: LotGraph,
  event: EventOf<"warmcity.goods.transferred">,
  context: CityRuleContext,
): void {
  const { product, lot, lotTo, to } = event.data;
  if (lot == null) return;
  const from = lotKey(product, lot);
  const [supplier, by] = [supplierOf(event.source), to ?? null];
  state.pass(from, { from: supplier, to: by, time: event.time });
  if (lotTo == null || lotTo === lot) return;
  const renaming = {
    to: lotKey(product, lotTo),
    supplier,
    by,
    time: event.time,
    cause: causeOf(event, {
      zh: `${product} 批次 ${lot} ${to == null ? "" : `在 ${to} `}转为批次 ${lotTo}`,
      en: `${product} ${lot} became ${lotTo}${to == null ? "" : ` at ${to}`}`,
    }),
  };
  const known = state.renamings.get(from) ?? [];
  if (known.some((other) => other.to === renaming.to)) return;
  state.renamings.set(from, [...known, renaming]);
  for (const notice of state.notices.get(from) ?? []) {
    announce(state, renaming.to, { ...notice, because: [...notice.because, renaming.cause] }, context);
  }
}

function recall(state: LotGraph, event: RecallEvent, context: CityRuleContext): void {
  const { recall: name, class: grade, product, lots } = event.data;
  const notice: Notice = {
    recall: name,
    level: LEVEL_OF_CLASS[grade] ?? "L3",
    time: event.time,
    exercise: event.exercise,
    because: [causeOf(event, { zh: `${grade}级召回 ${name}`, en: `recall ${name}, class ${grade}` })],
  };
  const keys = new Set(lots.map((lot) => lotKey(product, lot)));
  for (const [key, notices] of state.notices)
    if (notices.some(({ recall }) => recall === name)) keys.add(key);
  for (const key of keys) announce(state, key, notice, context);
}

/** Recalls the lot under this name and all names it was passed on under; what is recalled already adds nothing. */
function announce(state: LotGraph, key: string, notice: Notice, context: CityRuleContext): void {
  const known = state.notices.get(key) ?? [];
  const before = known.find(({ recall }) => recall === notice.recall);
  if (before !== undefined && !isGraver(notice.level, before.level)) return;
  const others = known.filter((other) => other !== before);
  state.notices.set(key, [...others, before === undefined ? notice : { ...notice, time: before.time }]);
  for (const holding of state.book.holdings(key, context.city.kitchens)) {
    if (!holding.isAllReturned) hit(key, holding, notice, context);
  }
  for (const { to, cause } of state.renamings.get(key) ?? []) {
    announce(state, to, { ...notice, because: [...notice.because, cause] }, context);
  }
}

function hit(
  key: string,
  { kitchen, left, receipt }: Holding,
  notice: Notice,
  context: CityRuleContext,
): void {
  context.concern(kitchen, {
    at: Math.max(context.now, notice.time),
    asset: lotAsset(key),
    level: notice.level,
    value: { number: left, unit: "1" },
    because: [receipt, ...notice.because],
    holds: true,
    exercise: notice.exercise || context.exercise,
  });
}
