/**
 * D09 过期食品: a lot whose best-before day is over and of which some is still in stock; graver once any of it is issued
 * after that (DOMAIN R23). Stock = received - issued - discarded - returned, as far as the log knows; goods without a lot
 * cannot be followed. Only the record of the destruction ends it.
 */
import type { EventOf } from "../../twin/events/event.ts";
import { endOf, formatDate, shanghaiDay } from "../../twin/kernel/time.ts";
import { causeOf, causeOfTime } from "./cause.ts";
import { foodSafetyLaw, regulation } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";

const GOODS = [
  "warmcity.goods.received",
  "warmcity.goods.issued",
  "warmcity.goods.discarded",
  "warmcity.goods.returned",
] as const;
type Movement = EventOf<(typeof GOODS)[number]>;

/** Sums of decimal quantities are off by less than this. */
const NOTHING = 1e-6;
/** Lots followed in a kitchen; the oldest give way. */
const LOTS_MAX = 400;

/** Replaced, never changed in place: a kitchen has many, and most inputs are of one. */
interface Lot {
  readonly left: number;
  /** ms since epoch; `null` = not known. */
  readonly expiresAt: number | null;
  /** It was found expired; only the record ends that. */
  readonly found: boolean;
}

interface StockState {
  /** Asset -> the lot. */
  lots: Record<string, Lot>;
  /** What expired up to here has been looked at, ms since epoch. */
  judgedTo: number;
}

export const expiredFood = defineRule<StockState>({
  code: "D09",
  version: 1,
  level: "L3",
  validFrom: "2021-04-29",
  legalBasis: [foodSafetyLaw("34(10)"), foodSafetyLaw("55"), regulation("29")],
  title: { zh: "过期食品", en: "Expired food" },
  autoClose: "condition+record",
  records: ["destroy"],
  events: [...GOODS, "warmcity.record.filed"],
  findings: [],
  initial: () => ({ lots: {}, judgedTo: 0 }),
  copy: ({ lots, judgedTo }) => ({ lots: { ...lots }, judgedTo }),
  fold: (state, input, context) => {
    if (input.kind !== "event") return;
    const { event } = input;
    switch (event.type) {
      case "warmcity.goods.received":
      case "warmcity.goods.issued":
      case "warmcity.goods.discarded":
      case "warmcity.goods.returned":
        move(state, event, context);
        return;
      case "warmcity.record.filed":
        destroy(state, event, context);
        return;
      default:
        return;
    }
  },
  due: (state, key, context) => {
    if (key === "expiry") judgeStock(state, context);
  },
});

function move(state: StockState, event: Movement, context: RuleContext): void {
  const { product, lot: name, quantity, bestBefore } = event.data;
  if (name == null) return;
  const asset = `lot:${product}/${name}`;
  const known = state.lots[asset] ?? { left: 0, expiresAt: null, found: false };
  const expiresAt = bestBefore == null ? known.expiresAt : endOf(bestBefore);
  const isReceipt = event.type === "warmcity.goods.received";
  const left = isReceipt ? known.left + quantity : Math.max(0, known.left - quantity);
  const level = isReceipt ? "L3" : event.type === "warmcity.goods.issued" ? "L2" : null;
  const isFound = expiresAt !== null && expiresAt <= context.now && level !== null;
  if (isFound) raise(asset, expiresAt, level, context, event);
  if (left > NOTHING || known.found || isFound)
    state.lots[asset] = { left, expiresAt, found: known.found || isFound };
  else delete state.lots[asset];
  for (const old of Object.keys(state.lots).slice(0, -LOTS_MAX)) delete state.lots[old];
  setExpiry(state, context);
}

/** What expired since the last look and is still here. */
function judgeStock(state: StockState, context: RuleContext): void {
  for (const [asset, lot] of Object.entries(state.lots)) {
    const { expiresAt, left } = lot;
    if (expiresAt === null || expiresAt > context.now || expiresAt <= state.judgedTo) continue;
    if (left <= NOTHING) continue;
    raise(asset, expiresAt, "L3", context, null);
    state.lots[asset] = { ...lot, found: true };
  }
  state.judgedTo = Math.max(state.judgedTo, context.now);
  setExpiry(state, context);
}

function setExpiry({ lots }: StockState, context: RuleContext): void {
  let next = Number.POSITIVE_INFINITY;
  for (const { expiresAt } of Object.values(lots)) {
    if (expiresAt !== null && expiresAt > context.now) next = Math.min(next, expiresAt);
  }
  if (next < Number.POSITIVE_INFINITY) context.setTimer("expiry", next);
  else context.cancelTimer("expiry");
}

function raise(
  asset: string,
  expiresAt: number,
  level: "L2" | "L3",
  context: RuleContext,
  event: Movement | null,
): void {
  const lastDay = formatDate(shanghaiDay(expiresAt - 1));
  const expiry = causeOfTime(expiresAt, `${asset}-to-${lastDay}`, {
    zh: `保质期至${lastDay}`,
    en: `best before ${lastDay}`,
  });
  const wording =
    level === "L2"
      ? { zh: "过期后仍领用", en: "issued after it expired" }
      : { zh: "收货时已过期", en: "received when it had expired" };
  context.raise({
    asset,
    level,
    at: event === null ? expiresAt : context.now,
    because: event === null ? [expiry] : [expiry, causeOf(event, wording)],
    ...(event === null ? { receivedAt: null } : {}),
  });
}

/** A record that names neither goods nor case is taken for all that was found expired. */
function destroy(state: StockState, event: EventOf<"warmcity.record.filed">, context: RuleContext): void {
  const { kind, product, lot, case: about } = event.data;
  if (kind !== "destroy") return;
  for (const [asset, { found }] of Object.entries(state.lots)) {
    if (!found || (about != null && about !== context.caseOf(asset)?.id)) continue;
    if (product != null && !asset.startsWith(`lot:${product}/`)) continue;
    if (lot != null && !asset.endsWith(`/${lot}`)) continue;
    delete state.lots[asset];
    context.clear(asset, [causeOf(event, { zh: "已销毁", en: "destroyed" })]);
  }
}
