/**
 * Exact de-duplication of events that have no device sequence: identity (source, id), remembered per day of event time
 * (CONTRACT §2). Days are dropped once they lie well behind the clock, so memory is bounded by a week of human events.
 */
import { hash32 } from "../../twin/kernel/hash.ts";
import { DAY_MS } from "../../twin/kernel/time.ts";

/** Days of event time whose identities are kept; older events share one bucket of bounded size. */
const DAYS_KEPT = 9;
const OLD_BUCKET = -1;
const OLD_IDENTITIES_MAX = 200_000;

export class IdentityDays {
  readonly #days = new Map<number, Set<number>>();

  /** True the first time an identity is seen. */
  admit(source: string, id: string, time: number, clock: number): boolean {
    const day = this.#bucketOf(time, clock);
    let seen = this.#days.get(day);
    if (seen === undefined) {
      seen = new Set();
      this.#days.set(day, seen);
      this.#forget(clock);
    }
    const identity = identityNumber(source, id);
    if (seen.has(identity)) return false;
    if (day === OLD_BUCKET && seen.size >= OLD_IDENTITIES_MAX) seen.delete(seen.values().next().value ?? 0);
    seen.add(identity);
    return true;
  }

  #bucketOf(time: number, clock: number): number {
    const day = Math.floor(time / DAY_MS);
    return day < Math.floor(clock / DAY_MS) - DAYS_KEPT ? OLD_BUCKET : day;
  }

  #forget(clock: number): void {
    const oldest = Math.floor(clock / DAY_MS) - DAYS_KEPT;
    for (const day of this.#days.keys()) if (day !== OLD_BUCKET && day < oldest) this.#days.delete(day);
  }

  /** Plain JSON for a snapshot. */
  save(): [number, number[]][] {
    return [...this.#days].map(([day, seen]) => [day, [...seen]]);
  }

  static restore(saved: readonly [number, readonly number[]][]): IdentityDays {
    const restored = new IdentityDays();
    for (const [day, seen] of saved) restored.#days.set(day, new Set(seen));
    return restored;
  }
}

/** 53 bits of the identity: with 3 M kept, one event in about 20 years of city days is mistaken for a repeat. */
function identityNumber(source: string, id: string): number {
  const text = `${source} ${id}`;
  return (hash32(text, 0x5bd1e995) & 0x1fffff) * 4_294_967_296 + hash32(text, 0x1b873593);
}
