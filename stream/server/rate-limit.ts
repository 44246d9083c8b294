/** A token bucket per address, for what anyone may call. */
import { Problem } from "./problem.ts";

const ADDRESSES_MAX = 10_000;

interface Bucket {
  left: number;
  at: number;
}

export class RateLimit {
  readonly #perMinute: number;
  readonly #now: () => number;
  /** In order of last use, so that the longest unused is forgotten first. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(perMinute: number, now: () => number) {
    this.#perMinute = perMinute;
    this.#now = now;
  }

  /** Takes one call of an address; throws a Problem (429) if it has none left. */
  take(address: string): void {
    const now = this.#now();
    const bucket = this.#buckets.get(address) ?? { left: this.#perMinute, at: now };
    bucket.left = Math.min(this.#perMinute, bucket.left + ((now - bucket.at) / 60_000) * this.#perMinute);
    bucket.at = now;
    this.#buckets.delete(address);
    this.#buckets.set(address, bucket);
    if (this.#buckets.size > ADDRESSES_MAX) {
      const [oldest] = this.#buckets.keys();
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
    if (bucket.left < 1) {
      const seconds = Math.ceil(((1 - bucket.left) * 60) / this.#perMinute);
      const detail = `More than ${this.#perMinute} calls in a minute; try again in ${seconds} s`;
      throw new Problem(429, detail, { headers: { "retry-after": String(seconds) } });
    }
    bucket.left--;
  }
}
