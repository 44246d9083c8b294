/**
 * S01 整改逾期: the time to put something right has passed and nothing was handed in. The alert behind the case goes up one
 * level, once; one that is L1 already stays there and its case goes to the next who answers for it. S01 stands for the
 * case (`case:…`), at the level the alert then has, until the fix is submitted or people settle the case otherwise.
 *
 * The case machine sets the limit when the operator takes the case on; who never does is the ladder's business, not
 * S01's. A rule may keep a stricter watch of its own (D08: stock sealed within 2 h) and say so by `overdue`. Duties of
 * officials are no fixes: their cases do not become S01.
 */
import { oneUp } from "../../twin/alerts/level.ts";
import type { Case } from "../../twin/case.ts";
import { causeOfTime } from "./cause.ts";
import { defineRule, type RuleContext } from "./rule.ts";

const DUTIES_OF_OFFICIALS: ReadonlySet<string> = new Set(["S01", "S02", "C01"]);
/** Rules that say by `overdue` themselves when it is too late. */
const WATCH_THEMSELVES: ReadonlySet<string> = new Set(["D08"]);
/** The operator has still to do something. */
const WAITING: ReadonlySet<Case["state"]> = new Set([
  "new",
  "verifying",
  "confirmed",
  "dispatched",
  "escalated",
  "acked",
  "rectifying",
  "reopened",
]);

interface OverdueState {
  /** Case -> the alert that went up for it. */
  raised: Record<string, string>;
}

export const overdueFix = defineRule<OverdueState>({
  code: "S01",
  version: 1,
  level: "L3",
  validFrom: "2022-03-15",
  legalBasis: ["食品生产经营监督检查管理办法 Art. 39"],
  title: { zh: "整改逾期", en: "Overdue fix" },
  autoClose: "condition",
  /** Who took a fix on owes it, open or closed. */
  mutedBy: [],
  events: [],
  findings: ["case-moved"],
  initial: () => ({ raised: {} }),
  fold: (state, input, context) => {
    if (input.kind !== "case-moved" || DUTIES_OF_OFFICIALS.has(input.case.code)) return;
    const { case: about, overdue } = input;
    if (overdue) find(state, about, context);
    else if (!WAITING.has(about.state)) settle(about, context);
    else watch(about, context);
  },
  due: (state, key, context) => {
    const about = context.caseWith(key);
    if (about === null || !isTimed(about)) return;
    if (about.due > context.now) context.setTimer(key, about.due);
    else find(state, about, context);
  },
});

/** The limit to put it right runs. */
function isTimed(about: Case): about is Case & { readonly due: number } {
  return about.dueKind === "rectify" && about.due !== null && !WATCH_THEMSELVES.has(about.code);
}

function watch(about: Case, context: RuleContext): void {
  if (isTimed(about)) context.setTimer(about.id, about.due);
  else context.cancelTimer(about.id);
}

function settle(about: Case, context: RuleContext): void {
  context.cancelTimer(about.id);
  const wording = {
    zh: "整改已提交或案件已另行处理",
    en: "the fix was submitted, or the case settled otherwise",
  };
  context.clear(assetOf(about), [causeOfTime(context.now, `${about.id}-${about.state}`, wording)]);
}

function find(state: OverdueState, about: Case, context: RuleContext): void {
  const wording = { zh: `${about.code}整改期限已过`, en: `${about.code} was not put right in time` };
  const because = [causeOfTime(context.now, `${about.id}-overdue`, wording)];
  const isFirst = state.raised[about.id] !== about.alert;
  state.raised[about.id] = about.alert;
  const level = isFirst ? (context.worsen(about.id, because) ?? oneUp(about.level)) : about.level;
  context.raise({ asset: assetOf(about), level, because, receivedAt: null, exercise: about.exercise });
}

function assetOf({ id }: Case): string {
  return `case:${id}`;
}
