/**
 * The clock of the fold: the newest receipt or tick, never a wall clock; and which seconds had one, so that it can be
 * said how late a timer was found (CONTRACT §8, `delayed`). A gap in the seconds is a time when nobody was running.
 */
import { SECOND_MS } from "../../twin/kernel/time.ts";
import { savedNumber } from "../saved-number.ts";

/** Allowed lateness: the watermark trails the clock by this much (CONTRACT §8). */
export const LATENESS_MS = 600_000;
/** Seconds remembered; more than the lateness and the longest delay that still counts as prompt. */
const RING = 4_096;
const PROMPT_MAX_S = 61;
/** Live there is a tick each second: after more than this without one, nobody was listening meanwhile. */
const DEAF_AFTER_MS = 60_000;

export interface SavedClock {
  /** `null` = before the first receipt. */
  readonly now: number | null;
  readonly hasReceipts: boolean;
  readonly marked: readonly number[];
  readonly begin: number | null;
  readonly listeningSince: number | null;
}

export class ReceiptClock {
  #now = Number.NEGATIVE_INFINITY;
  #hasReceipts = false;
  /** Second number last marked in each place of the ring. */
  readonly #marked = new Float64Array(RING).fill(-1);
  #begin = Number.NEGATIVE_INFINITY;
  #end = Number.POSITIVE_INFINITY;
  #listeningSince = Number.NEGATIVE_INFINITY;

  /** Newest receipt or tick, ms since epoch; -Infinity before the first. */
  get now(): number {
    return this.#now;
  }

  /** The end of the last gap in receipts and ticks: what was said before may still be on its way. -Infinity = no gap yet. */
  get listeningSince(): number {
    return this.#listeningSince;
  }

  /** Older event times are late. */
  get watermark(): number {
    return this.#now - LATENESS_MS;
  }

  /** Something was received at `time`, or a tick said that it is `time`. */
  receive(time: number): void {
    this.#hasReceipts = true;
    this.#mark(time);
  }

  /** A file without receipts: event time moves the clock, and nothing can be delayed. */
  assume(time: number): void {
    if (time > this.#now) this.#now = time;
  }

  #mark(time: number): void {
    const second = Math.floor(time / SECOND_MS);
    this.#marked[second % RING] = second;
    if (time <= this.#now) return;
    if (time - this.#now > DEAF_AFTER_MS && this.#now !== Number.NEGATIVE_INFINITY)
      this.#listeningSince = time;
    this.#now = time;
  }

  /** Nothing before the beginning was late, and after the end time runs smoothly. */
  bound(begin: number, end: number): void {
    this.#begin = begin;
    this.#end = end;
  }

  /** The first receipt or tick at or after `time`; far off if there was none within a minute; `null` = not known. */
  tickAfter(time: number): number | null {
    if (!this.#hasReceipts) return null;
    if (time <= this.#begin || time >= this.#end) return time;
    const second = Math.floor(time / SECOND_MS);
    for (let s = second; s <= second + PROMPT_MAX_S; s++) {
      if (this.#marked[s % RING] === s) return Math.max(time, s * SECOND_MS);
    }
    return Number.POSITIVE_INFINITY;
  }

  save(): SavedClock {
    return {
      now: savedNumber(this.#now),
      hasReceipts: this.#hasReceipts,
      marked: [...this.#marked],
      begin: savedNumber(this.#begin),
      listeningSince: savedNumber(this.#listeningSince),
    };
  }

  restore(saved: SavedClock): void {
    this.#now = saved.now ?? Number.NEGATIVE_INFINITY;
    this.#hasReceipts = saved.hasReceipts;
    this.#marked.set(saved.marked);
    this.#begin = saved.begin ?? Number.NEGATIVE_INFINITY;
    this.#listeningSince = saved.listeningSince ?? Number.NEGATIVE_INFINITY;
  }
}
