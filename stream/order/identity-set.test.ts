import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IdentitySet } from "./identity-set.ts";

describe("IdentitySet", () => {
  it("says of each number whether it is new, as JavaScript's own set would", () => {
    const number = fc.oneof(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 0, max: 40 }).map((n) => n * 4_294_967_296),
      fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
    );
    fc.assert(
      fc.property(fc.array(number, { maxLength: 3_000 }), (numbers) => {
        const known = new Set<number>();
        const set = new IdentitySet();
        for (const [i, one] of numbers.entries()) {
          expect(set.add(one)).toBe(!known.has(one));
          known.add(one);
          // Asked for in between, as by a snapshot.
          if (i === 40) expect(set.values()).toHaveLength(known.size);
        }
        expect(set.values()).toEqual([...known].sort((a, b) => a - b));
      }),
    );
  });

  it("is made again from its numbers", () => {
    const set = new IdentitySet([7, 0, 9_007_199_254_740_991]);
    expect(set.values()).toEqual([0, 7, 9_007_199_254_740_991]);
    const again = new IdentitySet(set.values());
    expect([7, 0, 9_007_199_254_740_991, 8].map((one) => again.add(one))).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
});
