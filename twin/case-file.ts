/** What is known of a case: people's work on the alerts of one key (DOMAIN §5.3). Plain JSON, replaced and never changed. */
import type { DaySpan, KitchenType } from "./city/kitchen.ts";
import type { Level } from "./events/fields.ts";
import type { CaseState } from "./events/output-events.ts";
import type { CASE_COMMANDS, ROLES } from "./events/public-events.ts";
import type { OpeningHours } from "./kernel/calendar.ts";

/** O operator, S office, Q banner bureau, C city bureau, B cadre, H health, PL platform, OPS integrator. */
export type Role = (typeof ROLES)[number];
export type CommandName = (typeof CASE_COMMANDS)[number];

/** What may end a case without people (DOMAIN §5.2, last column). */
export type CaseAutoClose = "condition" | "condition+record" | "human" | "never";

/** Which limit runs. */
export type DueKind =
  | "review"
  | "dispatch"
  | "acknowledge"
  | "rectify"
  | "recheck"
  | "appeal"
  | "file"
  | "decide";

/** When the kitchen works: limits "in hours" and "before the next meal" are counted by it. */
export interface KitchenHours extends OpeningHours {
  readonly meals: readonly DaySpan[];
}

/** One step of a case: a transition, or (`from` = `to`) something noted in a state. */
export interface CaseChange {
  /** 1, 2, … within the case: with the case id it names the step. */
  readonly step: number;
  /** Event time, ms since epoch. */
  readonly time: number;
  /** `null` when the case is opened. */
  readonly from: CaseState | null;
  readonly to: CaseState;
  /** The command or the move of the system. */
  readonly what: string;
  /** A person's pseudonym, or `system`. */
  readonly actor: string;
  /** `null` = the system. */
  readonly role: Role | null;
  readonly reason: string | null;
  /** The limit that runs after the step, ms since epoch. */
  readonly due: number | null;
  readonly evidence: readonly unknown[];
  /** SHA-256 of the evidence as JSON, 64 hex digits; absent = there is none. */
  readonly evidenceHash?: string;
  /** What was decided on a penalty, and who rechecked on site; absent = not told. */
  readonly decision?: Decision;
  readonly inspectors?: readonly string[];
}

/** What an authority decides on a filed case. */
export interface Decision {
  readonly kind: "penalty" | "warning" | "none";
  /** Yuan. */
  readonly fine?: number | null | undefined;
  readonly rewardLevel?: number | null | undefined;
}

/** All times are event time, ms since epoch. */
export interface Case {
  readonly id: string;
  /** The alert (episode) it is about now. */
  readonly alert: string;
  /** Index of the kitchen; below 0 where the case belongs to no one kitchen. */
  readonly kitchen: number;
  readonly kitchenType: KitchenType | null;
  readonly hours: KitchenHours | null;
  readonly code: string;
  /** The policy pack (`name@version`) under which it was opened, and under which it ends. */
  readonly policy: string;
  readonly asset: string | null;
  readonly level: Level;
  readonly state: CaseState;
  /** When the present state began. */
  readonly since: number;
  readonly openedAt: number;
  readonly due: number | null;
  readonly dueKind: DueKind | null;
  /** Who has to act, or answers for it that somebody does. */
  readonly owner: Role;
  /** Who has to put it right: the operator, unless the policy or an asset says somebody else. */
  readonly assignee: Role;
  /** How often this dispatch was escalated: at most twice. */
  readonly escalations: number;
  readonly dispatchedAt: number | null;
  /** How many steps of the ladder of the state's limit are done. */
  readonly rung: number;
  /** First time given to put it right, ms; a returned case gets half of it. */
  readonly rectifyMs: number | null;
  readonly extended: boolean;
  /** Rests on AI hits alone by its nature, and (`lead`) no person has confirmed it yet. */
  readonly aiOnly: boolean;
  readonly lead: boolean;
  readonly confirmed: boolean;
  readonly exercise: boolean;
  readonly autoClose: CaseAutoClose;
  /** When the condition cleared, `null` while it holds; `proven`: with the record that the rule asks for. */
  readonly clearedAt: number | null;
  readonly proven: boolean;
  /** The condition was last met anew (opened, raised, seen again). */
  readonly lastSeenAt: number;
  /** Why it is suppressed. */
  readonly suppressedBy: string | null;
  /** An episode that recurred in silence: it counts when its reason ends. */
  readonly muted: { readonly alert: string; readonly level: Level } | null;
  readonly mergedInto: string | null;
  readonly repeats: number;
  /** Who decided the first review. */
  readonly reviewedBy: string | null;
  /** `<level>|<recipient>|<channel>[|<episode>]` already notified. */
  readonly notified: readonly string[];
  readonly steps: number;
  /** Its steps, at most `HISTORY_MAX`; what people did is kept longest, and the log has all of it. */
  readonly history: readonly CaseChange[];
}

export const HISTORY_MAX = 100;
