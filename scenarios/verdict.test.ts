import { describe, expect, it } from "vitest";
import { atLeast, atMost, equal, faultsOf, has, hasNot, isMet, isTrue, matches, noneOf } from "./verdict.ts";

const says = { zh: "如此", en: "is so" };

describe("a verdict", () => {
  it("is met when each of its rows is, and never without any", () => {
    expect(isMet({ says, rows: [equal(1, 1), equal("a", "a")] })).toBe(true);
    expect(isMet({ says, rows: [equal(1, 1), equal("a", "b")] })).toBe(false);
    expect(isMet({ says, rows: [] })).toBe(false);
    expect(faultsOf({ says, rows: [] })).toEqual(["nothing was compared"]);
    expect(faultsOf({ says, rows: [equal("a", "b", "letter:")] })).toEqual(['wanted letter: "b"; seen "a"']);
  });

  it("compares by what things hold, sets and maps too", () => {
    expect(equal({ a: 1, b: [2] }, { b: [2], a: 1 }).met).toBe(true);
    expect(equal(new Set(["a", "b"]), new Set(["b", "a"])).met).toBe(true);
    expect(equal({ a: 1, b: undefined }, { a: 1 }).met).toBe(true);
    expect(equal([1, 2], [2, 1]).met).toBe(false);
    expect(equal("1", 1).met).toBe(false);
    expect(equal({ a: Number.POSITIVE_INFINITY }, { a: null }).met).toBe(false);
    expect(equal(new Set(["a"]), new Set(["a", "b"])).met).toBe(false);
  });

  it("matches what is named and lets the rest be, but lists are as long", () => {
    const seen = { code: "T01", because: [{ summary: "warm", id: 1 }] };
    expect(matches(seen, { because: [{ summary: "warm" }] }).met).toBe(true);
    expect(matches(seen, { because: [{ summary: "cold" }] }).met).toBe(false);
    expect(matches(seen, { because: [] }).met).toBe(false);
    expect(matches(seen, { level: "L1" }).met).toBe(false);
    expect(matches(undefined, { code: "T01" }).met).toBe(false);
  });

  it("looks for each of several in lists, sets and texts", () => {
    expect(has(["a", "b"], "a", "b").map(({ met }) => met)).toEqual([true, true]);
    expect(has(new Set(["a"]), "a", "c").map(({ met }) => met)).toEqual([true, false]);
    expect(has("a text", "text", "word").map(({ met }) => met)).toEqual([true, false]);
    expect(hasNot(["a"], "a", "c").map(({ met }) => met)).toEqual([false, true]);
  });

  it("takes bounds as they are, and no NaN for anything", () => {
    expect([atLeast(3, 3).met, atLeast(2, 3).met, atLeast(Number.NaN, 3).met]).toEqual([true, false, false]);
    expect([atMost(3, 3).met, atMost(4, 3).met, atMost(Number.NaN, 3).met]).toEqual([true, false, false]);
    expect([isTrue(true, "x").met, isTrue(false, "x").met]).toEqual([true, false]);
  });

  it("wants a list of faults to be empty, and tells each", () => {
    expect(isMet({ says, rows: noneOf([]) })).toBe(true);
    expect(noneOf(["one", "two"])).toMatchObject([
      { seen: "one", met: false },
      { seen: "two", met: false },
    ]);
  });
});
