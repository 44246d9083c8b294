import { describe, expect, it } from "vitest";
import { generateCity } from "../../twin/city/generated-city.ts";
import { BLOCK_M } from "../../twin/city/town-frame.ts";
import { blocksOf, cellOf, quarters } from "./block-plan.ts";

const all = quarters();
const dongsheng = all.find(({ towns }) => towns.some(({ code }) => code === "150602001"))!;
const kitchens = generateCity({ seed: 1, preset: "baseline" })
  .kitchens.filter(({ banner }) => banner === "150602")
  .map(({ position }) => dongsheng.frame.toLocal(position))
  .filter(({ x, y }) => Math.hypot(x, y) < 8_000);
const inhabited = new Set(kitchens.map(cellOf));
const blocks = blocksOf(dongsheng, inhabited);

describe("the city's quarters", () => {
  it("hold all 88 towns, each once", () => {
    const codes = all.flatMap(({ towns }) => towns.map(({ code }) => code));
    expect(codes).toHaveLength(88);
    expect(new Set(codes).size).toBe(88);
  });

  it("put the subdistricts of Dongsheng on one grid", () => {
    expect(dongsheng.towns.length).toBeGreaterThan(10);
  });
});

describe("blocksOf", () => {
  it("builds the same town on every screen", () => {
    expect(blocksOf(dongsheng, inhabited)).toEqual(blocks);
  });

  it("builds a centre with houses, parks and schools", () => {
    expect(new Set(blocks.map(({ use }) => use))).toEqual(new Set(["built", "park", "square", "school"]));
    expect(blocks.flatMap(({ houses }) => houses).length).toBeGreaterThan(2_000);
  });

  it("keeps every house inside its block and off the shops along its kerbs", () => {
    for (const { x, y, houses } of blocks)
      for (const house of houses) {
        const reach = Math.max(Math.abs(house.x - x) + house.halfX, Math.abs(house.y - y) + house.halfY);
        // Shops stand 13 m off the street's middle and are 9 m deep.
        expect(reach).toBeLessThan(BLOCK_M / 2 - 18);
      }
  });

  const byCell = new Map(blocks.map((block) => [cellOf(block), block]));

  it("builds a block wherever a kitchen stands", () => {
    expect(kitchens.length).toBeGreaterThan(3_000);
    expect(kitchens.filter((at) => !byCell.has(cellOf(at)))).toEqual([]);
  });

  it("leaves no kitchen of the city inside a house", () => {
    const inside = kitchens.filter(({ x, y }) =>
      byCell
        .get(cellOf({ x, y }))
        ?.houses.some((house) => Math.abs(x - house.x) < house.halfX && Math.abs(y - house.y) < house.halfY),
    );
    expect(inside).toEqual([]);
  });
});
