/** Commands of people, decided against the case as it stands. */
import { edgesOf } from "./case.machine.ts";
import { actAlone } from "./case-condition.ts";
import type { CaseDraft } from "./case-draft.ts";
import type { Case, CommandName, Role } from "./case-file.ts";
import { limitAt } from "./case-limits.ts";
import {
  couldAllow,
  hasReason,
  isAllowedRole,
  type Permission,
  type PersonalEvent,
  unmetNeed,
} from "./case-permission.ts";
import { type CasePolicy, ORDOS_CASES } from "./case-policy.ts";
import type { CaseState } from "./events/output-events.ts";
import { CASE_COMMANDS, ROLES } from "./events/public-events.ts";

/** Carries the command out; a sentence says why it is refused, `null` that it was not. */
export function obey(draft: CaseDraft, event: PersonalEvent): string | null {
  const before = draft.case.state;
  if (event.type === "review-false" && isReminder(draft.case) && event.role === "S" && hasReason(event)) {
    takeToReview(draft, event);
  }
  if (!draft.command(event, (c) => noted(c, event, draft.policy))) return refusalOf(draft, event);
  follow(draft, event, before);
  return null;
}

/** The commands that the case could accept from a role, given what each must bring (evidence, a reason, …). */
export function allowedCommands(c: Case, role: Role, policy: CasePolicy = ORDOS_CASES): CommandName[] {
  const context = { case: c, policy };
  const anyone = { time: c.since, role, actor: null, reason: null, evidence: [], decision: null };
  return CASE_COMMANDS.filter((type) => {
    const event: PersonalEvent = { ...anyone, type };
    const isAllowed = permissionsOf(c.state, type).some((permission) =>
      couldAllow(context, event, permission),
    );
    return isAllowed || (type === "review-false" && role === "S" && isReminder(c));
  });
}

/** A hit that went out unconfirmed, as a reminder (DOMAIN §5.3, NEW → DISPATCHED). */
function isReminder(c: Case): boolean {
  return c.lead && !c.confirmed && (c.state === "dispatched" || c.state === "acked" || c.state === "closed");
}

/** A reminder is judged false by way of VERIFYING, as an audit of the office takes it there. */
function takeToReview(draft: CaseDraft, event: PersonalEvent): void {
  const audit: PersonalEvent = { ...event, type: "audit" };
  if (draft.case.state === "closed") {
    draft.command(audit);
    draft.move("send-again");
  }
  draft.command(audit);
}

/** What a command changes that does not change the state. */
function noted(c: Case, event: PersonalEvent, policy: CasePolicy): Case {
  switch (event.type) {
    case "review-confirm":
      return { ...c, confirmed: true, lead: false };
    case "assign":
      return { ...c, owner: event.role };
    case "extend": {
      const limit = c.dueKind === "file" ? policy.filingExtension : policy.levels[c.level].extension;
      const until = Math.max(event.time, c.due ?? event.time);
      // A limit in working days ends with its last one: the day that begins there is the first of the extension.
      const from = limit.kind === "workdays" && until === c.due ? until - 1 : until;
      return { ...c, extended: true, due: limitAt(limit, from, c, policy) };
    }
    default:
      return c;
  }
}

/** What the system does at once after a command. */
function follow(draft: CaseDraft, event: PersonalEvent, before: CaseState): void {
  if (event.type === "audit" && before === "closed") draft.move("send-again");
  if (event.type === "dispatch") draft.notifyAll("raised");
  if (event.type === "dispatch" || event.type === "acknowledge" || event.type === "start") {
    actAlone(draft, "the condition has cleared");
  }
}

function permissionsOf(state: CaseState, type: CommandName): Permission[] {
  return edgesOf(state, type).flatMap(({ guard }) => (guard?.type === "may" ? [guard.params] : []));
}

function refusalOf({ case: c, policy }: CaseDraft, event: PersonalEvent): string {
  const context = { case: c, policy };
  const permissions = permissionsOf(c.state, event.type);
  if (permissions.length === 0) return `A case that is ${c.state} takes no ${event.type}`;
  const mine = permissions.filter((permission) => isAllowedRole(context, event.role, permission));
  if (mine.length === 0) {
    const may = (role: Role) => permissions.some((one) => isAllowedRole(context, role, one));
    return `The command ${event.type} is for ${ROLES.filter(may).join(", ")}, not for ${event.role}`;
  }
  const unmet = mine.map((permission) => unmetNeed(context, event, permission));
  return unmet.find((says) => says !== null) ?? `A case that is ${c.state} takes no ${event.type}`;
}
