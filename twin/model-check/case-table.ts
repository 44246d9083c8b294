/**
 * DOMAIN §5.3 as data, row by row, with who may do it; and the limits of §5.1 and §5.3, written down a second time on
 * purpose: the machine and its policy are held against this page, never the other way round.
 */
import type { Case, DueKind, Role } from "../case-file.ts";
import type { Limit } from "../case-policy.ts";
import type { Level } from "../events/fields.ts";
import type { CaseState } from "../events/output-events.ts";
import { days, hours, minutes } from "../kernel/time.ts";

export interface CaseRow {
  /** As printed in DOMAIN §5.3. */
  readonly row: string;
  readonly arrows: readonly `${CaseState}>${CaseState}`[];
  /** Roles of people, or `system`. `A` = who has to put it right, `R` = who reviews. */
  readonly by: readonly string[];
}

const FILEABLE = [
  "confirmed",
  "dispatched",
  "escalated",
  "acked",
  "rectifying",
  "submitted",
  "recheck",
] as const;
const OPEN = [
  ...FILEABLE,
  "new",
  "suppressed",
  "verifying",
  "filed",
  "decided",
  "no-penalty",
  "appealed",
  "reopened",
] as const;

/** NEW, ESCALATED and REOPENED are passed through in one step: no person ever finds a case in them. */
export const PASSED_THROUGH: ReadonlySet<CaseState> = new Set(["new", "escalated", "reopened"]);

export const CASE_TABLE: readonly CaseRow[] = [
  { row: "NEW → SUPPRESSED", arrows: ["new>suppressed"], by: ["system"] },
  { row: "NEW → MERGED", arrows: ["new>merged"], by: ["system"] },
  { row: "NEW → VERIFYING; SUPPRESSED → NEW", arrows: ["new>verifying", "suppressed>new"], by: ["system"] },
  { row: "NEW → DISPATCHED", arrows: ["new>dispatched"], by: ["system"] },
  { row: "VERIFYING → FALSE", arrows: ["verifying>false"], by: ["R"] },
  { row: "VERIFYING → CONFIRMED", arrows: ["verifying>confirmed"], by: ["R"] },
  { row: "FALSE → VERIFYING (audit, new evidence)", arrows: ["false>verifying"], by: ["R", "system"] },
  { row: "CONFIRMED → DISPATCHED", arrows: ["confirmed>dispatched"], by: ["system", "S"] },
  { row: "DISPATCHED → ACKED", arrows: ["dispatched>acked"], by: ["A"] },
  {
    row: "DISPATCHED → ESCALATED → DISPATCHED",
    arrows: ["dispatched>escalated", "escalated>dispatched"],
    by: ["system"],
  },
  {
    row: "ACKED → RECTIFYING → SUBMITTED",
    arrows: ["acked>rectifying", "rectifying>submitted"],
    by: ["A", "system"],
  },
  {
    row: "DISPATCHED/ACKED → VERIFYING",
    arrows: ["dispatched>verifying", "acked>verifying"],
    by: ["A", "S"],
  },
  { row: "SUBMITTED → RECHECK", arrows: ["submitted>recheck"], by: ["S"] },
  { row: "RECHECK → CLOSED", arrows: ["recheck>closed"], by: ["S"] },
  {
    row: "DECIDED/NO_PENALTY/TRANSFERRED → CLOSED",
    arrows: ["decided>closed", "no-penalty>closed", "transferred>closed"],
    by: ["Q"],
  },
  {
    row: "DISPATCHED/ACKED/RECTIFYING → CLOSED",
    arrows: ["dispatched>closed", "acked>closed", "rectifying>closed"],
    by: ["system"],
  },
  { row: "RECHECK → RECTIFYING", arrows: ["recheck>rectifying"], by: ["S"] },
  {
    row: "any of CONFIRMED…RECHECK → FILED",
    arrows: FILEABLE.map((state) => `${state}>filed` as const),
    by: ["Q"],
  },
  { row: "FILED → DECIDED", arrows: ["filed>decided"], by: ["Q", "C"] },
  { row: "FILED → NO_PENALTY", arrows: ["filed>no-penalty"], by: ["Q"] },
  { row: "FILED/any → TRANSFERRED", arrows: OPEN.map((state) => `${state}>transferred` as const), by: ["Q"] },
  {
    row: "CONFIRMED/DECIDED → APPEALED",
    arrows: ["confirmed>appealed", "decided>appealed"],
    by: ["A"],
  },
  { row: "APPEALED → CONFIRMED | FALSE", arrows: ["appealed>confirmed", "appealed>false"], by: ["R"] },
  { row: "CLOSED → REOPENED", arrows: ["closed>reopened"], by: ["system", "S", "Q"] },
  { row: "REOPENED → DISPATCHED", arrows: ["reopened>dispatched"], by: ["system"] },
];

