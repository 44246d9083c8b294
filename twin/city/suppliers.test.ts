import { describe, expect, it } from "vitest";
import { Random } from "../kernel/random.ts";
import { COLD_CHAIN_DISTRIBUTORS, supplierShares, supplyCity, TABLEWARE_FIRMS } from "./suppliers.ts";

describe("suppliers", () => {
  it("share the city's purchases by Zipf's law, summing to 1", () => {
    const shares = supplierShares(320);
    expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
    expect(shares[0]! / shares[9]!).toBeCloseTo(12.589, 3);
    expect([...shares].sort((a, b) => b - a)).toEqual(shares);
  });

  it("begin with the distributors, end with the tableware firms, and stand below distributors only", () => {
    const suppliers = supplyCity(320, new Random(1, "suppliers"));
    const trade = (word: string) => suppliers.flatMap(({ name }, i) => (name.includes(word) ? [i] : []));
    expect(trade("冷链物流")).toEqual(Array.from({ length: COLD_CHAIN_DISTRIBUTORS }, (_, i) => i));
    expect(trade("餐具消毒")).toEqual(Array.from({ length: TABLEWARE_FIRMS }, (_, i) => 312 + i));
    const above = new Set(suppliers.flatMap(({ secondTierOf }) => secondTierOf ?? []));
    expect(above.size).toBeGreaterThan(3);
    for (const id of above) expect(suppliers.findIndex((each) => each.id === id)).toBeLessThan(12);
  });
});
