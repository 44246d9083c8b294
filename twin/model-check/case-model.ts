/**
 * The case machine as a model to walk: the real `openCase` and `stepCase` under the real policy, given every input that
 * there is. Cases that differ only in times and history are the same, the first one met stands for them.
 *
 *   a command    of every role that the case lets act, with all that it may have to bring; a minute after the last step, and (where that is
 *                refused) a minute before the limit ends
 *   the system   higher level, cleared with and without the record, suppressed and not, merged, recurred
 *   time         the limit that runs has passed; where none runs, two months go by
 */
import { isGraver, LEVELS } from "../alerts/level.ts";
import {
  allowedCommands,
  type Case,
  type CaseInput,
  type CaseOpening,
  type CaseRefusal,
  type CaseStep,
  openCase,
  stepCase,
} from "../case.ts";
import type { CaseChange, CommandName, Decision, Role } from "../case-file.ts";
import { type CasePolicy, ORDOS_CASES } from "../case-policy.ts";
import type { Level } from "../events/fields.ts";
import type { CaseState } from "../events/output-events.ts";
import { ROLES } from "../events/public-events.ts";
import { days, MINUTE_MS, parseTime } from "../kernel/time.ts";
import { AUTHORITIES, ENDS } from "./case-table.ts";
import type { Arrow, Model, Move } from "./explore.ts";

/** A case and the moment of event time (ms) at which it stands so. */
export interface Standing {
  readonly case: Case;
  readonly now: number;
}

/** A Tuesday noon in a stretch without holidays. */
const NOON = parseTime("2026-05-12T12:00:00+08:00");
const LONG_MS = days(60);
export const POLICY: CasePolicy = ORDOS_CASES;

interface Kind extends Pick<CaseOpening, "code" | "autoClose" | "lead" | "kitchen" | "asset"> {
  /** Those that its rule gives; default: all. */
  readonly levels?: readonly Level[];
}
const at = { kitchen: 0, lead: false } as const;

/** One code for every way in which cases differ: who reviews, who puts it right, how it may end. */
export const CASE_KINDS: readonly Kind[] = [
  { ...at, code: "T01", asset: "K-1/fridge-1", autoClose: "condition+record" },
  { ...at, code: "P01", asset: "zone:K-1/cooking", autoClose: "condition", lead: true },
  { ...at, code: "P02", asset: "zone:K-1/cooking", autoClose: "human" },
  { ...at, code: "P07", asset: "zone:K-1/cooking", autoClose: "never", lead: true },
  { ...at, code: "O01", asset: "K-1/cam-1", autoClose: "condition", levels: ["L3", "L4"] },
  { ...at, code: "W01", asset: "station:s-1", autoClose: "condition", kitchen: -1 },
  { ...at, code: "C02", asset: "place:109.9,39.8", autoClose: "never", kitchen: -1 },
];

export function caseModel(kind: Kind): Model<Standing> {
  const { levels = LEVELS } = kind;
  const starts = levels.flatMap((level) =>
    [null, "suppressed", "merged"].map((how): Move<Standing> => {
      const step = opened(kind, level, how);
      const label = `opened at ${level}${how === null ? "" : ` (${how})`}`;
      return { label, to: { case: plain(step.next), now: NOON }, arrows: arrowsOf(step.changes) };
    }),
  );
  return { starts, key: keyOf, moves: (standing) => movesOf(standing, levels) };
}

function opened(kind: Kind, level: Level, how: string | null): CaseStep {
  return openCase(
    {
      ...kind,
      id: "C-1",
      alert: "A-1",
      policy: "ordos-2026@1",
      level,
      openedAt: NOON,
      exercise: true,
      suppressed: how === "suppressed" ? "outage" : null,
      mergedInto: how === "merged" ? "C-0" : null,
    },
    POLICY,
  );
}

/** Without what only grows: the steps so far, and who was told (a drill tells nobody). */
function plain(c: Case): Case {
  return { ...c, history: [], steps: 0 };
}

/** What decides how a case may go on; the rest of it only tells of the past. */
function keyOf({ case: c, now }: Standing): string {
  const marks = [
    c.extended && "extended",
    c.lead && !c.confirmed && "lead",
    c.clearedAt !== null && !CLEARED_ANEW.has(c.state) && (c.proven ? "cleared with its record" : "cleared"),
    c.muted !== null && "muted",
    c.reviewedBy !== null && "reviewed",
    c.due === null && now - c.since >= LONG_MS && "for long",
    c.state === "dispatched" && `escalated ${c.escalations}`,
  ].filter((mark) => mark !== false);
  const limit = c.dueKind === null ? "no limit" : `${c.dueKind} ${c.rung}`;
  return [c.state, c.level, ownerOf(c), limit, ...marks].join(", ");
}

