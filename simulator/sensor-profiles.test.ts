import { describe, expect, test } from "vitest";
import { pointsFrom, rampPoints, valueAt } from "./sensor-profiles.ts";

const MINUTE = 60_000;

describe("valueAt()", () => {
  const points = [
    [1_000, 4],
    [2_000, 8],
    [3_000, 8],
  ] as const;

  test.each([
    [999, null],
    [1_000, 4],
    [1_500, 6],
    [2_000, 8],
    [2_999, 8],
    [3_000, 8],
    [3_001, null],
  ])("at %d is %s", (time, wanted) => {
    expect(valueAt(points, time)).toBe(wanted);
  });

  test("of no points is nothing", () => {
    expect(valueAt([], 1)).toBeNull();
  });
});

describe("pointsFrom()", () => {
  const points = [
    [1_000, 4],
    [2_000, 8],
  ] as const;

  test("cuts the lines where the run begins", () => {
    expect(pointsFrom(points, 500)).toEqual(points);
    expect(pointsFrom(points, 1_250)).toEqual([
      [1_250, 5],
      [2_000, 8],
    ]);
    expect(pointsFrom(points, 2_001)).toEqual([]);
  });
});

describe("rampPoints()", () => {
  const ramp = { at: 0, start: 4, slopePerMin: 0.06, ceiling: 22, backPerMin: 0.25 };

  test("rises to the ceiling and falls from it after the turn", () => {
    const points = rampPoints({ ...ramp, turnAt: 445 * MINUTE });
    expect(valueAt(points, 67 * MINUTE)).toBeCloseTo(8.02, 2);
    expect(valueAt(points, 133 * MINUTE)).toBeCloseTo(11.98, 2);
    expect(valueAt(points, 400 * MINUTE)).toBe(22);
    expect(valueAt(points, 445 * MINUTE + 56 * MINUTE)).toBeCloseTo(8, 2);
    expect(points.at(-1)).toEqual([(445 + 72) * MINUTE, 4]);
  });

  test("turns before the ceiling where the turn comes first", () => {
    const points = rampPoints({ ...ramp, turnAt: 50 * MINUTE });
    expect(Math.max(...points.map(([, value]) => value))).toBeCloseTo(7, 6);
  });
});
