import { describe, expect, it } from "vitest";
import { days } from "../kernel/time.ts";
import { colourOfIndex } from "./code-colour.ts";
import { foodSafetyIndex, type IndexEvidence } from "./food-safety-index.ts";
import { INDEX_2026 } from "./index-constants.ts";
import { componentOf, exposureOf, type IndexFact } from "./index-fact.ts";
import { ownScore, pointsOf } from "./own-score.ts";

const NOW = days(20_000);

function fact(facts: Partial<IndexFact> = {}): IndexFact {
  return {
    about: "c-1",
    code: "T01",
    level: "L3",
    at: NOW,
    fixed: "open",
    selfReported: false,
    repeat: false,
    exposure: 1,
    ...facts,
  };
}

function evidence(known: Partial<IndexEvidence> = {}): IndexEvidence {
  return { facts: [], evidenceDays: 30, onlineShare: 1, l1: null, ...known };
}

const indexOf = (known: Partial<IndexEvidence>, typeMean = 90) =>
  foodSafetyIndex(evidence(known), typeMean, NOW, INDEX_2026);

describe("what one fact takes away", () => {
  it.each([
    ["a fresh L1", fact({ level: "L1" }), 40],
    ["a fresh L4", fact({ level: "L4" }), 1],
    ["an L3 of 30 days ago", fact({ at: NOW - days(30) }), 2.5],
    ["an L2 of 180 days ago", fact({ level: "L2", at: NOW - days(180) }), 3.75],
    ["one put right on time", fact({ fixed: "on-time" }), 2.5],
    ["one put right late", fact({ fixed: "late" }), 7.5],
    ["one that the kitchen told first", fact({ selfReported: true }), 1.5],
    ["a repeat put right late", fact({ fixed: "late", repeat: true }), 11.25],
    ["one among four times the usual devices", fact({ exposure: exposureOf(12, 3) }), 2.5],
    ["one among fewer devices than usual", fact({ exposure: exposureOf(1, 3) }), 5],
  ])("%s", (_name, one, points) => {
    expect(pointsOf(one, NOW, INDEX_2026)).toBeCloseTo(points, 9);
  });
});

describe("the own score", () => {
  it("is 100 where nothing is known against a kitchen", () => {
    expect(ownScore([], NOW, INDEX_2026).score).toBe(100);
  });

  it("lets no component take more than its cap", () => {
    const facts = Array.from({ length: 9 }, (_, i) => fact({ about: `c-${i}`, level: "L2" }));
    expect(ownScore(facts, NOW, INDEX_2026).score).toBe(75);
  });

  it("does not depend on the order of the facts, to the last bit", () => {
    const facts = Array.from({ length: 40 }, (_, i) =>
      fact({ about: `c-${i}`, level: "L4", at: NOW - days(i) / 7, exposure: 1 + i / 9 }),
    );
    expect(ownScore([...facts].reverse(), NOW, INDEX_2026)).toEqual(ownScore(facts, NOW, INDEX_2026));
  });

  it("leaves out devices, the clocks of offices, reminders, and what is yet to come", () => {
    for (const code of ["O01", "O03", "C01", "C03", "S01", "S02"]) expect(componentOf(code, "L2")).toBeNull();
    expect(componentOf("D01", "L4")).toBeNull();
    expect(componentOf("D01", "L2")).toBe("papers");
    expect(ownScore([fact({ at: NOW + 1 })], NOW, INDEX_2026).score).toBe(100);
  });
});

describe("the index", () => {
  it("is drawn to the mean of the type where little is known", () => {
    expect(indexOf({ evidenceDays: 10 }, 80).index).toBe(90);
    expect(indexOf({ evidenceDays: 30 }, 80).index).toBe(95);
  });

  it("says that data do not suffice below 90 % online, and rates nothing below 50 % or without a day of evidence", () => {
    expect(indexOf({ onlineShare: 0.9 })).toMatchObject({ standing: "rated", index: 97.5 });
    expect(indexOf({ onlineShare: 0.899 })).toMatchObject({ standing: "insufficient", index: 85 });
    expect(indexOf({ onlineShare: 0.499 })).toMatchObject({ standing: "not-rated", index: null });
    expect(indexOf({ evidenceDays: 0 })).toMatchObject({ standing: "not-rated", index: null });
    expect(indexOf({ onlineShare: null })).toMatchObject({ standing: "rated" });
  });

  it("stays at 59 at most from a confirmed L1 until 30 days after its case is closed", () => {
    expect(indexOf({ l1: "open" }).index).toBe(59);
    expect(indexOf({ l1: { closedAt: NOW - days(30) + 1 } }).index).toBe(59);
    expect(indexOf({ l1: { closedAt: NOW - days(30) } }).index).toBe(97.5);
  });

  it("names its gravest facts, at most five", () => {
    const facts = Array.from({ length: 7 }, (_, i) => fact({ about: `c-${i}`, at: NOW - days(i) }));
    expect(indexOf({ facts }).reasons.map((reason) => reason.fact.about)).toEqual([
      "c-0",
      "c-1",
      "c-2",
      "c-3",
      "c-4",
    ]);
  });
});

describe("the colour of the code", () => {
  it.each([
    [86.9, "amber", "amber"],
    [87, "amber", "green"],
    [83, "green", "green"],
    [82.9, "green", "amber"],
    [68, "amber", "amber"],
    [67.9, "amber", "red"],
    [71.9, "red", "red"],
    [72, "red", "amber"],
    [85, "grey", "green"],
    [84.9, "grey", "amber"],
    [69.9, "grey", "red"],
    [null, "green", "grey"],
  ] as const)("%s after %s is %s", (index, before, colour) => {
    expect(colourOfIndex(index, before, INDEX_2026)).toBe(colour);
  });
});