/** Where a case may stand without a running limit, and why that loses nobody. */
export const WAITS: { readonly [S in CaseState]?: string } = {
  suppressed: "the system ends it when the reason for silence ends",
  merged: "an end: its work goes on in the case into which it was merged",
  false: "an end: taken up again by an audit within 30 days, or by new evidence",
  closed: "an end: reopened when the same key comes again, or by an audit",
  transferred: "with another authority; the bureau closes it (§5.3 names no limit)",
  "no-penalty": "decided; the bureau closes it (§5.3 names no limit)",
};

/** The states in which a case is over. */
export const ENDS: ReadonlySet<CaseState> = new Set(["merged", "false", "closed"]);

const elapsed = (ms: number): Limit => ({ kind: "elapsed", ms });
const workdays = (n: number): Limit => ({ kind: "workdays", n });
const all = (limit: Limit): Readonly<Record<Level, Limit>> => ({
  L1: limit,
  L2: limit,
  L3: limit,
  L4: limit,
});

/**
 * The longest time that §5.1 and §5.3 leave for what has to be done next, by the kind of limit. For L4 §5.3 says nothing on
 * dispatching: a working day, as for L3. After it has passed the case is with somebody above.
 */
const LEGAL_LIMITS: { readonly [K in DueKind]: Readonly<Record<Level, Limit>> } = {
  review: { L1: elapsed(minutes(10)), L2: elapsed(hours(2)), L3: elapsed(hours(24)), L4: elapsed(hours(72)) },
  dispatch: { L1: elapsed(minutes(5)), L2: elapsed(hours(1)), L3: workdays(1), L4: workdays(1) },
  acknowledge: {
    L1: elapsed(minutes(10)),
    L2: { kind: "in-hours", ms: hours(2) },
    L3: elapsed(hours(24)),
    L4: { kind: "same-day" },
  },
  rectify: { L1: elapsed(hours(2)), L2: elapsed(hours(24)), L3: elapsed(days(3)), L4: elapsed(days(15)) },
  recheck: { L1: workdays(5), L2: workdays(5), L3: workdays(3), L4: workdays(3) },
  appeal: all(workdays(5)),
  file: all(workdays(15)),
  decide: all(elapsed(days(90))),
};

/** What §5.2 and §5.3 say otherwise for some codes; `wasSent` = a person sent the case back to review. */
export function legalLimit({ code, state, level }: Case, kind: DueKind, wasSent: boolean): Limit {
  if (kind === "review" && (wasSent || code === "D05")) return workdays(3);
  if (kind === "review" && code === "P07") return { kind: "day-window", ms: hours(2) };
  // Seven days without a hit, and a working day to see it.
  if (kind === "recheck" && state === "recheck" && code === "P07") return elapsed(days(11));
  return LEGAL_LIMITS[kind][level];
}

/** How much one extension may add. */
export const EXTENSIONS: { readonly [L in Level]: Limit } = {
  L1: elapsed(hours(2)),
  L2: elapsed(hours(48)),
  L3: elapsed(days(3)),
  L4: elapsed(days(15)),
};

/** Rungs above the first of a dispatch that nobody acknowledges: at most so long after the dispatch. */
export const LADDER_MOST: { readonly [L in Level]: Limit } = {
  L1: elapsed(minutes(30)),
  L2: elapsed(hours(24)),
  L3: workdays(3),
  L4: elapsed(days(20)),
};

/** Who may answer for a case whose limits have all passed: authorities, never who has to put it right. */
export const AUTHORITIES: ReadonlySet<Role> = new Set(["S", "Q", "C", "H"]);
