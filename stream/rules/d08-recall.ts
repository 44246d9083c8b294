/**
 * D08 召回命中 in one kitchen: the second stage says which recalled lots it has. It is over when the stock is proved sealed
 * and then proved destroyed or given back; the case is closed by people (DOMAIN §5.3). Stock that nobody sealed in time is
 * an overdue fix, whoever has taken on the case or not; what was used up cannot be sealed.
 */
import type { EventOf } from "../../twin/events/event.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import { hours } from "../../twin/kernel/time.ts";
import { causeOf } from "./cause.ts";
import { followConcern } from "./follow-concern.ts";
import { foodSafetyLaw } from "./legal-basis.ts";
import { defineRule, type RuleContext } from "./rule.ts";

/** What the rule is, in the kitchen and in the second stage. */
export const RECALL = {
  code: "D08",
  version: 1,
  level: "L3",
  validFrom: "2015-09-01",
  legalBasis: [foodSafetyLaw("63"), "食品召回管理办法 2015"],
  title: { zh: "召回命中", en: "Recalled lot received" },
  autoClose: "condition+record",
  /** Every kitchen that has it must know, also one that is closed today. */
  mutedBy: [],
} as const;

/** Sums of decimal quantities are off by less than this. */
const NOTHING = 1e-6;

interface Proofs {
  /** Quantity not used and not given back, as far as is known. */
  left: number;
  sealed: Cause | null;
  /** Destroyed or given back. */
  gone: Cause | null;
}

interface RecalledState {
  /** Asset of each lot in hand -> what is proved of it. */
  lots: Record<string, Proofs>;
}

const PARAMETERS = {
  /** From the alert on, the stock is sealed so soon. */
  sealWithinMs: hours(2),
};
type Context = RuleContext<typeof PARAMETERS>;

const follow = followConcern(RECALL.code);

export const recalledLot = defineRule<RecalledState, typeof PARAMETERS>({
  ...RECALL,
  parameters: PARAMETERS,
  records: ["seal-stock", "destroy"],
  events: ["warmcity.record.filed", "warmcity.goods.returned"],
  findings: ["concern"],
  initial: () => ({ lots: {} }),
  fold: (state, input, context) => {
    if (input.kind === "event") {
      if (input.event.type === "warmcity.record.filed") noteRecord(state, input.event, context);
      else if (input.event.type === "warmcity.goods.returned") noteReturn(state, input.event, context);
      return;
    }
    if (input.kind !== "concern" || input.code !== RECALL.code || input.asset === null) return;
    follow(state, input, context);
    if (input.holds) noteStock(state, input.asset, input.value?.number ?? 0, context);
    else delete state.lots[input.asset];
  },
  due: (state, key, context) => {
    const proofs = state.lots[key];
    if (proofs !== undefined && proofs.sealed === null && proofs.left > NOTHING) context.overdue(key);
  },
});

/** The lot was found here, or more of it came: what came later is not yet proved. */
function noteStock(state: RecalledState, asset: string, left: number, context: Context): void {
  const known = state.lots[asset];
  if (known !== undefined && left <= known.left) return;
  state.lots[asset] = { left, sealed: null, gone: null };
  context.setTimer(asset, context.now + context.parameters.sealWithinMs);
}

function noteRecord(
  state: RecalledState,
  event: EventOf<"warmcity.record.filed">,
  context: RuleContext,
): void {
  const { kind, product, lot, case: about } = event.data;
  if (kind !== "seal-stock" && kind !== "destroy") return;
  for (const [asset, proofs] of Object.entries(state.lots)) {
    if (about != null && about !== context.caseOf(asset)?.id) continue;
    if (!isOf(asset, product, lot)) continue;
    if (kind === "seal-stock") proofs.sealed ??= causeOf(event, { zh: "库存已封存", en: "stock sealed" });
    else proofs.gone ??= causeOf(event, { zh: "库存已销毁", en: "stock destroyed" });
    judge(state, asset, proofs, context);
  }
}

function noteReturn(
  state: RecalledState,
  event: EventOf<"warmcity.goods.returned">,
  context: RuleContext,
): void {
  const { product, lot, quantity } = event.data;
  if (lot == null) return;
  const asset = `lot:${product}/${lot}`;
  const proofs = state.lots[asset];
  if (proofs === undefined) return;
  proofs.left -= quantity;
  if (proofs.left > NOTHING) return;
  proofs.gone ??= causeOf(event, { zh: "已全部退回", en: "returned all of it" });
  judge(state, asset, proofs, context);
}

/** Whether a record that names a product or a lot, or neither, may be about the lot `asset`. */
function isOf(asset: string, product: string | null | undefined, lot: string | null | undefined): boolean {
  if (product != null && !asset.startsWith(`lot:${product}/`)) return false;
  return lot == null || asset.endsWith(`/${lot}`);
}

function judge(state: RecalledState, asset: string, { sealed, gone }: Proofs, context: RuleContext): void {
  if (sealed === null || gone === null) return;
  delete state.lots[asset];
  context.clear(asset, [sealed, gone]);
}
