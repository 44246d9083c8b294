/**
 * Chance as a pure function of where and when: `seat()` takes whole numbers that name a draw (kitchen, day, process),
 * and what follows is the same whatever else was drawn before. So a run that starts at noon meets the same afternoon
 * as one that started at midnight, and no process disturbs another. Far cheaper to seat than a `Random`, which stays the
 * better generator where many draws come from one seed.
 */
import { mix32 } from "../twin/kernel/hash.ts";
import { log } from "../twin/kernel/math.ts";

const GOLDEN = 0x9e3779b9;

/** A whole number that stands for several: every part moves every bit. Unsigned 32-bit. */
export function blend(a: number, b: number, c = 0, d = 0): number {
  return mix32(mix32(mix32(mix32(a + GOLDEN) ^ b) ^ Math.imul(c, 0x85ebca6b)) ^ Math.imul(d, 0xc2b2ae35));
}

export class Dice {
  #state = 0;

  /** Takes a place from which the following draws depend on nothing but these numbers. */
  seat(a: number, b: number, c = 0, d = 0): this {
    this.#state = blend(a, b, c, d);
    return this;
  }

  uint32(): number {
    this.#state = (this.#state + GOLDEN) | 0;
    return mix32(this.#state);
  }

  /** Uniform in [0, 1). */
  next(): number {
    return this.uint32() / 4_294_967_296;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** A whole number, both ends possible. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(p: number): boolean {
    return this.next() < p;
  }

  /** One of the items. Throws a RangeError for none. */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError("Cannot pick from no items");
    return items[this.int(0, items.length - 1)]!;
  }

  /** Mean 0, deviation 1, within ±3.47: the sum of four uniform draws. */
  normal(): number {
    return (this.next() + this.next() + this.next() + this.next() - 2) * Math.sqrt(3);
  }

  exponential(mean: number): number {
    return -mean * log(1 - this.next());
  }

  /** The whole number below or above the mean, by chance so that the mean comes out. */
  round(mean: number): number {
    const low = Math.floor(mean);
    return low + (this.chance(mean - low) ? 1 : 0);
  }

  /** Poisson count; beyond a mean of 30 a rounded normal. */
  poisson(mean: number): number {
    if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    let count = 0;
    for (let time = this.exponential(1); time < mean; time += this.exponential(1)) count++;
    return count;
  }
}
