/**
 * D07 索证索票缺失: goods came without the supplier's papers and none were handed in within 24 h (DOMAIN R28). Graver for
 * meat, dairy and oil, and for the third ticket of a kitchen within 30 d. The record of the papers ends it. What is not
 * said about the papers breaks no rule.
 */
import type { EventOf } from "../../twin/events/event.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import { days, hours } from "../../twin/kernel/time.ts";
import { causeOf } from "./cause.ts";
import { foodSafetyLaw, regulation } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";

const PARAMETERS = {
  /** From the receipt on. */
  papersWithinMs: hours(24),
  /** So many tickets without papers within `repeatsWithinMs` are graver. */
  repeatsCount: 3,
  repeatsWithinMs: days(30),
};
type Context = RuleContext<typeof PARAMETERS>;
type Received = EventOf<"warmcity.goods.received">;

const GRAVE = new Set<Received["data"]["category"]>(["meat", "dairy", "oil"]);
/** Lines without papers that are remembered; the oldest give way. */
const LINES_MAX = 200;

interface Line {
  /** Its event's name: source and id. */
  key: string;
  asset: string;
  product: string;
  lot: string | null;
  /** The ticket; its lines are one time, not many. */
  ticket: string;
  grave: boolean;
  dueAt: number;
  exercise: boolean;
  cause: Cause;
}

interface PapersState {
  /** Lines whose papers have not come. */
  lines: Line[];
  /** Tickets that were found without papers, newest last, and whether that was once too often. */
  found: { ticket: string; at: number; isRepeat: boolean }[];
}

export const supplierPapers = defineRule<PapersState, typeof PARAMETERS>({
  code: "D07",
  version: 1,
  level: "L4",
  validFrom: "2021-04-29",
  legalBasis: [foodSafetyLaw("53"), regulation("18")],
  title: { zh: "索证索票缺失", en: "Supplier papers missing" },
  autoClose: "condition",
  parameters: PARAMETERS,
  events: ["warmcity.goods.received", "warmcity.record.filed"],
  findings: [],
  initial: () => ({ lines: [], found: [] }),
  concerns: (_state, input) =>
    input.kind !== "event" ||
    input.event.type !== "warmcity.goods.received" ||
    input.event.data.papers === false,
  fold: (state, input, context) => {
    if (input.kind !== "event") return;
    if (input.event.type === "warmcity.goods.received") receive(state, input.event, context);
    else if (input.event.type === "warmcity.record.filed") notePapers(state, input.event, context);
  },
  due: (state, key, context) => {
    const line = state.lines.find((one) => one.key === key);
    if (line !== undefined) miss(state, line, context);
  },
});

function receive(state: PapersState, event: Received, context: Context): void {
  const { product, lot = null, papers, category, receipt } = event.data;
  if (papers !== false) return;
  const key = `${event.source} ${event.id}`;
  const line: Line = {
    key,
    asset: lot === null ? `receipt:${receipt ?? event.id}` : `lot:${product}/${lot}`,
    product,
    lot,
    ticket: receipt ?? event.id,
    grave: GRAVE.has(category),
    dueAt: context.now + context.parameters.papersWithinMs,
    exercise: event.exercise,
    cause: causeOf(event, { zh: `收货未见票证：${product}`, en: `received without papers: ${product}` }),
  };
  state.lines.push(line);
  context.setTimer(key, line.dueAt);
  while (state.lines.length > LINES_MAX) context.cancelTimer(state.lines.shift()!.key);
}

function miss(
  state: PapersState,
  { asset, ticket, grave, dueAt, exercise, cause }: Line,
  context: Context,
): void {
  const isRepeat = countTicket(state, ticket, dueAt, context);
  context.raise({ asset, level: grave || isRepeat ? "L3" : "L4", at: dueAt, because: [cause], exercise });
}

/** Whether the ticket is once too often; all its lines get one answer. */
function countTicket(state: PapersState, ticket: string, at: number, { parameters }: Context): boolean {
  const known = state.found.find((one) => one.ticket === ticket);
  if (known !== undefined) return known.isRepeat;
  state.found = state.found.filter((one) => one.at >= at - parameters.repeatsWithinMs);
  const isRepeat = state.found.length + 1 >= parameters.repeatsCount;
  state.found.push({ ticket, at, isRepeat });
  return isRepeat;
}

/** A record that names neither ticket, goods nor case is taken for all that is missing. */
function notePapers(state: PapersState, event: EventOf<"warmcity.record.filed">, context: Context): void {
  const { kind, product, lot, receipt, case: about } = event.data;
  if (kind !== "papers") return;
  const isMeant = (line: Line) =>
    (product ?? line.product) === line.product &&
    (lot ?? line.lot) === line.lot &&
    (receipt ?? line.ticket) === line.ticket &&
    (about == null || about === context.caseOf(line.asset)?.id);
  const proved = state.lines.filter(isMeant);
  state.lines = state.lines.filter((line) => !proved.includes(line));
  for (const { key, asset } of proved) {
    context.cancelTimer(key);
    if (state.lines.some((line) => line.asset === asset)) continue;
    context.clear(asset, [causeOf(event, { zh: "已补票证", en: "papers handed in" })]);
  }
}
