/** What the monthly lists look at in a kitchen (DOMAIN §6.3): its index, and the cases behind which a person stands. */
import type { Case } from "../../twin/case-file.ts";
import type { Kitchen } from "../../twin/city/kitchen.ts";
import type { ConfirmedFact, ListCandidate } from "../../twin/lists/list-candidate.ts";
import { isOverdue } from "./case-facts.ts";
import { evidenceDays, type KitchenLedger, onlineShare } from "./kitchen-ledger.ts";

const UNCOUNTED: ReadonlySet<Case["state"]> = new Set(["false", "suppressed", "merged"]);
const ENDED: ReadonlySet<Case["state"]> = new Set(["closed", "no-penalty", "transferred"]);

export function candidateOf(
  kitchen: Kitchen,
  cases: readonly Case[],
  ledger: KitchenLedger,
  index: number | null,
  day: number,
): ListCandidate {
  const counted = cases.filter(({ exercise, state }) => !exercise && !UNCOUNTED.has(state));
  return {
    kitchen: kitchen.id,
    type: kitchen.type,
    banner: kitchen.banner,
    index,
    evidenceDays: evidenceDays(ledger, day),
    onlineShare: onlineShare(ledger, day),
    graveAlerts: counted
      .filter(({ level, lead, aiOnly, confirmed }) => isGrave(level) && !((lead || aiOnly) && !confirmed))
      .map(({ openedAt }) => openedAt),
    hasOverdueCase: counted.some((one) => !ENDED.has(one.state) && isOverdue(one)),
    inspectionPassed: ledger.inspection?.passed ?? null,
    confirmed: counted.flatMap(confirmedFact),
  };
}

function isGrave(level: Case["level"]): boolean {
  return level === "L1" || level === "L2";
}

function confirmedFact(one: Case): ConfirmedFact[] {
  const decided = one.history.find(({ to }) => to === "decided");
  const overdue = isOverdue(one);
  if (decided !== undefined) return [{ case: one.id, kind: "penalty", at: decided.time, overdue }];
  if (!one.confirmed || (one.level !== "L1" && one.level !== "L2")) return [];
  return [{ case: one.id, kind: one.level, at: one.openedAt, overdue }];
}
