import { describe, expect, it } from "vitest";
import { days } from "./kernel/time.ts";
import { gradeOf, nextInspection, riskOf, staticClass } from "./risk-grade.ts";

describe("the risk grade", () => {
  it("gives the static part by what is cooked, and for whom", () => {
    expect(staticClass({ type: "drinks", zones: [] })).toBe("I");
    expect(staticClass({ type: "small", zones: [] })).toBe("II");
    expect(staticClass({ type: "small", zones: [{ id: "z", kind: "rte-room" }] })).toBe("III");
    expect(staticClass({ type: "mobile-banquet", zones: [] })).toBe("III");
    expect(staticClass({ type: "nursery", zones: [] })).toBe("IV");
  });

  it.each([
    [30, "A"],
    [30.1, "B"],
    [45, "B"],
    [45.1, "C"],
    [60, "C"],
    [60.1, "D"],
  ])("%s points are %s", (points, grade) => {
    expect(gradeOf(points)).toBe(grade);
  });

  it("adds what the own score lacks, at most 60 points", () => {
    expect(riskOf({ type: "school", zones: [] }, 100)).toEqual({ grade: "B", static: 40, dynamic: 0 });
    expect(riskOf({ type: "school", zones: [] }, 75)).toEqual({ grade: "D", static: 40, dynamic: 25 });
    expect(riskOf({ type: "drinks", zones: [] }, 10)).toEqual({ grade: "D", static: 10, dynamic: 60 });
  });

  it("plans the next inspection from the last: a D four times a year, an A once", () => {
    const last = days(20_000);
    expect(nextInspection("D", last, last)).toBe(last + days(365) / 4);
    expect(nextInspection("A", last, last)).toBe(last + days(365));
    expect(nextInspection("A", null, last)).toBe(last);
  });
});
