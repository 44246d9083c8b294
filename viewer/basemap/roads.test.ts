import { describe, expect, it } from "vitest";
import { towns } from "../../twin/city/geography.ts";
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

  it("begin and end in their towns, however they wind", () => {
    for (const road of roads) {
      const course = courseOf(road);
      expect(course[0]).toEqual([road.from.center.lon, road.from.center.lat]);
      expect(course.at(-1)![0]).toBeCloseTo(road.to.center.lon, 9);
    }
  });
});
