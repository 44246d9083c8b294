/** Arrivals that are under way, let out in order of arrival; equal times in the order in which they were sent. */
import { SECOND_MS } from "../twin/kernel/time.ts";
import type { Arrival } from "./arrival.ts";

export class ArrivalQueue {
  /** Second of arrival -> what arrives in it, in the order of sending. */
  readonly #seconds = new Map<number, Arrival[]>();
  #next: number;

  /** Nothing may arrive before `from` (ms since epoch). */
  constructor(from: number) {
    this.#next = Math.floor(from / SECOND_MS);
  }

  push(arrival: Arrival): void {
    const second = Math.max(this.#next, Math.floor(arrival.receivedAt / SECOND_MS));
    const bucket = this.#seconds.get(second);
    if (bucket === undefined) this.#seconds.set(second, [arrival]);
    else bucket.push(arrival);
  }

  /** Takes out everything that arrives before `until`. */
  *take(until: number): Generator<Arrival, void, undefined> {
    const last = Math.floor(until / SECOND_MS);
    for (; this.#next < last; this.#next++) {
      const bucket = this.#seconds.get(this.#next);
      if (bucket === undefined) continue;
      this.#seconds.delete(this.#next);
      yield* sorted(bucket);
    }
    const bucket = this.#seconds.get(last);
    if (bucket === undefined || until === last * SECOND_MS) return;
    const due = bucket.filter((arrival) => arrival.receivedAt < until);
    if (due.length === 0) return;
    this.#seconds.set(
      last,
      bucket.filter((arrival) => arrival.receivedAt >= until),
    );
    yield* sorted(due);
  }

  get size(): number {
    let size = 0;
    for (const bucket of this.#seconds.values()) size += bucket.length;
    return size;
  }
}

function sorted(bucket: Arrival[]): Arrival[] {
  return bucket.length < 2 ? bucket : bucket.sort((a, b) => a.receivedAt - b.receivedAt);
}
