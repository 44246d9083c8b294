import { describe, expect, it } from "vitest";
import { distanceM } from "../kernel/math.ts";
import { bannerOf, banners, officeOf, offices, prefecture, towns } from "./geography.ts";

describe("geography", () => {
  it("has nine banners, 88 township-level units and 77 offices of Ordos", () => {
    expect(prefecture.code).toBe("150600");
    expect(banners).toHaveLength(9);
    expect(towns).toHaveLength(88);
    expect(offices).toHaveLength(77);
    expect(towns.filter((town) => town.kind === "development_zone")).toHaveLength(11);
  });

  it("spreads 11,266 kitchens as the divisions say", () => {
    const counts = banners.map((banner) => banner.towns.reduce((sum, town) => sum + town.kitchens, 0));
    expect(counts).toEqual([3616, 705, 1391, 1817, 407, 798, 429, 720, 1383]);
    expect(counts.reduce((a, b) => a + b)).toBe(11_266);
  });

  it("gives every town an office of its own banner, and every office a town", () => {
    for (const banner of banners) {
      for (const town of banner.towns) expect(officeOf(town.office)?.banner).toBe(banner.code);
    }
    expect(new Set(towns.map((town) => town.office))).toEqual(new Set(offices.map((office) => office.id)));
    for (const office of offices) expect(office.id).toMatch(/^1506\d\d-\d\d$/);
    expect(officeOf("150602-03")?.zh).toBe("东胜区林荫街道市场监督管理所");
  });

  it("puts a development zone under the office of the nearest town", () => {
    for (const { towns: all } of banners) {
      const seated = all.filter((town) => town.kind !== "development_zone");
      for (const zone of all.filter((town) => town.kind === "development_zone")) {
        const ofOffice = seated.find((town) => town.office === zone.office)!;
        for (const other of seated) {
          expect(distanceM(zone.center, ofOffice.center)).toBeLessThanOrEqual(
            distanceM(zone.center, other.center),
          );
        }
      }
    }
  });

  it("has every seat and town inside its banner's bounds", () => {
    for (const { bounds, seat, towns: inside } of banners) {
      for (const { lon, lat } of [seat, ...inside.map((town) => town.center)]) {
        expect(lon).toBeGreaterThan(bounds.west);
        expect(lon).toBeLessThan(bounds.east);
        expect(lat).toBeGreaterThan(bounds.south);
        expect(lat).toBeLessThan(bounds.north);
      }
    }
  });

  it("knows no banner or office of another city", () => {
    expect(bannerOf("150602")?.zh).toBe("东胜区");
    expect(bannerOf("110101")).toBeUndefined();
    expect(officeOf("110101-01")).toBeUndefined();
  });
});
