import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawPatrols, quotaOf } from "./patrol-draw.ts";

const POOL = Array.from({ length: 120 }, (_, i) => `K-${String(i).padStart(5, "0")}`);

describe("drawPatrols()", () => {
  it("draws a twentieth, at least three, never more than there are", () => {
    expect([0, 2, 3, 40, 60, 61, 120].map((pool) => quotaOf(pool))).toEqual([0, 2, 3, 3, 3, 4, 6]);
    expect(drawPatrols([], "2026-11-23", "150602-03").drawn).toEqual([]);
  });

  it("draws the same for a week and an office, whatever the order of the kitchens", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(POOL, { minLength: POOL.length }), (shuffled) => {
        expect(drawPatrols(shuffled, "2026-11-23", "150602-03")).toEqual(
          drawPatrols(POOL, "2026-11-23", "150602-03"),
        );
      }),
    );
  });

  it("draws nobody twice, and others in another week or office", () => {
    const { drawn } = drawPatrols(POOL, "2026-11-23", "150602-03");
    expect(new Set(drawn).size).toBe(6);
    expect(drawPatrols(POOL, "2026-11-30", "150602-03").drawn).not.toEqual(drawn);
    expect(drawPatrols(POOL, "2026-11-23", "150602-04").drawn).not.toEqual(drawn);
  });

  it("favours nobody: over ten years of weeks every kitchen is drawn about as often", () => {
    const times = new Map<string, number>();
    for (let week = 0; week < 520; week++)
      for (const kitchen of drawPatrols(POOL, `week ${week}`, "o").drawn)
        times.set(kitchen, (times.get(kitchen) ?? 0) + 1);
    // 26 expected; five standard deviations are 25.
    expect(Math.min(...POOL.map((kitchen) => times.get(kitchen) ?? 0))).toBeGreaterThan(5);
    expect(Math.max(...times.values())).toBeLessThan(51);
  });
});
