import { describe, expect, it } from "vitest";
import { towns } from "../../twin/city/geography.ts";
import { distanceM } from "../../twin/kernel/math.ts";
import { courseOf, roadsBetweenTowns } from "./roads.ts";

const roads = roadsBetweenTowns();

describe("roads between towns", () => {
  it("lead from every town to every other", () => {
    const reached = new Set([towns[0]!.code]);
    for (let before = 0; before < reached.size; ) {
      before = reached.size;
      for (const { from, to } of roads) {
        if (reached.has(from.code)) reached.add(to.code);
        if (reached.has(to.code)) reached.add(from.code);
      }
    }
    expect(reached.size).toBe(towns.length);
  });

  it("are few: a tree and some links", () => {
    expect(roads.length).toBeGreaterThanOrEqual(towns.length - 1);
    expect(roads.length).toBeLessThan(towns.length * 1.6);
  });

  it("begin and end at the edge of their towns, and stay away from their streets", () => {
    for (const road of roads) {
      const course = courseOf(road);
      if (course.length === 0) continue;
      const [lon, lat] = course[0]!;
      const away = distanceM(road.from.center, { lon, lat }) / 1000;
      expect(away).toBeGreaterThan(0.3);
      expect(away).toBeLessThan(1.7);
    }
  });

  it("are no lines at all where two towns have grown together", () => {
    expect(roads.filter((road) => courseOf(road).length === 0).every(({ km }) => km < 3)).toBe(true);
    expect(roads.filter((road) => road.km > 5).every((road) => courseOf(road).length > 2)).toBe(true);
  });
});
