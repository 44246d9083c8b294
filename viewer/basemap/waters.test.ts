import { describe, expect, it } from "vitest";
import { generateCity } from "../../twin/city/generated-city.ts";
import { towns } from "../../twin/city/geography.ts";
import { isWater, LAKES, RIVERS, riverLine, shore } from "./waters.ts";

describe("waters", () => {
  it("leave every kitchen of the city dry", () => {
    const wet = generateCity({ seed: 1, preset: "baseline" })
      .kitchens.filter(({ position }) => isWater(position, 0))
      .map(({ id, address }) => `${id} ${address}`);
    expect(wet).toEqual([]);
  });

  it("leave every town's centre dry by 300 m", () => {
    expect(towns.filter(({ center }) => isWater(center, 300)).map(({ zh }) => zh)).toEqual([]);
  });

  it("are where the map draws them", () => {
    for (const lake of LAKES) {
      const [lon, lat] = lake.center;
      expect(isWater({ lon, lat }, 0), lake.zh).toBe(true);
      const [x = 0, y = 0] = shore(lake)[0]!;
      expect(isWater({ lon: x, lat: y }, 50), lake.zh).toBe(true);
    }
    for (const { zh, line } of RIVERS) {
      const [lon = 0, lat = 0] = riverLine(line)[5]!;
      expect(isWater({ lon, lat }, 0), zh).toBe(true);
    }
  });

  it("begin and end where they were traced", () => {
    for (const { line } of RIVERS) {
      const drawn = riverLine(line);
      expect(drawn[0]).toEqual(line[0]);
      expect(drawn.at(-1)).toEqual(line.at(-1));
    }
  });
});
