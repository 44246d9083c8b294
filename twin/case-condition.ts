/** What the condition behind the alert does to its case: worsens, clears, comes again, falls silent. */
import { isGraver } from "./alerts/level.ts";
import type { CaseDraft } from "./case-draft.ts";
import { dispatched, rectifyLimit, seenAgain } from "./case-entry.ts";
import type { Case } from "./case-file.ts";
import { limitAt } from "./case-limits.ts";
import { forgetEpisodes, isGrave } from "./case-notices.ts";
import { isDirect } from "./case-policy.ts";
import type { Level } from "./events/fields.ts";

const UNVERIFIED: ReadonlySet<Case["state"]> = new Set(["verifying", "confirmed", "appealed"]);
const SILENT: ReadonlySet<Case["state"]> = new Set(["new", "suppressed", "merged"]);

export function suppress(draft: CaseDraft, reason: string): boolean {
  if (!draft.move("suppress", reason)) return false;
  draft.set({ suppressedBy: reason });
  return true;
}

export function merge(draft: CaseDraft, into: string): boolean {
  if (!draft.move("merge", `merged into ${into}`)) return false;
  draft.set({ mergedInto: into });
  return true;
}

/** From NEW: out at once, or to a reviewer. */
export function route(draft: CaseDraft): void {
  const { code, level } = draft.case;
  draft.move(isDirect(draft.policy, code, level) ? "send" : "verify");
  tell(draft, "raised");
}

function tell(draft: CaseDraft, purpose: "raised" | "repeated"): void {
  const { state, level } = draft.case;
  if (SILENT.has(state)) return;
  if (!UNVERIFIED.has(state) || draft.policy.levels[level].notifyUnverified) draft.notifyAll(purpose);
  else draft.speak(purpose);
}

/** What the system may do by itself once the auto-close condition holds; the machine's guards decide. */
export function actAlone(draft: CaseDraft, reason: string | null): void {
  if (draft.move("close-alone", reason)) return;
  draft.move("start-alone", reason);
  draft.move("submit-alone", reason);
}

export function clear(draft: CaseDraft, withRecord: boolean): void {
  const { clearedAt, proven } = draft.case;
  draft.set({ clearedAt: clearedAt ?? draft.time, proven: proven || withRecord, muted: null });
  actAlone(draft, "the condition has cleared");
}

/**
 * The alert was taken over or taken back. A case that was never out is suppressed; one that the system could close by
 * itself is closed, for nothing will clear it any more; any other waits for people, who read the reason.
 */
export function silence(draft: CaseDraft, reason: string): void {
  if (suppress(draft, reason)) return;
  draft.set({ clearedAt: draft.case.clearedAt ?? draft.time, proven: true, muted: null });
  if (!draft.move("close-alone", reason)) draft.note("suppressed", reason);
}

/** A sentence says why nothing changes, `null` that something did. */
export function raise(draft: CaseDraft, level: Level): string | null {
  const { case: c } = draft;
  if (!isGraver(level, c.level)) return `${level} is no graver than ${c.level}`;
  if (c.state === "closed" || c.state === "false") {
    recur(draft, { alert: c.alert, level });
    return null;
  }
  draft.replace(worsened(draft, level));
  draft.note("level-raised", `${c.level} to ${level}`);
  tell(draft, "raised");
  return null;
}

/** A higher level shortens the limit that runs; it never gives more time. */
function worsened({ case: before, policy, time }: CaseDraft, level: Level): Case {
  const c: Case = { ...seenAgain(before, time), level };
  const rules = policy.levels[level];
  const sooner = (at: number): number => (c.due === null ? at : Math.max(time, Math.min(at, c.due)));
  switch (c.state) {
    case "verifying": {
      const limit = policy.codes[c.code]?.review ?? rules.review;
      return { ...c, dueKind: "review", due: sooner(limitAt(limit, time, c, policy)) };
    }
    case "confirmed":
      return { ...c, dueKind: "dispatch", due: sooner(limitAt(rules.dispatch, time, c, policy)) };
    case "dispatched":
      return dispatchedAnew(c, sooner, dispatched(c, time, policy));
    case "acked":
    case "rectifying":
    case "submitted":
    case "recheck": {
      // What comes back from the recheck gets half of the first time: of the new level's, if that is shorter.
      const due = limitAt(rectifyLimit(c, policy), time, c, policy);
      const rectifyMs = Math.min(c.rectifyMs ?? due - time, due - time);
      return c.dueKind === "rectify" ? { ...c, due: sooner(due), rectifyMs } : { ...c, rectifyMs };
    }
    default:
      return c;
  }
}

/** The ladder of the new level from its foot; who was escalated to keeps the case, and how often still counts. */
function dispatchedAnew(c: Case, sooner: (at: number) => number, anew: Case): Case {
  const isFirstRung = c.dueKind === "acknowledge" && c.rung === 0;
  const due = isFirstRung && anew.due !== null ? sooner(anew.due) : anew.due;
  const owner = c.escalations > 0 ? c.owner : anew.owner;
  return { ...anew, due, owner, escalations: c.escalations };
}

/** The key again: a new episode, or a higher level of one whose case is over. */
export function recur(
  draft: CaseDraft,
  { alert, level }: { readonly alert: string; readonly level: Level },
): void {
  const { case: c } = draft;
  const notified = alert === c.alert ? c.notified : forgetEpisodes(c.notified);
  const again: Case = { ...seenAgain(c, draft.time), alert, muted: null, notified };
  switch (c.state) {
    case "closed":
      draft.replace({ ...again, level, lead: c.aiOnly, confirmed: false });
      draft.move("reopen", "the same key again");
      draft.move("send-again");
      tell(draft, "repeated");
      draft.notify(draft.policy.levels[level].notifyRepeat, "repeated");
      return;
    case "false":
      draft.replace({ ...again, level, lead: c.aiOnly, confirmed: false });
      draft.move("new-evidence", "the same key again");
      tell(draft, "repeated");
      return;
    case "suppressed":
      draft.replace({ ...again, level });
      draft.move("unsuppress");
      route(draft);
      return;
    default:
      draft.replace({ ...again, repeats: c.repeats + 1 });
      draft.note("recurred", "the same key again while the case is open");
      if (raise(draft, level) !== null && !isMilderThanGrave(c.level, level)) tell(draft, "repeated");
  }
}

/** The case was told at L1 or L2; an episode below that is no new danger of that kind. */
function isMilderThanGrave(told: Level, level: Level): boolean {
  return isGrave(told) && isGraver(told, level);
}

/** The reason for silence has ended and the condition still holds. */
export function speakAgain(draft: CaseDraft): string | null {
  const { muted } = draft.case;
  if (muted !== null) {
    recur(draft, muted);
    return null;
  }
  if (!draft.move("unsuppress")) return "The case is not suppressed";
  route(draft);
  return null;
}
