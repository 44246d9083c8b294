/** Who may do what to a case, and what a command must bring: the guards of the case machine (DOMAIN §5.3). */
import { isGraver } from "./alerts/level.ts";
import type { Case, CommandName, Decision, Role } from "./case-file.ts";
import { limitAt } from "./case-limits.ts";
import { type CasePolicy, isDirect, reviewersOf } from "./case-policy.ts";

export interface CaseContext {
  readonly case: Case;
  readonly policy: CasePolicy;
}

/** A command of a person, as the machine sees it. */
export interface PersonalEvent {
  readonly type: CommandName;
  readonly time: number;
  readonly role: Role;
  readonly actor: string | null;
  readonly reason: string | null;
  readonly evidence: readonly unknown[];
  readonly decision: Decision | null;
  /** Absent = not known, which breaks no rule. */
  readonly inspectors?: readonly string[] | null | undefined;
}

export const SYSTEM_MOVES = [
  "suppress",
  "unsuppress",
  "merge",
  "verify",
  "send",
  "new-evidence",
  "escalate",
  "send-again",
  "close-alone",
  "start-alone",
  "submit-alone",
  "reopen",
] as const;
export type SystemMove = (typeof SYSTEM_MOVES)[number];

export interface SystemEvent {
  readonly type: SystemMove;
  readonly time: number;
}
export type CaseEvent = PersonalEvent | SystemEvent;

interface NeedDefinition {
  /** What is wrong when it is not met. */
  readonly says: string;
  /** It depends on the case alone: not on the command, nor on the hour. */
  readonly ofCase: boolean;
  holds(context: CaseContext, event: PersonalEvent): boolean;
}

const need = (
  says: string,
  holds: NeedDefinition["holds"],
  { ofCase }: { ofCase: boolean } = { ofCase: false },
): NeedDefinition => ({ says, ofCase, holds });

const needs = {
  evidence: need("It needs a photo, clip or record as evidence", (_, event) => event.evidence.length > 0),
  reason: need("It needs a reason", (_, event) => hasReason(event)),
  "another-reviewer": need(
    "It needs another reviewer than who judged it before",
    ({ case: c }, event) => !hasJudged(c, actorOf(event)),
  ),
  "two-inspectors": need(
    "A recheck on site needs two inspectors, named in `inspectors`",
    ({ case: c, policy }, event) =>
      !policy.levels[c.level].onSite || event.inspectors == null || new Set(event.inspectors).size >= 2,
  ),
  quiet: need("The condition has not been absent long enough", ({ case: c, policy }, event) => {
    const quietMs = policy.codes[c.code]?.quietMs ?? 0;
    return event.time - c.lastSeenAt >= quietMs;
  }),
  punishes: need(
    "It needs a decision on a penalty or a warning, below the city bureau's limit",
    ({ policy }, { decision }) => isPunishing(decision) && (decision.fine ?? 0) < policy.cityFine,
  ),
  "punishes-gravely": need(
    "It needs a decision on a fine that is the city bureau's to decide",
    ({ policy }, { decision }) => isPunishing(decision) && (decision.fine ?? 0) >= policy.cityFine,
  ),
  spares: need("It needs a decision", (_, { decision }) => decision?.kind === "none"),
  "audit-time": need(
    "The time for an audit has passed",
    ({ case: c, policy }, event) => event.time <= c.since + policy.auditMs,
  ),
  "appeal-time": need(
    "The time to appeal has passed",
    ({ case: c, policy }, event) => event.time <= limitAt(policy.appealFiling, c.since, c, policy),
  ),
  unconfirmed: need("It has no hit of a camera alone to confirm", ({ case: c }) => c.lead && !c.confirmed, {
    ofCase: true,
  }),
  extendable: need(
    "The limit can be extended once, before it has passed",
    ({ case: c }) => !c.extended && c.rung === 0 && c.dueKind === "rectify",
    { ofCase: true },
  ),
  "filing-extendable": need(
    "The time to decide on filing can be extended once, while it runs",
    ({ case: c }) => !c.extended && c.dueKind === "file",
    { ofCase: true },
  ),
};
export type Need = keyof typeof needs;

