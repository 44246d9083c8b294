/** What happens when a limit of a case has passed (DOMAIN §5.1 "Escalation if not", §5.3). */
import type { CaseDraft } from "./case-draft.ts";
import { rungDue, rungOf } from "./case-entry.ts";
import type { DueKind } from "./case-file.ts";
import { limitAt } from "./case-limits.ts";
import { type Rung, reviewersOf } from "./case-policy.ts";

/** `draft.case.due` has come. */
export function passLimit(draft: CaseDraft): void {
  const { dueKind } = draft.case;
  if (dueKind !== null) passed[dueKind](draft);
}

const passed: { readonly [K in DueKind]: (draft: CaseDraft) => void } = {
  review: passReviewOn,
  dispatch(draft) {
    draft.move("send", "limit to dispatch passed");
    draft.notifyAll("raised");
  },
  acknowledge: climb,
  rectify: overdue,
  appeal(draft) {
    if (draft.case.state === "decided") rest(draft, "no appeal in time");
    else askCity(draft, "no answer to the appeal in time");
  },
  recheck(draft) {
    draft.handTo("Q");
    rest(draft, "not rechecked in time");
    draft.notify(["Q"], "overdue");
  },
  file: (draft) => askCity(draft, "not decided in time whether to file"),
  decide(draft) {
    draft.handTo("C");
    askCity(draft, "not decided in time");
  },
};

/** The next reviewer has the same time again; nobody's silence confirms anything. */
function passReviewOn(draft: CaseDraft): void {
  const { case: c, policy, time } = draft;
  const reviewers = reviewersOf(policy, c.code);
  const at = reviewers.indexOf(c.owner);
  const next = at < 0 || c.owner === "Q" ? undefined : reviewers[at + 1];
  if (next === undefined) {
    askCity(draft, "not reviewed in time");
    return;
  }
  const limit = policy.codes[c.code]?.review ?? policy.levels[c.level].review;
  draft.set({ owner: next, due: limitAt(limit, time, c, policy) });
  draft.note("limit-passed", `not reviewed in time: passed on to ${next}`);
}

/** Nobody acknowledged: the next rung of the ladder. */
function climb(draft: CaseDraft): void {
  const rung = rungOf(draft.case, draft.policy);
  if (rung === null) {
    ownedByQ(draft);
    return;
  }
  if (rung.move === "remind") remind(draft);
  else if (!escalate(draft, rung)) return;
  draft.notify(rung.notify, "unacknowledged");
}

function remind(draft: CaseDraft): void {
  draft.set({ rung: draft.case.rung + 1 });
  draft.set({ due: rungDue(draft.case, draft.time, draft.policy) });
  draft.note("limit-passed", "not acknowledged in time");
}

/** ESCALATED and out again in the hands of the rung's owner; `false` if that was done twice already. */
function escalate(draft: CaseDraft, { owner, notify }: Rung): boolean {
  draft.set({ rung: draft.case.rung + 1 });
  if (!draft.move("escalate", "not acknowledged in time")) {
    ownedByQ(draft);
    return false;
  }
  const isTop = rungOf(draft.case, draft.policy) === null;
  const next = isTop ? filing(draft) : { due: rungDue(draft.case, draft.time, draft.policy) };
  draft.set({ owner: owner ?? "Q", ...next });
  draft.move("send-again", `escalated to ${notify.join(", ")}`);
  return true;
}

function ownedByQ(draft: CaseDraft): void {
  draft.set({ owner: "Q", ...filing(draft) });
  draft.note("limit-passed", "escalated twice: Q owns it");
}

/** The state stays, whoever answers for it changes. */
function overdue(draft: CaseDraft): void {
  const { case: c, policy, time } = draft;
  const ladder = policy.levels[c.level].overdue;
  const owner = ladder[c.rung] ?? "Q";
  const isTop = c.rung + 1 >= ladder.length;
  const next = isTop ? filing(draft) : { due: limitAt({ kind: "workdays", n: 1 }, time, c, policy) };
  draft.set({ owner, rung: c.rung + 1, ...next });
  draft.note("limit-passed", `not put right in time: ${owner} answers for it`);
  draft.notify([owner], "overdue");
}

/** Q has the time of the law to decide on filing, counted from the lead; a reminder (L4) is not filed by the clock. */
function filing({ case: c, policy, time }: CaseDraft) {
  const due = limitAt(policy.filing, c.openedAt, c, policy);
  return c.level === "L4" || due <= time
    ? { due: null, dueKind: null }
    : { due, dueKind: "file" as const, extended: false };
}

function askCity(draft: CaseDraft, reason: string): void {
  rest(draft, reason);
  draft.notify(["C"], "overdue");
}

/** No limit runs any more; the state waits for people. */
function rest(draft: CaseDraft, reason: string): void {
  draft.set({ due: null, dueKind: null });
  draft.note("limit-passed", reason);
}
