import { describe, expect, it } from "vitest";
import { Random } from "../../twin/kernel/random.ts";
import { type Point, secondHalf, slopeOf } from "./slope.ts";

/** A line with noise in which each value keeps a share `r` of the one before (0 = independent). */
function noisy(seed: number, of: { slope: number; noise: number; r: number; points: number }): Point[] {
  const random = new Random(seed, "slope test");
  let carried = 0;
  return Array.from({ length: of.points }, (_, i) => {
    carried = of.r * carried + (random.next() - 0.5) * of.noise;
    return { x: i / of.points, y: 500 + (of.slope * i) / of.points + carried };
  });
}

describe("slopeOf", () => {
  it("finds the slope of a straight line, and is sure of it", () => {
    const line = [0, 1, 2, 3, 4].map((x) => ({ x, y: 3 * x + 7 }));
    const slope = slopeOf(line);
    expect(slope?.value).toBeCloseTo(3, 12);
    expect(slope?.error).toBeCloseTo(0, 12);
    expect(slope).toMatchObject({ span: 4, points: 5 });
  });

  it("gives the textbook's standard error for residuals that do not follow each other", () => {
    // y = 2, 1, 4, 3, 6: slope 1, residuals 0.8, -1.2, 0.8, -1.2, 0.8, squares 4.8; √(4.8 / 3 / 10) = 0.4
    const slope = slopeOf([2, 1, 4, 3, 6].map((y, x) => ({ x, y })));
    expect(slope?.value).toBeCloseTo(1, 12);
    expect(slope?.error).toBeCloseTo(0.4, 12);
  });

  it("is less sure where each value hangs on the one before", () => {
    const free = slopeOf(noisy(1, { slope: 0, noise: 10, r: 0, points: 400 }))!;
    const tied = slopeOf(noisy(1, { slope: 0, noise: 10, r: 0.9, points: 400 }))!;
    expect(tied.error).toBeGreaterThan(4 * free.error);
  });

  it("covers the true slope with two errors nearly always, whether values hang together or not", () => {
    for (const r of [0, 0.5, 0.8]) {
      const missed = Array.from({ length: 200 }, (_, seed) =>
        slopeOf(noisy(seed + 1, { slope: 40, noise: 20, r, points: 180 })),
      ).filter((slope) => slope === null || Math.abs(slope.value - 40) > 2 * slope.error);
      expect(missed.length).toBeLessThan(30);
    }
  });

  it("says nothing about two points, or about one moment", () => {
    expect(slopeOf([])).toBeNull();
    expect(
      slopeOf([
        { x: 0, y: 1 },
        { x: 1, y: 2 },
      ]),
    ).toBeNull();
    expect(slopeOf([1, 2, 3].map((y) => ({ x: 5, y })))).toBeNull();
  });
});

describe("secondHalf", () => {
  it("halves the time, not the number of points", () => {
    const points = [0, 1, 2, 3, 9, 10].map((x) => ({ x, y: x }));
    expect(secondHalf(points).map(({ x }) => x)).toEqual([9, 10]);
    expect(secondHalf([])).toEqual([]);
  });
});
