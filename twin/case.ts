/**
 * The case: people's work on the alerts of one key, from the first alert to its end (DOMAIN §5.3). Every step is a pure
 * function of the case as it stands, an input and a moment of event time; it gives the next case and what to tell.
 *
 *   openCase(opening, policy) ─┐
 *                              ├─> { next, changes, remarks, notifications } | { refused, allowed }
 *   stepCase(case, input, …) ──┘
 *
 * `next.due` is the one timer of a case: send `{ type: "timer" }` when it has come.
 */
import { allowedCommands, obey } from "./case-command.ts";
import {
  actAlone,
  clear,
  merge,
  raise,
  recur,
  route,
  silence,
  speakAgain,
  suppress,
} from "./case-condition.ts";
import { CaseDraft } from "./case-draft.ts";
import { seenAgain } from "./case-entry.ts";
import type { Case, CaseAutoClose, CaseChange, CommandName, KitchenHours, Role } from "./case-file.ts";
import type { NotificationRequest } from "./case-notices.ts";
import type { PersonalEvent } from "./case-permission.ts";
import { assigneeOf, type CasePolicy } from "./case-policy.ts";
import { passLimit } from "./case-timer.ts";
import type { KitchenType } from "./city/kitchen.ts";
import type { Level } from "./events/fields.ts";

export type { Case, CaseChange, CommandName, KitchenHours, NotificationRequest, Role };
export { allowedCommands };

export interface CaseOpening {
  /** Deterministic: a function of the key and of the episode that opens it. */
  readonly id: string;
  readonly alert: string;
  /** Index of the kitchen; below 0 if it belongs to no one kitchen. */
  readonly kitchen: number;
  readonly code: string;
  /** Name of the pack whose case policy is handed over (`name@version`). */
  readonly policy: string;
  readonly asset: string | null;
  readonly level: Level;
  /** Event time, ms since epoch. */
  readonly openedAt: number;
  readonly lead: boolean;
  readonly exercise: boolean;
  readonly autoClose: CaseAutoClose;
  /** Why it may not ring; `null` = it may. */
  readonly suppressed: string | null;
  readonly mergedInto?: string | null;
  readonly hours?: KitchenHours | null;
  readonly kitchenType?: KitchenType | null;
}

export type CaseInput =
  | { readonly type: "level-raised"; readonly level: Level }
  /** The clearing has held; `withRecord`: and the record that the rule asks for is there (or none is asked for). */
  | { readonly type: "cleared"; readonly withRecord: boolean }
  /** The condition was met once more in the same episode (a third rat). */
  | { readonly type: "seen-again" }
  /** The alert was taken over or taken back: outage, presumed closed, withdrawn. */
  | { readonly type: "suppressed"; readonly reason: string }
  | { readonly type: "unsuppressed" }
  | { readonly type: "merged"; readonly into: string }
  /** A new episode of the key within the time in which it reopens the case. */
  | {
      readonly type: "recurred";
      readonly alert: string;
      readonly level: Level;
      readonly suppressed: boolean;
    }
  /** A past episode was found in late data after people had closed the case: for them to review. */
  | { readonly type: "found-late" }
  | { readonly type: "timer" }
  | CaseCommand;

export interface CaseCommand extends Omit<PersonalEvent, "type" | "time"> {
  readonly type: "command";
  readonly command: CommandName;
}

export interface CaseStep {
  readonly next: Case;
  /** The transitions, in order. */
  readonly changes: readonly CaseChange[];
  /** What was noted without one: an extension, a passed limit, a higher level. */
  readonly remarks: readonly CaseChange[];
  readonly notifications: readonly NotificationRequest[];
}

export interface CaseRefusal {
  /** A sentence: what is wrong. */
  readonly refused: string;
  /** What this role could do now. */
  readonly allowed: readonly CommandName[];
}

export function openCase(opening: CaseOpening, policy: CasePolicy): CaseStep {
  const draft = new CaseDraft(newCase(opening, policy), opening.openedAt, policy);
  draft.open("opened");
  if (opening.mergedInto != null) merge(draft, opening.mergedInto);
  else if (opening.suppressed !== null) suppress(draft, opening.suppressed);
  else route(draft);
  return stepOf(draft);
}

function newCase(opening: CaseOpening, policy: CasePolicy): Case {
  const assignee = assigneeOf(policy, opening);
  return {
    id: opening.id,
    alert: opening.alert,
    kitchen: opening.kitchen,
    kitchenType: opening.kitchenType ?? null,
    hours: opening.hours == null ? null : hoursOf(opening.hours),
    code: opening.code,
    policy: opening.policy,
    asset: opening.asset,
    level: opening.level,
    state: "new",
    since: opening.openedAt,
    openedAt: opening.openedAt,
    due: null,
    dueKind: null,
    owner: assignee,
    assignee,
    escalations: 0,
    dispatchedAt: null,
    rung: 0,
    rectifyMs: null,
    extended: false,
    aiOnly: opening.lead,
    lead: opening.lead,
    confirmed: false,
    exercise: opening.exercise,
    autoClose: opening.autoClose,
    clearedAt: null,
    proven: false,
    lastSeenAt: opening.openedAt,
    suppressedBy: null,
    muted: null,
    mergedInto: null,
    repeats: 0,
    reviewedBy: null,
    notified: [],
    steps: 0,
    history: [],
  };
}

/** A registry's kitchen will do as hours; the case keeps no more of it. */
function hoursOf({ opens, calendar, meals }: KitchenHours): KitchenHours {
  return { opens, calendar, meals };
}

/**
 * One step; a refusal changes nothing. `time` is event time, ms since epoch, and may lie before the last step (late
 * data): limits then run from it all the same.
 */
export function stepCase(
  current: Case,
  input: CaseInput,
  time: number,
  policy: CasePolicy,
): CaseStep | CaseRefusal {
  const draft = new CaseDraft(current, time, policy);
  const refused = input.type === "command" ? obey(draft, eventOf(input, time)) : take(draft, input);
  if (refused === null) return stepOf(draft);
  const allowed = input.type === "command" ? allowedCommands(current, input.role, policy) : [];
  return { refused, allowed };
}

function eventOf(
  { command, role, actor, reason, evidence, decision, inspectors }: CaseCommand,
  time: number,
) {
  return { type: command, time, role, actor, reason, evidence, decision, inspectors };
}

function stepOf({ case: next, changes, remarks, notifications }: CaseDraft): CaseStep {
  return { next, changes, remarks, notifications };
}

/** The system's inputs; a sentence says why one is refused. */
function take(draft: CaseDraft, input: Exclude<CaseInput, CaseCommand>): string | null {
  const { due, state } = draft.case;
  switch (input.type) {
    case "level-raised":
      return raise(draft, input.level);
    case "cleared":
      clear(draft, input.withRecord);
      return null;
    case "seen-again":
      draft.replace(seenAgain(draft.case, draft.time));
      return null;
    case "suppressed":
      silence(draft, input.reason);
      return null;
    case "unsuppressed":
      return speakAgain(draft);
    case "merged":
      return merge(draft, input.into) ? null : `A case that is ${state} cannot be merged`;
    case "recurred":
      if (input.suppressed) draft.set({ muted: { alert: input.alert, level: input.level } });
      else recur(draft, input);
      return null;
    case "found-late":
      draft.note("found-late", "a past episode was found in late data: to be reviewed");
      return null;
    case "timer":
      if (due === null || draft.time < due) return "No limit has passed";
      passLimit(draft);
      actAlone(draft, "the condition has cleared");
      return null;
  }
}
