/**
 * Seeded chance. Every source of chance is forked by a label from its parent, so that adding a draw in one kitchen
 * never moves another kitchen's draws: same seed, same city, on every machine and for any order of work.
 *
 * The generator is sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state, passes BigCrush, integer operations only.
 */
import { hash32 } from "./hash.ts";
import { log } from "./math.ts";

export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;
  readonly #seed: number;
  readonly #label: string;

  constructor(seed: number, label = "") {
    this.#seed = seed;
    this.#label = label;
    this.#a = hash32(label, seed ^ 0x243f6a88);
    this.#b = hash32(label, seed ^ 0x13198a2e);
    this.#c = (seed ^ 0x03707344) | 0;
    this.#d = 1;
    for (let i = 0; i < 12; i++) this.uint32();
  }

  /** An independent stream for a part of the world; does not advance this one. */
  fork(label: string): Random {
    return new Random(this.#seed, `${this.#label}/${label}`);
  }

  /** Uniform in 0 … 2^32 - 1. */
  uint32(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + t) | 0;
    return t >>> 0;
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

  /** True with probability p. */
  chance(p: number): boolean {
    return this.next() < p;
  }

  /** One of the items. Throws a RangeError for none. */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError("Cannot pick from no items");
    return items[this.int(0, items.length - 1)]!;
  }

  /** An index drawn by weight; weights need not sum to 1. */
  weighted(weights: readonly number[]): number {
    let total = 0;
    for (const weight of weights) total += weight;
    let left = this.next() * total;
    for (let i = 0; i < weights.length; i++) {
      left -= weights[i]!;
      if (left < 0) return i;
    }
    return weights.length - 1;
  }

  /** Normal with mean 0 and deviation 1 (Marsaglia's polar method). */
  normal(): number {
    for (;;) {
      const u = 2 * this.next() - 1;
      const v = 2 * this.next() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) return u * Math.sqrt((-2 * log(s)) / s);
    }
  }

  /** Exponential with the given mean (waiting times). */
  exponential(mean: number): number {
    return -mean * log(1 - this.next());
  }

  /** Poisson count: Knuth's product for small means, a rounded normal above 30. */
  poisson(mean: number): number {
    if (mean > 30) return Math.max(0, Math.floor(mean + Math.sqrt(mean) * this.normal() + 0.5));
    let count = 0;
    for (let time = this.exponential(1); time < mean; time += this.exponential(1)) count++;
    return count;
  }
}
