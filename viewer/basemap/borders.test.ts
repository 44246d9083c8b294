import { describe, expect, it } from "vitest";
import { banners } from "../../twin/city/geography.ts";
import { borderLines, type Position, type Ring, readBorders } from "./borders.ts";

const borders = readBorders();

/** km², by the shoelace formula on an equirectangular plane. */
function area(ring: Ring): number {
  let sum = 0;
  ring.forEach(([x1, y1], i) => {
    const [x2, y2] = ring[(i + 1) % ring.length]!;
    const scale = Math.cos((39.5 * Math.PI) / 180);
    sum += (x1 * y2 - x2 * y1) * scale * 111.2 * 111.2;
  });
  return Math.abs(sum) / 2;
}

describe("borders", () => {
  it("are those of the nine banners, about 87,000 km² together", () => {
    expect(borders.map(({ code }) => code).sort()).toEqual(banners.map(({ code }) => code).sort());
    const total = borders.flatMap(({ rings }) => rings).reduce((sum, ring) => sum + area(ring), 0);
    expect(total).toBeGreaterThan(82_000);
    expect(total).toBeLessThan(91_000);
  });

  it("lie in WGS84: inside the bounds that the geography gives", () => {
    for (const { code, rings } of borders) {
      const { bounds } = banners.find((banner) => banner.code === code)!;
      for (const [lon, lat] of rings.flat()) {
        expect(lon).toBeGreaterThan(bounds.west - 0.01);
        expect(lon).toBeLessThan(bounds.east + 0.01);
        expect(lat).toBeGreaterThan(bounds.south - 0.01);
        expect(lat).toBeLessThan(bounds.north + 0.01);
      }
    }
  });

  it("are drawn once where two banners meet", () => {
    const { outer, inner } = borderLines(borders);
    const length = (lines: readonly Ring[]) =>
      lines.reduce(
        (sum, line) => sum + line.slice(1).reduce((km, at, i) => km + kilometres(line[i]!, at), 0),
        0,
      );
    const all = length(borders.flatMap(({ rings }) => rings));
    expect(length(inner)).toBeGreaterThan(900);
    expect(length(outer) + 2 * length(inner)).toBeGreaterThan(0.9 * all);
    expect(length(outer) + length(inner)).toBeLessThan(0.8 * all);
  });
});

function kilometres([x1, y1]: Position, [x2, y2]: Position): number {
  return Math.hypot((x1 - x2) * 85.5, (y1 - y2) * 111.2);
}
