import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bigramsOf, diceOf, spellingMatch } from "./text-likeness.ts";

const dice = (a: string, b: string) => diceOf(bigramsOf(a), bigramsOf(b));

describe("likeness of texts", () => {
  it("matches spellings by Levenshtein over the longer length, without white space", () => {
    expect(spellingMatch("东胜区天骄北路16号", "东胜区天骄北路16号")).toBe(1);
    expect(spellingMatch("东胜区天骄北路16号", "东胜区 天骄北路 16号")).toBe(1);
    expect(spellingMatch("kitten", "sitting")).toBeCloseTo(1 - 3 / 7, 12);
    expect(spellingMatch("0123456789", "012345678x")).toBeCloseTo(0.9, 12);
    expect(spellingMatch("", "")).toBe(1);
    expect(spellingMatch("abc", "")).toBe(0);
  });

  it("counts a letter beyond the basic plane as one", () => {
    expect(spellingMatch("𠮷野家", "吉野家")).toBeCloseTo(2 / 3, 12);
  });

  it("measures what pairs of letters two texts share", () => {
    expect(dice("菜里有头发", "菜里有头发")).toBe(1);
    expect(dice("night", "nacht")).toBeCloseTo(0.25, 12);
    expect(dice("难吃", "不错")).toBe(0);
    expect(dice("差", "差")).toBe(1);
    expect(dice("", "")).toBe(1);
  });

  it("is symmetric, from 0 to 1, and 1 for a text and itself", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (a, b) => {
        for (const measure of [dice, spellingMatch]) {
          expect(measure(a, b)).toBe(measure(b, a));
          expect(measure(a, b)).toBeGreaterThanOrEqual(0);
          expect(measure(a, b)).toBeLessThanOrEqual(1);
          expect(measure(a, a)).toBe(1);
        }
      }),
    );
  });
});
