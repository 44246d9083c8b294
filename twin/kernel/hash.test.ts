import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hash32, hashHex, mix32 } from "./hash.ts";

describe("mix32()", () => {
  it.each([
    [0, 0],
    [1, 0x514e28b7],
    [2, 0x30f4c306],
    [0xffffffff, 0x81f16f39],
  ])("is the finaliser of MurmurHash3: %d", (value, expected) => {
    expect(mix32(value)).toBe(expected);
  });

  it("moves about half of the output bits when one input bit moves", () => {
    let moved = 0;
    for (let value = 0; value < 1_000; value++) {
      for (let bit = 0; bit < 32; bit++)
        moved += ones(mix32(value * 7_919) ^ mix32((value * 7_919) ^ (1 << bit)));
    }
    expect(moved / 32_000 / 32).toBeGreaterThan(0.49);
    expect(moved / 32_000 / 32).toBeLessThan(0.51);
  });
});

describe("hash32()", () => {
  it("is an unsigned whole number of 32 bits for every text and seed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer(), (text, seed) => {
        const hash = hash32(text, seed);
        expect(hash).toBe(hash >>> 0);
      }),
    );
  });

  it("keeps the ids of a whole city apart", () => {
    const ids = Array.from({ length: 11_266 }, (_, i) => `K-${String(i + 1).padStart(5, "0")}`);
    expect(new Set(ids.map((id) => hashHex(id))).size).toBe(11_266);
    const buckets = new Uint32Array(16);
    for (const id of ids) buckets[hash32(id) & 15]!++;
    for (const count of buckets)
      expect(Math.abs(count - 11_266 / 16)).toBeLessThan(5 * Math.sqrt(11_266 / 16));
  });

  it("gives the same ids on every runtime", () => {
    expect(hash32("")).toBe(0);
    expect(hash32("暖城孪生")).toBe(594169182);
    expect(hashHex("T01/K-00001/fridge-1/1")).toBe("0f05d19b772f14f0");
    expect(hashHex("")).toMatch(/^[0-9a-f]{16}$/);
  });
});

function ones(value: number): number {
  let count = 0;
  for (let bits = value >>> 0; bits !== 0; bits &= bits - 1) count++;
  return count;
}
