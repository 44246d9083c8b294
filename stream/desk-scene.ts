/** Where an alert desk works: the rule in hand, the state it keeps, the moment and place. */
import type { Episode } from "../twin/alerts/episode.ts";
import type { Case, KitchenHours } from "../twin/case.ts";
import type { KitchenType } from "../twin/city/kitchen.ts";
import type { Level } from "../twin/events/fields.ts";
import type { PolicyBook } from "../twin/policy/policy-book.ts";
import type { Notification } from "./belated-rings.ts";
import type { Output } from "./output.ts";
import type { Suppression } from "./rules/rule.ts";
import type { Timer } from "./timers.ts";

/** What the desk needs to know of a rule, of a kitchen or of the second stage. */
export interface DeskRule {
  readonly code: string;
  readonly version: number;
  readonly title: Episode["title"];
  readonly legalBasis: readonly string[];
  readonly star?: boolean;
  readonly lead?: boolean;
  readonly autoClose: "condition" | "condition+record" | "human" | "never";
  readonly records?: readonly string[];
  readonly recordFor?: readonly Level[];
  readonly reopenWithinMs?: number;
  readonly mutedBy?: readonly Suppression[];
}

/** The part of a subject's state that the desk owns: plain JSON, values replaced and never changed in place. */
export interface DeskState {
  episodes: Record<string, Episode>;
  cases: Record<string, Case>;
  timers: Timer[];
  /** Notifications of late findings that wait whether the condition still holds, by case. */
  rings: Record<string, readonly Notification[]>;
}

/** The moment and place at which the desk works. */
export interface DeskScene {
  /** Kitchen id; `null` for the second stage. */
  readonly place: string | null;
  /** Name of the kitchen; `null` for the second stage. */
  readonly placeName: string | null;
  readonly kitchen: number;
  readonly kitchenType: KitchenType | null;
  readonly hours: KitchenHours | null;
  /** Event time of the input or timer in hand. */
  readonly now: number;
  /** When the datum in hand was received; `null` = a timer, or not known. */
  readonly receivedAt: number | null;
  /** Input older than what was folded already. */
  readonly retro: boolean;
  readonly exercise: boolean;
  /** The fold's clock, which late input lies behind. */
  readonly clock: () => number;
  /** Time of the first tick at or after a moment; `null` = receipts are not known, so nothing is delayed. */
  readonly tickAfter: (time: number) => number | null;
  readonly emit: (output: Output) => void;
  /** A case ends under the pack under which it was opened. */
  readonly policies: PolicyBook;
}

export interface Mute {
  readonly reason: Suppression;
  /** The parent's alert id, or the reason itself. */
  readonly by: string;
}