const JUDGEMENTS: ReadonlySet<string> = new Set(["review-confirm", "review-false", "decide"]);

/** Reviewed it, or decided on the penalty: nobody answers an appeal against himself. */
function hasJudged({ reviewedBy, history }: Case, who: string): boolean {
  return reviewedBy === who || history.some(({ what, actor }) => actor === who && JUDGEMENTS.has(what));
}

function isPunishing(decision: Decision | null): decision is Decision {
  return decision !== null && decision.kind !== "none";
}

export function hasReason(event: PersonalEvent): boolean {
  return (event.reason ?? "").trim() !== "";
}

export function actorOf(event: { readonly actor: string | null; readonly role: Role }): string {
  return event.actor ?? `role:${event.role}`;
}

/** `assignee` = who has to put it right (and the operator); `reviewer` = who may review this code. */
export type Who = Role | "assignee" | "reviewer";

/** An edge for people: who, and what must hold. */
export interface Permission {
  readonly by: readonly Who[];
  readonly needs: readonly Need[];
}

export function isAllowedRole({ case: c, policy }: CaseContext, role: Role, permission: Permission): boolean {
  const hats: readonly Role[] = role === "C" && c.kitchen < 0 ? CITY_HATS : [role];
  return permission.by.some((who) => {
    if (who === "assignee") return hats.includes(c.assignee) || (role === "O" && c.kitchen >= 0);
    if (who === "reviewer") return reviewersOf(policy, c.code).some((reviewer) => hats.includes(reviewer));
    return hats.includes(who);
  });
}

/** What belongs to no one kitchen may lie in no office's and no banner's area: the city bureau can act for them. */
const CITY_HATS: readonly Role[] = ["C", "Q", "S"];

/** The first need that is not met, in words; `null` if all are. */
export function unmetNeed(context: CaseContext, event: PersonalEvent, permission: Permission): string | null {
  const unmet = permission.needs.find((name) => !needs[name].holds(context, event));
  return unmet === undefined ? null : needs[unmet].says;
}

/** Whether the case as it stands could accept the command of this role, given what the command must bring. */
export function couldAllow(context: CaseContext, event: PersonalEvent, permission: Permission): boolean {
  return (
    isAllowedRole(context, event.role, permission) &&
    permission.needs.every((name) => !needs[name].ofCase || needs[name].holds(context, event))
  );
}

export function isPersonal(event: CaseEvent): event is PersonalEvent {
  return "role" in event;
}

/** The guard of every edge for people. */
export function may(context: CaseContext, event: CaseEvent, permission: Permission): boolean {
  return (
    isPersonal(event) &&
    isAllowedRole(context, event.role, permission) &&
    unmetNeed(context, event, permission) === null
  );
}

/** The guards of the system's edges. */
export const circumstances = {
  direct: ({ case: c, policy }: CaseContext) => isDirect(policy, c.code, c.level),
  indirect: ({ case: c, policy }: CaseContext) => !isDirect(policy, c.code, c.level),
  "escalated-less-than-twice": ({ case: c }: CaseContext) => c.escalations < 2,
  "closes-alone": (context: CaseContext) => !isGraver(context.case.level, "L3") && isRemedied(context),
  "submits-alone": (context: CaseContext) => isGraver(context.case.level, "L3") && isRemedied(context),
};
export type Circumstance = keyof typeof circumstances;

/** The auto-close condition of the rule holds, with its record, and the rule lets the system act on it. */
function isRemedied({ case: c, policy }: CaseContext): boolean {
  const lets = c.autoClose === "condition" || c.autoClose === "condition+record";
  return lets && !policy.neverAlone.includes(c.code) && c.clearedAt !== null && c.proven;
}
