/** What becomes of a case when it enters a state: limit, owner, marks (DOMAIN §5.3, third column). */
import type { Case, DueKind } from "./case-file.ts";
import { limitAt } from "./case-limits.ts";
import { actorOf, type CaseEvent, isPersonal } from "./case-permission.ts";
import { type CasePolicy, type Limit, type Rung, reviewersOf } from "./case-policy.ts";
import type { CaseState } from "./events/output-events.ts";

/** The case as it stands in `to`, which it has just entered by `event`. */
export function enter(from: Case, to: CaseState, event: CaseEvent, policy: CasePolicy): Case {
  const { time } = event;
  const c: Case = { ...from, state: to, since: time, rung: 0 };
  const level = policy.levels[c.level];
  switch (to) {
    case "new":
      return { ...idle(c), suppressedBy: null };
    case "verifying": {
      const limit = isPersonal(event) ? policy.disputeReview : (policy.codes[c.code]?.review ?? level.review);
      return limited({ ...c, owner: firstReviewer(c, policy) }, "review", limit, time, policy);
    }
    case "confirmed":
      return limited(confirmed(c, event), "dispatch", level.dispatch, time, policy);
    case "false":
      return { ...idle(c), confirmed: false, reviewedBy: reviewer(c, event) };
    case "dispatched":
      return from.state === "escalated" ? { ...c, rung: from.rung } : dispatched(c, time, policy);
    case "escalated":
      return { ...c, rung: from.rung, escalations: c.escalations + 1 };
    case "acked": {
      const timed = limited({ ...c, owner: c.assignee }, "rectify", rectifyLimit(c, policy), time, policy);
      return { ...timed, extended: false, rectifyMs: (timed.due ?? time) - time };
    }
    case "rectifying":
      return from.state === "recheck" ? returned(c, time) : { ...c, rung: from.rung };
    case "submitted":
      return limited({ ...c, owner: "S" }, "recheck", level.recheck, time, policy);
    case "recheck":
      return untilQuiet(c, policy);
    case "filed":
      return limited({ ...c, owner: "Q" }, "decide", policy.decision, time, policy);
    case "decided":
      return limited({ ...c, owner: "Q" }, "appeal", policy.appealFiling, time, policy);
    case "appealed": {
      const owner = reviewersOf(policy, c.code).at(-1) ?? "Q";
      return limited({ ...c, owner }, "appeal", policy.appealAnswer, time, policy);
    }
    case "reopened":
      return { ...idle(c), repeats: c.repeats + 1 };
    case "transferred":
    case "no-penalty":
      return idle({ ...c, owner: "Q" });
    case "suppressed":
    case "merged":
    case "closed":
      return idle(c);
  }
}

function idle(c: Case): Case {
  return { ...c, due: null, dueKind: null };
}

function limited(c: Case, dueKind: DueKind, limit: Limit, time: number, policy: CasePolicy): Case {
  return { ...c, dueKind, due: Math.max(time, limitAt(limit, time, c, policy)) };
}

function firstReviewer(c: Case, policy: CasePolicy): Case["owner"] {
  return reviewersOf(policy, c.code)[0] ?? "S";
}

function reviewer(c: Case, event: CaseEvent): string | null {
  return isPersonal(event) ? actorOf(event) : c.reviewedBy;
}

function confirmed(c: Case, event: CaseEvent): Case {
  return { ...c, owner: "S", confirmed: true, lead: false, reviewedBy: reviewer(c, event) };
}

/** A dispatch begins: the ladder of the level starts at its foot. */
export function dispatched(c: Case, time: number, policy: CasePolicy): Case {
  const begun: Case = {
    ...c,
    owner: c.assignee,
    dispatchedAt: time,
    rung: 0,
    escalations: 0,
    extended: false,
  };
  return { ...begun, dueKind: "acknowledge", due: rungDue(begun, time, policy) };
}

/** When the next rung of the ladder is due; `null` past its top. */
export function rungDue(c: Case, time: number, policy: CasePolicy): number | null {
  const rung = rungOf(c, policy);
  if (rung === null) return null;
  const from = rung.from === "dispatch" ? (c.dispatchedAt ?? time) : time;
  return Math.max(time, limitAt(rung.after, from, c, policy));
}

export function rungOf(c: Case, policy: CasePolicy): Rung | null {
  return policy.levels[c.level].ladder[c.rung] ?? null;
}

export function rectifyLimit(c: Case, policy: CasePolicy): Limit {
  return policy.codes[c.code]?.rectify ?? policy.levels[c.level].rectify;
}

/** Not passed: half of the first time, at most. */
function returned(c: Case, time: number): Case {
  const due = time + Math.floor((c.rectifyMs ?? 0) / 2);
  return { ...c, owner: c.assignee, dueKind: "rectify", due, clearedAt: null, proven: false };
}

/** A recheck that has to wait for quiet days is not overdue before they are over. */
function untilQuiet(c: Case, policy: CasePolicy): Case {
  const quietMs = policy.codes[c.code]?.quietMs;
  if (quietMs === undefined || c.due === null) return c;
  return {
    ...c,
    due: Math.max(c.due, limitAt({ kind: "workdays", n: 1 }, c.lastSeenAt + quietMs, c, policy)),
  };
}

/** The condition holds (again): whatever was cleared or proven is void, an AI hit is a lead again. */
export function seenAgain(c: Case, time: number): Case {
  return { ...c, clearedAt: null, proven: false, lastSeenAt: Math.max(c.lastSeenAt, time) };
}
