/** A notification on its way from the log to somebody: what the twin asked for, and what became of it. */
import type { Level } from "../../twin/events/fields.ts";

export const NOTICE_STATES = [
  /** Taken from the log; not delivered yet. */
  "waiting",
  /** The channel has taken it. */
  "sent",
  /** There is no channel of the kind: it stands in the journal, for the desk to show. */
  "shown",
  /** The channel refused it, or failed too often. */
  "failed",
  /** Nobody's address is known. */
  "no-address",
  /** The kitchen has had its messages of the day. */
  "capped",
  /** It was too old when it was found. */
  "expired",
] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

export interface Notice {
  /** Deterministic id, also the key by which a receiver knows a repeat. */
  readonly notification: string;
  /** Log position of the request. */
  readonly position: number;
  /** Event time of the request, ms since epoch. */
  readonly time: number;
  /** Kitchen id; `null` where it belongs to no one kitchen. */
  readonly kitchen: string | null;
  /** `null` = it is about no case. */
  readonly case: string | null;
  readonly level: Level;
  readonly to: string;
  readonly channel: string;
  readonly ring: boolean;
  /** Not to be delivered before, ms since epoch; `null` = at once. */
  readonly notBefore: number | null;
  readonly text: { readonly zh: string; readonly en: string };
  readonly state: NoticeState;
  /** When it came into this state, ms since epoch of the city's clock. */
  readonly at: number;
  readonly tries: number;
  readonly reason: string | null;
}
