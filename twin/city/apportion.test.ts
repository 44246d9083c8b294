import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apportion } from "./apportion.ts";

const weights = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1, maxLength: 50 });

describe("apportion()", () => {
  it("gives the larger remainder the odd one, the earlier index on a tie", () => {
    expect(apportion([1, 1, 2], 10)).toEqual([3, 2, 5]);
    expect(apportion([0.9, 0.6, 0.1], 2)).toEqual([1, 1, 0]);
  });

  it("adds up exactly and strays less than one from each quota", () => {
    fc.assert(
      fc.property(weights, fc.integer({ min: 0, max: 10_000 }), (parts, total) => {
        const shares = apportion(parts, total);
        const sum = parts.reduce((a, b) => a + b, 0);
        expect(shares.reduce((a, b) => a + b, 0)).toBe(total);
        shares.forEach((share, i) => {
          expect(Math.abs(share - (parts[i]! / sum) * total)).toBeLessThan(1 + 1e-6);
        });
      }),
    );
  });

  it("keeps the minimum and still adds up where the total allows it", () => {
    fc.assert(
      fc.property(
        weights,
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 3 }),
        (parts, extra, min) => {
          const total = parts.length * min + extra;
          const shares = apportion(parts, total, min);
          expect(shares.reduce((a, b) => a + b, 0)).toBe(total);
          expect(Math.min(...shares)).toBeGreaterThanOrEqual(min);
        },
      ),
    );
  });

  it("lets the minimum win over a total that is too small for it", () => {
    expect(apportion([1, 1, 1], 2, 1)).toEqual([1, 1, 1]);
  });
});
