import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "./random.ts";

const draws = (random: Random, count: number): number[] =>
  Array.from({ length: count }, () => random.uint32());
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const SAMPLES = 50_000;
const sample = (draw: (random: Random) => number): number[] => {
  const random = new Random(7, "sample");
  return Array.from({ length: SAMPLES }, () => draw(random));
};

describe("Random", () => {
  it("draws the same on every runtime", () => {
    expect(draws(new Random(1), 4)).toEqual([3571687734, 3897139490, 1127108219, 1980893696]);
    expect(draws(new Random(1, "城市").fork("K-00001"), 4)).toEqual([
      696239923, 4054906252, 3864193006, 1413693131,
    ]);
    const random = new Random(2026);
    const all = [
      random.next(),
      random.normal(),
      random.exponential(60),
      random.poisson(4),
      random.poisson(400),
    ];
    expect(all).toEqual([0.34822361334227026, -0.9599964350294199, 2.9558739073445697, 4, 392]);
  });

  it("is another stream for another seed or label", () => {
    const streams = [1, 2, -1].flatMap((seed) => ["", "a", "b"].map((label) => new Random(seed, label)));
    const firsts = streams.map((random) => draws(random, 2).join());
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it("forks by label alone, whatever was drawn before, and does not move by it", () => {
    fc.assert(
      fc.property(fc.integer(), fc.string(), fc.nat(50), (seed, label, drawn) => {
        const fresh = new Random(seed);
        const used = new Random(seed);
        draws(used, drawn);
        expect(draws(used.fork(label), 3)).toEqual(draws(fresh.fork(label), 3));
        draws(fresh, drawn);
        expect(draws(used, 3)).toEqual(draws(fresh, 3));
      }),
    );
  });

  it("keeps every draw within its bounds", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -1_000, max: 1_000 }), fc.nat(1_000), (seed, low, span) => {
        const random = new Random(seed);
        for (let i = 0; i < 20; i++) {
          const [whole, real, share] = [
            random.int(low, low + span),
            random.between(low, low + span + 1),
            random.next(),
          ];
          expect(Number.isInteger(whole) && whole >= low && whole <= low + span).toBe(true);
          expect(real >= low && real < low + span + 1).toBe(true);
          expect(share >= 0 && share < 1).toBe(true);
          expect(random.exponential(5)).toBeGreaterThanOrEqual(0);
          expect(random.poisson(3)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it("reaches both ends of int() and every item of pick()", () => {
    const random = new Random(3);
    expect(new Set(Array.from({ length: 200 }, () => random.int(1, 6)))).toEqual(new Set([1, 2, 3, 4, 5, 6]));
    expect(new Set(Array.from({ length: 200 }, () => random.pick(["a", "b", "c"])))).toEqual(
      new Set(["a", "b", "c"]),
    );
  });

  it("refuses to pick from nothing", () => {
    expect(() => new Random(1).pick([])).toThrow(RangeError);
  });

  it("never draws what has no weight", () => {
    const random = new Random(5);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < SAMPLES; i++) counts[random.weighted([1, 0, 3, 0])]!++;
    expect([counts[1], counts[3]]).toEqual([0, 0]);
    expect(counts[2]! / SAMPLES).toBeCloseTo(0.75, 1);
  });

  it.each([
    ["next()", (random: Random) => random.next(), 0.5, 1 / 12],
    ["normal()", (random: Random) => random.normal(), 0, 1],
    ["exponential(4)", (random: Random) => random.exponential(4), 4, 16],
    ["poisson(3)", (random: Random) => random.poisson(3), 3, 3],
    ["poisson(100)", (random: Random) => random.poisson(100), 100, 100],
    ["chance(0.3)", (random: Random) => (random.chance(0.3) ? 1 : 0), 0.3, 0.21],
  ])("%s has the mean and the variance of its distribution", (_, draw, wanted, variance) => {
    const values = sample(draw);
    const average = mean(values);
    expect(Math.abs(average - wanted)).toBeLessThan(5 * Math.sqrt(variance / SAMPLES));
    expect(mean(values.map((value) => (value - average) ** 2)) / variance).toBeCloseTo(1, 1);
  });

  it("fills 256 buckets evenly with its high and with its low byte (chi-squared)", () => {
    for (const shift of [24, 0]) {
      const counts = new Uint32Array(256);
      for (const value of sample((random) => (random.uint32() >>> shift) & 255)) counts[value]!++;
      const wanted = SAMPLES / 256;
      const chi2 = counts.reduce((sum, count) => sum + (count - wanted) ** 2 / wanted, 0);
      // 255 degrees of freedom: mean 255, deviation 22.6.
      expect(chi2).toBeLessThan(255 + 5 * 22.6);
    }
  });
});
