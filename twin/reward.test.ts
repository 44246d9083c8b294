import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { REWARD_MAX, type RewardLevel, rewardOf } from "./reward.ts";

const penalty = (fine: number, level: RewardLevel) => rewardOf({ kind: "penalty", fine, level });

describe("rewardOf()", () => {
  it("gives the boundary vectors: 3 % of 80,000 is below the floor, 5 % of 30 M above the cap, a warning earns none", () => {
    expect(penalty(80_000, 2)).toBe(3_000);
    expect(penalty(30_000_000, 1)).toBe(1_000_000);
    expect(rewardOf({ kind: "warning", fine: null, level: 2 })).toBe(0);
  });

  it("gives the share once it is above the floor, to the fen", () => {
    expect(penalty(100_000, 2)).toBe(3_000);
    expect(penalty(100_001, 2)).toBe(3_000.03);
    expect(penalty(100_000, 1)).toBe(5_000);
    expect(penalty(200_000, 1)).toBe(10_000);
    expect(penalty(0, 3)).toBe(1_000);
  });

  it("gives nothing without a level, or without a penalty", () => {
    expect(rewardOf({ kind: "penalty", fine: 80_000, level: null })).toBe(0);
    expect(rewardOf({ kind: "none", fine: 80_000, level: 1 })).toBe(0);
  });

  it("stays between floor and cap, never falls with the fine, and a better proof never earns less", () => {
    const fine = fc.integer({ min: 0, max: 100_000_000 });
    fc.assert(
      fc.property(fine, fine, fc.constantFrom<RewardLevel>(1, 2, 3), (a, b, level) => {
        const [low, high] = [penalty(Math.min(a, b), level), penalty(Math.max(a, b), level)];
        expect(low).toBeGreaterThanOrEqual(1_000);
        expect(low).toBeLessThanOrEqual(high);
        expect(high).toBeLessThanOrEqual(REWARD_MAX);
        if (level > 1) expect(penalty(a, level === 3 ? 2 : 1)).toBeGreaterThanOrEqual(penalty(a, level));
      }),
    );
  });
});
