import { describe, expect, it } from "vitest";
import { nearestSpot, project, type Viewport } from "./screen-scan.ts";

/** Looks along the z axis without perspective: x and y of the world are -1 … 1 of the screen. */
const viewport: Viewport = {
  matrix: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
  width: 200,
  height: 100,
};
const spots = Float64Array.from([0, 0, 0, 0.05, 0, 0, -0.9, 0.9, 0]);
const equal = () => 0;

describe("nearestSpot", () => {
  it("finds the spot under the pointer", () => {
    expect(nearestSpot(spots, viewport, { x: 100, y: 50 }, 11, equal)).toBe(0);
    expect(nearestSpot(spots, viewport, { x: 106, y: 50 }, 11, equal)).toBe(1);
    expect(nearestSpot(spots, viewport, { x: 10, y: 5 }, 11, equal)).toBe(2);
  });

  it("finds nothing out of reach", () => {
    expect(nearestSpot(spots, viewport, { x: 150, y: 90 }, 11, equal)).toBe(-1);
  });

  it("prefers the heavier of two that are about as near", () => {
    const alarm = (index: number) => (index === 1 ? 8 : 0);
    expect(nearestSpot(spots, viewport, { x: 100, y: 50 }, 11, alarm)).toBe(1);
  });

  it("never finds what is behind the camera", () => {
    const behind = { ...viewport, matrix: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1] };
    expect(nearestSpot(spots, behind, { x: 100, y: 50 }, 11, equal)).toBe(-1);
  });
});

describe("project", () => {
  it("says where a spot stands, and nothing for one off the screen", () => {
    const at = project(spots, 2, viewport)!;
    expect(at.x).toBeCloseTo(10);
    expect(at.y).toBeCloseTo(5);
    expect(project(Float64Array.from([1.5, 0, 0]), 0, viewport)).toBeNull();
  });
});
