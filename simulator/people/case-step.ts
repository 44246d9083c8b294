/** What the people concerned do next about a case, and how soon: by the state in which they heard that it is. */
import type { CommandName, Role } from "../../twin/case-file.ts";
import type { InputData } from "../../twin/events/catalogue.ts";
import { DAY_MS } from "../../twin/kernel/time.ts";
import type { Dice } from "../dice.ts";
import { DECIDE_MS, LATE_FACTOR, PACE, RECORDS, type RecordKind, SHARES } from "./case-habits.ts";
import type { KnownCase } from "./known-case.ts";

type Decision = NonNullable<InputData<"warmcity.case.command">["decision"]>;

export interface PlannedAct {
  readonly command: CommandName;
  readonly role: Role;
  /** Median of the time until it is done, ms. */
  readonly medianMs: number;
  readonly hasEvidence: boolean;
  /** Kind of the record that is filed with it. */
  readonly record: RecordKind | null;
  readonly decision: Decision | null;
}

type Extras = Partial<Pick<PlannedAct, "hasEvidence" | "record" | "decision">>;

function act(command: CommandName, role: Role, medianMs: number, extras: Extras = {}): PlannedAct {
  return { command, role, medianMs, hasEvidence: false, record: null, decision: null, ...extras };
}

/** Rats are gone when none was seen for a week (DOMAIN §5.2, P07). */
const QUIET_MS: Readonly<Record<string, number>> = { P07: 8 * DAY_MS };

/** `null` = nobody does anything: it is not anybody's turn, or whoever has it lets it lie. */
export function nextAct(known: KnownCase, dice: Dice): PlannedAct | null {
  const pace = PACE[known.level];
  switch (known.state) {
    case "verifying":
      return act(judgement(known, dice), known.reviewer, pace.review);
    case "confirmed":
      return act("dispatch", hatOf(known, "S"), pace.dispatch);
    case "dispatched":
      return answer(known, dice);
    case "acked":
      return act("start", known.assignee, pace.start);
    case "rectifying":
      return proof(known, dice);
    case "submitted":
      return known.assignee === "O" && isGrave(known) && dice.chance(SHARES.filed)
        ? act("file", "Q", pace.recheck)
        : act("recheck-start", hatOf(known, "S"), pace.recheck);
    case "recheck": {
      const command = dice.chance(SHARES.sentBack) ? "recheck-fail" : "recheck-pass";
      return act(command, hatOf(known, "S"), QUIET_MS[known.code] ?? pace.recheck / 4);
    }
    case "filed":
      return act("decide", hatOf(known, "Q"), DECIDE_MS, { decision: decisionOf(dice) });
    case "decided":
    case "no-penalty":
      return act("close", hatOf(known, "Q"), DECIDE_MS / 2);
    default:
      return null;
  }
}

/** A hit that went out as a reminder: an office looks at some of them, whatever the unit does about it meanwhile. */
export function reminderReview(known: KnownCase, dice: Dice): PlannedAct | null {
  if (known.state !== "dispatched" || !known.lead || !dice.chance(SHARES.reminderLookedAt)) return null;
  return act(judgement(known, dice), known.reviewer, PACE[known.level].review);
}

function judgement({ lead, code, isDisputed }: KnownCase, dice: Dice): CommandName {
  const share = isDisputed
    ? SHARES.upheld
    : !lead
      ? SHARES.reportTrue
      : code === "P07"
        ? SHARES.ratTrue
        : SHARES.hitTrue;
  return dice.chance(share) ? "review-confirm" : "review-false";
}

/** Once it was escalated, somebody calls, and it is acknowledged. */
function answer(known: KnownCase, dice: Dice): PlannedAct | null {
  const { level, assignee, from, isDisputed } = known;
  const isReminder = level === "L4";
  const silent = isReminder ? SHARES.reminderUnacknowledged : SHARES.unacknowledged;
  if (from !== "escalated" && dice.chance(silent)) return null;
  const { acknowledge } = PACE[level];
  const disputes = assignee === "O" && !isReminder && !isDisputed && dice.chance(SHARES.disputed);
  return act(disputes ? "dispute" : "acknowledge", assignee, acknowledge);
}

function proof({ level, assignee, code }: KnownCase, dice: Dice): PlannedAct | null {
  const luck = dice.next();
  if (luck < SHARES.never) return null;
  const factor = luck < SHARES.never + SHARES.late ? LATE_FACTOR : 1;
  return act("submit", assignee, factor * PACE[level].submit, {
    hasEvidence: true,
    record: RECORDS[code] ?? null,
  });
}

function decisionOf(dice: Dice): Decision {
  const luck = dice.next();
  if (luck < SHARES.fined) return { kind: "penalty", fine: 5_000 * dice.int(1, 10) };
  return { kind: luck < SHARES.fined + SHARES.warned ? "warning" : "none" };
}

function isGrave({ level }: KnownCase): boolean {
  return level === "L1" || level === "L2";
}

/** What belongs to no kitchen lies in no office's area: the city bureau acts. */
function hatOf({ kitchen }: KnownCase, role: Role): Role {
  return kitchen === null ? "C" : role;
}
