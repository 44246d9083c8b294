/**
 * What a person may do with a case: the commands that the server calls allowed, as far as they are the business of the
 * person's role, and what each must bring. The server has the last word (409).
 */
import type { CaseCommand, CaseView, Role, Session } from "./wire-types.ts";

export const CASE_ROLES: readonly Role[] = ["O", "S", "Q", "C", "B", "H", "PL", "OPS"];

/** `assignee` = who has to put it right (and the operator); `reviewer` = who may review it. */
type Who = Role | "assignee" | "reviewer";

/** As the case machine has it (`twin/case.machine.ts`, which is too heavy for a page); a test holds the two together. */
export const BUSINESS: Readonly<Record<CaseCommand, readonly Who[]>> = {
  "review-confirm": ["reviewer"],
  "review-false": ["reviewer"],
  dispatch: ["S"],
  acknowledge: ["assignee"],
  start: ["assignee"],
  submit: ["assignee"],
  "recheck-start": ["S"],
  "recheck-pass": ["S"],
  "recheck-fail": ["S"],
  extend: ["S", "Q"],
  dispute: ["assignee"],
  file: ["Q"],
  decide: ["Q", "C"],
  transfer: ["Q"],
  appeal: ["assignee"],
  audit: ["reviewer", "S", "Q"],
  close: ["Q"],
  assign: ["S", "Q", "C"],
  comment: CASE_ROLES,
};

/** What a command brings besides itself; `needed` = the server refuses it without. */
export interface ActForm {
  readonly reason: "needed" | "may" | "none";
  readonly evidence: "needed" | "may" | "none";
  readonly decision: boolean;
  /** Who was on site. */
  readonly inspectors: boolean;
}

const PLAIN: ActForm = { reason: "may", evidence: "none", decision: false, inspectors: false };
const FORMS: Readonly<Partial<Record<CaseCommand, ActForm>>> = {
  "review-false": { ...PLAIN, reason: "needed", evidence: "may" },
  "review-confirm": { ...PLAIN, evidence: "may" },
  acknowledge: { ...PLAIN, reason: "none" },
  start: { ...PLAIN, reason: "none" },
  submit: { ...PLAIN, evidence: "needed" },
  "recheck-pass": { ...PLAIN, evidence: "may", inspectors: true },
  extend: { ...PLAIN, reason: "needed" },
  comment: { ...PLAIN, reason: "needed", evidence: "may" },
  decide: { ...PLAIN, decision: true },
};

export function formOf(command: CaseCommand): ActForm {
  return FORMS[command] ?? PLAIN;
}

type Standing = Pick<CaseView, "allowed" | "code" | "kitchen" | "owner" | "state">;

/** What this role may try, in the order in which a case goes. */
export function actsOf(work: Standing, role: Role): CaseCommand[] {
  return work.allowed.filter((command) => BUSINESS[command].some((who) => isWho(who, role, work)));
}

function isWho(who: Who, role: Role, { code, kitchen, owner }: Standing): boolean {
  if (who === "assignee") return (role === "O" && kitchen !== null) || role === owner || isContractor(role);
  if (who === "reviewer") return role === "S" || role === "Q" || (role === "H" && code === "C02");
  return who === role;
}

/** They see no cases but those that are theirs to put right. */
function isContractor(role: Role): boolean {
  return role === "PL" || role === "OPS";
}

/** The roles in which somebody can act: one's own; who runs the machine may act in any that has something to do. */
export function rolesOf(session: Session | null, work: Standing): Role[] {
  if (session === null || session.role === "source") return [];
  if (session.role !== "admin") return [session.role];
  return CASE_ROLES.filter((role) => actsOf(work, role).length > 0).sort(
    (a, b) => Number(b === work.owner) - Number(a === work.owner),
  );
}

/** The letters of the desk, for the commands that are given often; none means another thing there (`desk-keys.ts`). */
export const ACT_KEYS: Readonly<Partial<Record<CaseCommand, string>>> = {
  "review-confirm": "c",
  "review-false": "f",
  dispatch: "d",
  acknowledge: "a",
  start: "b",
  submit: "s",
  "recheck-start": "r",
  "recheck-pass": "y",
  extend: "e",
  assign: "t",
  audit: "v",
  comment: "m",
};

/** What may be given to many cases at once: nothing that needs the facts of one. */
export const FOR_MANY: readonly CaseCommand[] = [
  "review-confirm",
  "review-false",
  "dispatch",
  "acknowledge",
  "start",
  "recheck-start",
  "extend",
  "assign",
  "audit",
  "comment",
];
