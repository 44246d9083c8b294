/**
 * What is planned for a day, as columns: half a million things (people who arrive, orders, receipts, doors) in 12 MB.
 * Processes write it at midnight, the simulation reads it in order of time; what lies beyond the day moves to the next.
 */
import { SECOND_MS } from "../twin/kernel/time.ts";

/** A planned thing: process `process` shall do `what` (its own numbering) in `kitchen` (-1 = the city) at `time`. */
export interface Planned {
  time: number;
  process: number;
  kitchen: number;
  what: number;
}

export class Agenda {
  #size = 0;
  #next = 0;
  #time = new Float64Array(1 << 12);
  #process = new Uint8Array(1 << 12);
  #kitchen = new Int32Array(1 << 12);
  #what = new Int32Array(1 << 12);
  #order = new Uint32Array(0);

  add(time: number, process: number, kitchen: number, what: number): void {
    if (this.#size === this.#time.length) this.#grow();
    const i = this.#size++;
    this.#time[i] = time;
    this.#process[i] = process;
    this.#kitchen[i] = kitchen;
    this.#what[i] = what;
  }

  /** Orders what was added by time; equal times stay in the order in which they were added. */
  sort(): void {
    const { length, first, starts } = this.#countSeconds();
    this.#order = new Uint32Array(length);
    for (let i = 0; i < length; i++) {
      const second = Math.floor(this.#time[i]! / SECOND_MS) - first;
      this.#order[starts[second]!++] = i;
    }
    let from = 0;
    for (const to of starts) {
      this.#sortWithin(from, to);
      from = to;
    }
    this.#next = 0;
  }

  /** A second holds few things, mostly in order already. */
  #sortWithin(from: number, to: number): void {
    const [order, time] = [this.#order, this.#time];
    for (let i = from + 1; i < to; i++) {
      const item = order[i]!;
      let at = i;
      for (; at > from && time[order[at - 1]!]! > time[item]!; at--) order[at] = order[at - 1]!;
      order[at] = item;
    }
  }

  #countSeconds(): { length: number; first: number; starts: Uint32Array } {
    const length = this.#size;
    if (length === 0) return { length, first: 0, starts: new Uint32Array(0) };
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < length; i++) {
      const second = Math.floor(this.#time[i]! / SECOND_MS);
      if (second < low) low = second;
      if (second > high) high = second;
    }
    const starts = new Uint32Array(high - low + 2);
    for (let i = 0; i < length; i++) starts[Math.floor(this.#time[i]! / SECOND_MS) - low + 1]!++;
    for (let s = 1; s < starts.length; s++) starts[s]! += starts[s - 1]!;
    return { length, first: low, starts: starts.subarray(0, starts.length - 1) };
  }

  /** Time of the next thing; `Infinity` if nothing is left. */
  get nextTime(): number {
    return this.#next < this.#order.length ? this.#time[this.#order[this.#next]!]! : Number.POSITIVE_INFINITY;
  }

  /** Takes the next thing into `into`. */
  take(into: Planned): void {
    const i = this.#order[this.#next++]!;
    into.time = this.#time[i]!;
    into.process = this.#process[i]!;
    into.kitchen = this.#kitchen[i]!;
    into.what = this.#what[i]!;
  }

  /** Moves everything that is left into another agenda. */
  pourInto(other: Agenda): void {
    for (; this.#next < this.#order.length; this.#next++) {
      const i = this.#order[this.#next]!;
      other.add(this.#time[i]!, this.#process[i]!, this.#kitchen[i]!, this.#what[i]!);
    }
  }

  get left(): number {
    return this.#order.length - this.#next;
  }

  #grow(): void {
    const size = this.#time.length * 2;
    this.#time = enlarge(new Float64Array(size), this.#time);
    this.#process = enlarge(new Uint8Array(size), this.#process);
    this.#kitchen = enlarge(new Int32Array(size), this.#kitchen);
    this.#what = enlarge(new Int32Array(size), this.#what);
  }
}

function enlarge<T extends { set(from: ArrayLike<number>): void }>(to: T, from: ArrayLike<number>): T {
  to.set(from);
  return to;
}
