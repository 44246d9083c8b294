import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cut, elementTexts, nestsDeeperThan } from "./json-text.ts";

describe("elementTexts()", () => {
  it("finds the elements that JSON.parse finds, whatever is in their strings", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(0, 1, 3), (values, indent) => {
        const parsed: unknown = JSON.parse(JSON.stringify(values));
        const texts = elementTexts(` ${JSON.stringify(values, null, indent)} `);
        expect(texts.map((text): unknown => JSON.parse(text))).toEqual(parsed);
        for (const text of texts) expect(text).toBe(text.trim());
      }),
    );
  });
});

describe("nestsDeeperThan()", () => {
  const nested = (depth: number) => `${'[{"a":'.repeat(depth / 2)}1${"}]".repeat(depth / 2)}`;

  it("counts levels, not brackets", () => {
    expect(nestsDeeperThan(nested(64), 64)).toBe(false);
    expect(nestsDeeperThan(nested(66), 64)).toBe(true);
    expect(nestsDeeperThan(`[${"[],{},".repeat(1_000)}1]`, 64)).toBe(false);
  });

  it("ignores brackets in strings and survives broken JSON", () => {
    expect(nestsDeeperThan(JSON.stringify(["[".repeat(1_000), '\\"[{'.repeat(100)]), 64)).toBe(false);
    expect(nestsDeeperThan(`"${"[".repeat(1_000)}`, 64)).toBe(false);
    expect(nestsDeeperThan("]".repeat(1_000) + "[".repeat(1_000), 64)).toBe(false);
  });
});

it("cut() says that it cut", () => {
  expect(cut("abc", 3)).toBe("abc");
  expect(cut("abcd", 3)).toBe("ab…");
});
