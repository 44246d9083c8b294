/**
 * Notifications of alerts found in late data (CONTRACT §8): they never ring unless the condition still holds when the
 * backlog has been folded. They wait here for a minute of the fold's clock.
 */
import type { Episode } from "../twin/alerts/episode.ts";
import { MINUTE_MS } from "../twin/kernel/time.ts";
import type { OutputOf } from "./output.ts";
import { setTimer, type Timer } from "./timers.ts";

export type Notification = OutputOf<"warmcity.notification.requested">;

/** Owner of the timers; the key is the case. */
export const RING = "ring";

const WAIT_MS = MINUTE_MS;

/** The part of a desk's state that holds them, by case. */
export interface HeldRings {
  readonly episodes: Readonly<Record<string, Episode>>;
  readonly timers: Timer[];
  rings: Record<string, readonly Notification[]>;
}

/** Keeps the notifications of a case until the backlog has been folded; `clock` = the fold's time now. */
export function holdRings(
  state: HeldRings,
  about: string,
  held: readonly Notification[],
  clock: number,
): void {
  if (held.length === 0) return;
  state.rings[about] = [...(state.rings[about] ?? []), ...held];
  awaitBacklog(state, about, clock);
}

/** Asks again about the case when the backlog has been folded. */
export function awaitBacklog(state: HeldRings, about: string, clock: number): void {
  setTimer(state.timers, { due: clock + WAIT_MS, owner: RING, key: about });
}

export interface Released {
  readonly rings: readonly Notification[];
  /** What is over never rings, and counts as not told. */
  readonly dropped: readonly Notification[];
}

/** The timer is due: what still holds rings now. */
export function releaseRings(state: HeldRings, about: string, now: number): Released {
  const held = state.rings[about] ?? [];
  delete state.rings[about];
  const stillHolds = Object.values(state.episodes).some(
    (episode) => episode.case === about && episode.state === "firing",
  );
  return stillHolds
    ? { rings: held.map((notification) => ({ ...notification, time: now })), dropped: [] }
    : { rings: [], dropped: held };
}
