/** Timers of the fold: data in event time, in one order (due, owner, key), each (owner, key) at most once. */

export interface Timer {
  /** Event time, ms since epoch. */
  readonly due: number;
  /** Who set it: a rule's code, `case`, or `facts`. */
  readonly owner: string;
  readonly key: string;
}

/** Sets or moves the timer in a sorted list, in place. */
export function setTimer(timers: Timer[], timer: Timer): void {
  cancelTimer(timers, timer.owner, timer.key);
  let at = timers.length;
  while (at > 0 && isBefore(timer, timers[at - 1]!)) at--;
  timers.splice(at, 0, timer);
}

/** Removes the timer, if it is set. */
export function cancelTimer(timers: Timer[], owner: string, key: string): void {
  const at = indexOf(timers, owner, key);
  if (at >= 0) timers.splice(at, 1);
}

/** When the timer is due, ms since epoch; `null` = it is not set. */
export function dueOf(timers: readonly Timer[], owner: string, key: string): number | null {
  return timers[indexOf(timers, owner, key)]?.due ?? null;
}

function indexOf(timers: readonly Timer[], owner: string, key: string): number {
  for (let at = 0; at < timers.length; at++) {
    const timer = timers[at]!;
    if (timer.key === key && timer.owner === owner) return at;
  }
  return -1;
}

function isBefore(a: Timer, b: Timer): boolean {
  if (a.due !== b.due) return a.due < b.due;
  if (a.owner !== b.owner) return a.owner < b.owner;
  return a.key < b.key;
}
