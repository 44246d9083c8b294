/** Signs that a kitchen trades (CONTRACT §9, "Trading"); reading its 食安码 is none. */
import type { CityEvent, EventType } from "../../twin/events/event.ts";
import type { Bilingual } from "../../twin/events/output-events.ts";
import type { RuleInput } from "./rule-input.ts";

export const TRADING_EVENTS = [
  "warmcity.kitchen.activity",
  "warmcity.payment.completed",
  "warmcity.order.sealed",
] as const satisfies readonly EventType[];

/** The event in hand, if it is a sign of trading. */
export function tradingOf(input: RuleInput): CityEvent | null {
  if (input.kind !== "event") return null;
  const { event } = input;
  if (event.type === "warmcity.kitchen.activity") return event.data.kind === "scan" ? null : event;
  return event.type === "warmcity.payment.completed" || event.type === "warmcity.order.sealed" ? event : null;
}

const ACTIVITY_WORDS = {
  pay: { zh: "收款", en: "pay" },
  order: { zh: "接单", en: "order" },
  cooking: { zh: "烹饪", en: "cooking" },
  scan: { zh: "扫码查询", en: "scan" },
} as const;

/** What the sign was, in a word. */
export function tradingWord(event: CityEvent): Bilingual {
  if (event.type === "warmcity.kitchen.activity") return ACTIVITY_WORDS[event.data.kind];
  return event.type === "warmcity.payment.completed"
    ? { zh: "收款", en: "payment" }
    : { zh: "订单封签", en: "order sealed" };
}
