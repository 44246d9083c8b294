/**
 * Exact de-duplication of events that have no device sequence: identity (source, id), remembered per day of event time
 * (CONTRACT §2). Days are dropped once they lie well behind the clock, so memory is bounded by a week of human events.
 */
import { hash32 } from "../../twin/kernel/hash.ts";
import { DAY_MS } from "../../twin/kernel/time.ts";
import { IdentitySet } from "./identity-set.ts";

/** Days of event time whose identities are kept; older events share one bucket of bounded size. */
const DAYS_KEPT = 9;
const OLD_BUCKET = -1;
const OLD_IDENTITIES_MAX = 200_000;

export class IdentityDays {
  readonly #days = new Map<number, IdentitySet>();
  /** Identities of events older than all days that are kept, the oldest first. */
  readonly #old = new Set<number>();

  /** True the first time an identity is seen. */
  admit(source: string, id: string, time: number, clock: number): boolean {
    const day = Math.floor(time / DAY_MS);
    const identity = identityNumber(source, id);
    if (day < oldestDay(clock)) return this.#admitOld(identity);
    let seen = this.#days.get(day);
    if (seen === undefined) {
      seen = new IdentitySet();
      this.#days.set(day, seen);
      this.#forget(clock);
    }
    return seen.add(identity);
  }

  #admitOld(identity: number): boolean {
    if (this.#old.has(identity)) return false;
    if (this.#old.size >= OLD_IDENTITIES_MAX) this.#old.delete(this.#old.values().next().value ?? 0);
    this.#old.add(identity);
    return true;
  }

  #forget(clock: number): void {
    const oldest = oldestDay(clock);
    for (const day of this.#days.keys()) if (day < oldest) this.#days.delete(day);
  }

  /** Plain JSON for a snapshot. */
  save(): [number, readonly number[]][] {
    const days = [...this.#days].map(([day, seen]): [number, readonly number[]] => [day, seen.values()]);
    return this.#old.size === 0 ? days : [...days, [OLD_BUCKET, [...this.#old]]];
  }

  static restore(saved: readonly [number, readonly number[]][]): IdentityDays {
    const restored = new IdentityDays();
    for (const [day, seen] of saved) {
      if (day === OLD_BUCKET) for (const identity of seen) restored.#old.add(identity);
      else restored.#days.set(day, new IdentitySet(seen));
    }
    return restored;
  }
}

function oldestDay(clock: number): number {
  return Math.floor(clock / DAY_MS) - DAYS_KEPT;
}

/** 53 bits of the identity: with 3 M kept, one event in about 20 years of city days is mistaken for a repeat. */
function identityNumber(source: string, id: string): number {
  const text = `${source} ${id}`;
  return (hash32(text, 0x5bd1e995) & 0x1fffff) * 4_294_967_296 + hash32(text, 0x1b873593);
}