/** Whoever leaves these finds the condition open again, or is at an end. */
const CLEARED_ANEW: ReadonlySet<CaseState> = new Set(["submitted", "recheck", "closed", "false", "merged"]);

/** Which authority owns a case decides nothing but who reviews next. */
function ownerOf({ owner, state }: Case): string {
  return state === "verifying" || !AUTHORITIES.has(owner) ? `with ${owner}` : "with an authority";
}

function movesOf(standing: Standing, levels: readonly Level[]): Move<Standing>[] {
  const moves: Move<Standing>[] = [];
  for (const role of ROLES) {
    for (const name of allowedCommands(standing.case, role, POLICY)) {
      if (name !== "comment") moves.push(...commanded(standing, name, role));
    }
  }
  for (const [label, input] of systemInputs(standing.case, levels)) {
    const move = moved(standing, input, soon(standing), label);
    if (move !== null) moves.push(move);
  }
  moves.push(...timePasses(standing));
  return moves;
}

const DECISIONS: readonly Decision[] = [
  { kind: "penalty", fine: 5_000 },
  { kind: "penalty", fine: 300_000 },
  { kind: "none" },
];

function commanded(standing: Standing, command: CommandName, role: Role): Move<Standing>[] {
  const decisions = command === "decide" ? DECISIONS : [null];
  return decisions.flatMap((decision) => {
    const input = inputOf(command, role, decision);
    const label = `${command} by ${role}${decision === null ? "" : ` (${decision.kind} ${decision.fine ?? 0})`}`;
    const move =
      moved(standing, input, soon(standing), label) ?? moved(standing, input, late(standing), label);
    return move === null ? [] : [move];
  });
}

/** Only a submission has to bring evidence; two inspectors are named wherever that may count. */
function inputOf(command: CommandName, role: Role, decision: Decision | null): CaseInput {
  return {
    type: "command",
    command,
    role,
    actor: `${role}-1`,
    reason: "because",
    evidence: command === "submit" ? ["photo"] : [],
    decision,
    ...(command === "recheck-pass" && { inspectors: ["S-1", "S-2"] }),
  };
}

function systemInputs(c: Case, levels: readonly Level[]): [string, CaseInput][] {
  const graver = levels.findLast((level) => isGraver(level, c.level));
  const again = { type: "recurred", alert: "A-2", level: c.level } as const;
  return [
    ...(graver === undefined
      ? []
      : [[`raised to ${graver}`, { type: "level-raised", level: graver }] satisfies [string, CaseInput]]),
    ["cleared", { type: "cleared", withRecord: false }],
    ["cleared with its record", { type: "cleared", withRecord: true }],
    ["suppressed", { type: "suppressed", reason: "outage" }],
    ["unsuppressed", { type: "unsuppressed" }],
    ["merged", { type: "merged", into: "C-0" }],
    ["recurred", { ...again, suppressed: false }],
    ...(c.state === "suppressed" || ENDS.has(c.state)
      ? [["recurred in silence", { ...again, suppressed: true }] satisfies [string, CaseInput]]
      : []),
  ];
}

function timePasses(standing: Standing): Move<Standing>[] {
  const { case: c, now } = standing;
  if (c.due !== null) {
    const move = moved(standing, { type: "timer" }, c.due, TIMER);
    return move === null ? [] : [move];
  }
  return ENDS.has(c.state) || now - c.since >= LONG_MS
    ? []
    : [{ label: "two months pass", to: { case: c, now: c.since + LONG_MS }, arrows: [] }];
}

export const TIMER = "the limit passes";

/** A minute later, or when the limit ends, whichever comes first. */
function soon({ case: c, now }: Standing): number {
  return Math.min(now + MINUTE_MS, c.due ?? Number.POSITIVE_INFINITY);
}

function late({ case: c, now }: Standing): number {
  return c.due === null ? now + MINUTE_MS : Math.max(now, c.due - MINUTE_MS);
}

function moved({ case: c }: Standing, input: CaseInput, time: number, label: string): Move<Standing> | null {
  const step = stepCase(c, input, time, POLICY);
  if (isRefusal(step)) return null;
  return { label, to: { case: plain(step.next), now: time }, arrows: arrowsOf(step.changes) };
}

function isRefusal(step: CaseStep | CaseRefusal): step is CaseRefusal {
  return "refused" in step;
}

function arrowsOf(changes: readonly CaseChange[]): Arrow[] {
  return changes.flatMap(({ from, to, role }) => (from === null ? [] : [{ from, to, by: role ?? "system" }]));
}
