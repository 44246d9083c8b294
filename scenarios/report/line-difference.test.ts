import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineDifference } from "./line-difference.ts";

describe("the difference of two texts", () => {
  it("is empty where there is none", () => {
    expect(lineDifference("a\nb\n", "a\nb\n")).toEqual([]);
  });

  it("shows what is gone and what is new with two lines around", () => {
    const before = "1\n2\n3\n4\n5\n6\n7\n8\n9";
    const after = before.replace("5", "five").replace("9", "9\n10");
    expect(lineDifference(before, after)).toEqual([
      ...["…", "  3", "  4", "- 5", "+ five", "  6", "  7", "  8", "  9", "+ 10"],
    ]);
  });

  it("always leads from one text to the other", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 8 })
      .map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDifference(before, after);
        const count = (sign: string) => lines.filter((line) => line.startsWith(sign)).length;
        const [a, b] = [before.split("\n").length, after.split("\n").length];
        expect(b - a).toBe(count("+ ") - count("- "));
        expect(lines.length === 0).toBe(before === after);
      }),
    );
  });
});
