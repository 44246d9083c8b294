/**
 * B01 聚餐未报备/超量: a banquet of 100 heads not reported to the township, or of more than 1.1 times what the unit can
 * serve; 50 to 99 unreported are a reminder. The numbers of heads are a proposal of other regions (DOMAIN R50, to be verified for
 * Ordos). It is over when the banquet is reported and small enough, as long as it has not taken place.
 */
import type { EventOf } from "../../twin/events/event.ts";
import type { Level } from "../../twin/events/fields.ts";
import { parseTime } from "../../twin/kernel/time.ts";
import { causeOf } from "./cause.ts";
import { foodSafetyLaw } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";

const PARAMETERS = {
  /** Heads of an unreported banquet that remind. */
  remindCount: 50,
  /** Heads of an unreported banquet that are probably a breach. */
  breachCount: 100,
  /** More than so many times the unit's capacity is too much, reported or not. */
  capacityTimes: 1.1,
};

/** Products of decimal factors are off by less than this. */
const NOTHING = 1e-6;
/** Banquets remembered; a unit files a few a week. */
const BANQUETS_MAX = 64;

interface BanquetState {
  /** Banquet -> event time of the newest word about it, and its end; ms since epoch. */
  known: Record<string, { at: number; to: number | null }>;
}

type BanquetEvent = EventOf<"warmcity.banquet.filed" | "warmcity.banquet.changed">;
type Context = RuleContext<typeof PARAMETERS>;

export const banquet = defineRule<BanquetState, typeof PARAMETERS>({
  code: "B01",
  version: 1,
  level: "L4",
  validFrom: "2021-04-29",
  legalBasis: [foodSafetyLaw("36"), foodSafetyLaw("127")],
  title: { zh: "聚餐未报备/超量", en: "Banquet unreported or too large" },
  autoClose: "condition",
  /** A banquet to come is no matter of whether the unit works today. */
  mutedBy: [],
  parameters: PARAMETERS,
  rising: [["remindCount", "breachCount"]],
  events: ["warmcity.banquet.filed", "warmcity.banquet.changed"],
  findings: [],
  initial: () => ({ known: {} }),
  fold: (state, input, context) => {
    if (input.kind !== "event") return;
    const { event } = input;
    if (event.type === "warmcity.banquet.filed" || event.type === "warmcity.banquet.changed")
      judge(state, event, context);
  },
});

function judge(state: BanquetState, event: BanquetEvent, context: Context): void {
  const { banquet: name, heads, to } = event.data;
  const before = state.known[name];
  if (before !== undefined && event.time < before.at) return;
  const isOver = before?.to != null && event.time >= before.to;
  remember(state, name, { at: event.time, to: to == null ? (before?.to ?? null) : parseTime(to) });
  const level = levelOf(event, context);
  const asset = `banquet:${name}`;
  const because = [causeOf(event, wordingOf(event, context))];
  if (level !== null) context.raise({ asset, level, value: { number: heads, unit: "1" }, because });
  else if (!isOver) context.clear(asset, because);
}

function remember({ known }: BanquetState, name: string, word: BanquetState["known"][string]): void {
  known[name] = word;
  const names = Object.keys(known);
  if (names.length <= BANQUETS_MAX) return;
  const oldest = names.reduce((a, b) => (known[b]!.at < known[a]!.at ? b : a));
  delete known[oldest];
}

function levelOf({ data: { heads, filed } }: BanquetEvent, { kitchen, parameters }: Context): Level | null {
  const { remindCount, breachCount, capacityTimes } = parameters;
  if (kitchen.capacity !== null && heads > capacityTimes * kitchen.capacity + NOTHING) return "L2";
  if (filed || heads < remindCount) return null;
  return heads >= breachCount ? "L2" : "L4";
}

function wordingOf({ data: { heads, filed } }: BanquetEvent, { kitchen: { capacity } }: Context) {
  const room =
    capacity === null
      ? { zh: "", en: "" }
      : { zh: `，接待能力 ${capacity} 人`, en: `, room for ${capacity}` };
  return {
    zh: `聚餐 ${heads} 人${room.zh}，${filed ? "已报备" : "未报备"}`,
    en: `banquet of ${heads}${room.en}, ${filed ? "reported" : "not reported"}`,
  };
}
