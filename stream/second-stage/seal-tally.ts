/**
 * Hand-overs and broken seals per unit, rider and station: those of the last 60 min one by one, those of the 14 days
 * before in buckets of 6 h, three numbers each, so that a city of 105,000 orders a day fits in a few megabytes.
 */

import type { Cause } from "../../twin/events/output-events.ts";
import { days, hours, minutes } from "../../twin/kernel/time.ts";
import { SlidingWindow } from "./sliding-window.ts";

const WINDOW_MS = minutes(60);
const BASE_MS = days(14);
const BUCKET_MS = hours(6);
/** Columns of a bucket: its number, orders, breaches. */
const STRIDE = 3;

/** A broken seal. */
interface Breach {
  readonly cause: Cause;
  readonly exercise: boolean;
}

/** An order handed over. */
export interface HandOver {
  /** Event time, ms since epoch. */
  readonly time: number;
  /** `unit:<kitchen>`, `rider:…`, `station:…`, as far as they are known. */
  readonly keys: readonly string[];
  /** `null` = the seal was whole, or its state is not known. */
  readonly breach: Breach | null;
}

/** An order handed over with a broken seal. */
interface BrokenHandOver extends HandOver {
  readonly breach: Breach;
}

interface Tally {
  /** Of the last 60 min. */
  orders: number;
  breaches: number;
  /** Of the 14 days before. */
  baseOrders: number;
  baseBreaches: number;
  /** The same in rows of `STRIDE` numbers, oldest first. */
  readonly buckets: number[];
}

export interface SavedTallies {
  readonly clock: number;
  readonly window: HandOver[];
  readonly tallies: [string, Tally][];
}

export class SealTally {
  /** The newest hand-over, ms since epoch: the window ends there. */
  #clock: number;
  readonly #window: SlidingWindow<HandOver>;
  /** The same, broken seals only. */
  readonly #broken: SlidingWindow<BrokenHandOver>;
  readonly #tallies: Map<string, Tally>;

  constructor({ clock, window, tallies }: SavedTallies = { clock: 0, window: [], tallies: [] }) {
    this.#clock = clock;
    this.#window = new SlidingWindow(window);
    this.#broken = new SlidingWindow(window.filter(isBroken));
    this.#tallies = new Map(tallies);
  }

  get clock(): number {
    return this.#clock;
  }

  /** Keys kept at present. */
  get size(): number {
    return this.#tallies.size;
  }

  add(handOver: HandOver): void {
    this.#turn(handOver.time);
    const isOld = handOver.time < this.#clock - WINDOW_MS;
    if (!isOld) {
      this.#window.add(handOver);
      if (isBroken(handOver)) this.#broken.add(handOver);
    }
    for (const key of handOver.keys) {
      const tally = this.#tallyOf(key);
      if (isOld) addToBase(tally, handOver);
      else {
        tally.orders++;
        if (handOver.breach !== null) tally.breaches++;
      }
    }
  }

  #turn(time: number): void {
    if (time <= this.#clock) return;
    const isNewBucket = bucketOf(time) !== bucketOf(this.#clock);
    this.#clock = time;
    this.#window.expire(time - WINDOW_MS, (old) => {
      for (const key of old.keys) {
        const tally = this.#tallyOf(key);
        tally.orders--;
        if (old.breach !== null) tally.breaches--;
        addToBase(tally, old);
      }
    });
    this.#broken.expire(time - WINDOW_MS, () => undefined);
    if (isNewBucket) this.#forget();
  }

  /** Buckets that lie wholly before the 14 days go, and keys with nothing left. */
  #forget(): void {
    const oldest = this.#clock - WINDOW_MS - BASE_MS;
    for (const [key, tally] of this.#tallies) {
      const { buckets } = tally;
      let gone = 0;
      while (gone < buckets.length && (buckets[gone]! + 1) * BUCKET_MS <= oldest) {
        tally.baseOrders -= buckets[gone + 1]!;
        tally.baseBreaches -= buckets[gone + 2]!;
        gone += STRIDE;
      }
      if (gone > 0) buckets.splice(0, gone);
      if (tally.orders === 0 && buckets.length === 0) this.#tallies.delete(key);
    }
  }

  #tallyOf(key: string): Tally {
    let tally = this.#tallies.get(key);
    if (tally === undefined) {
      tally = { orders: 0, breaches: 0, baseOrders: 0, baseBreaches: 0, buckets: [] };
      this.#tallies.set(key, tally);
    }
    return tally;
  }

  /** Of the last 60 min. */
  breaches(key: string): number {
    return this.#tallies.get(key)?.breaches ?? 0;
  }

  /** Share of broken seals in the last 60 min; 0 without orders. */
  share(key: string): number {
    const { orders, breaches } = this.#tallies.get(key) ?? { orders: 0, breaches: 0 };
    return orders === 0 ? 0 : breaches / orders;
  }

  /** The same of the 14 days before; 0 without orders. */
  base(key: string): number {
    const { baseOrders, baseBreaches } = this.#tallies.get(key) ?? { baseOrders: 0, baseBreaches: 0 };
    return baseOrders === 0 ? 0 : baseBreaches / baseOrders;
  }

  /** The key's broken seals of the last 60 min, oldest first. */
  broken(key: string): BrokenHandOver[] {
    return [...this.#broken].filter(({ keys }) => keys.includes(key));
  }

  save(): SavedTallies {
    return { clock: this.#clock, window: this.#window.save(), tallies: [...this.#tallies] };
  }
}

function isBroken(handOver: HandOver): handOver is BrokenHandOver {
  return handOver.breach !== null;
}

function bucketOf(time: number): number {
  return Math.floor(time / BUCKET_MS);
}

function addToBase(tally: Tally, { time, breach }: HandOver): void {
  const { buckets } = tally;
  const bucket = bucketOf(time);
  let at = buckets.length - STRIDE;
  while (at >= 0 && buckets[at]! > bucket) at -= STRIDE;
  if (at < 0 || buckets[at] !== bucket) {
    at += STRIDE;
    buckets.splice(at, 0, bucket, 0, 0);
  }
  buckets[at + 1]!++;
  tally.baseOrders++;
  if (breach === null) return;
  buckets[at + 2]!++;
  tally.baseBreaches++;
}
