import { describe, expect, it } from "vitest";
import { banners } from "../../twin/city/geography.ts";
import { bannerView, HOME, placesView, rangeOf } from "./views.ts";

const FOV = Math.PI / 6;
const NO_PANELS = { left: 0, right: 0, top: 0, bottom: 0 };

describe("rangeOf", () => {
  it("steps back as panels take room", () => {
    const window = { width: 1440, height: 900 };
    const bare = rangeOf(HOME, window, NO_PANELS, FOV);
    expect(rangeOf(HOME, window, { ...NO_PANELS, left: 340, right: 384 }, FOV)).toBeGreaterThan(bare);
  });

  it("shows the width of the area on a wide window and its height on a tall one", () => {
    const area = { ...HOME, width: 100_000, height: 100_000, pitch: -90 };
    const across = (range: number) => 2 * range * Math.tan(FOV / 2);
    expect(across(rangeOf(area, { width: 1000, height: 1000 }, NO_PANELS, FOV))).toBeCloseTo(100_000);
    expect(across(rangeOf(area, { width: 2000, height: 1000 }, NO_PANELS, FOV))).toBeCloseTo(200_000);
  });
});

describe("bannerView", () => {
  it.each(banners)("holds more than half of the kitchens of $en", (banner) => {
    const { lon, lat, width, height } = bannerView(banner);
    const inside = banner.towns.filter(
      ({ center }) =>
        Math.abs(center.lat - lat) * 111_000 <= height / 2 &&
        Math.abs(center.lon - lon) * 111_000 * Math.cos((lat * Math.PI) / 180) <= width / 2,
    );
    const sum = (towns: typeof inside) => towns.reduce((total, { kitchens }) => total + kitchens, 0);
    expect(sum(inside)).toBeGreaterThan(sum([...banner.towns]) / 2);
  });

  it("comes near where the kitchens stand close together", () => {
    expect(bannerView(banners.find(({ code }) => code === "150602")!).width).toBeLessThan(30_000);
  });
});

describe("placesView", () => {
  it("holds all places with a margin, and the whole city where there are none", () => {
    const view = placesView([
      { lon: 109, lat: 39 },
      { lon: 110, lat: 40 },
    ]);
    expect([view.lon, view.lat]).toEqual([109.5, 39.5]);
    expect(view.height).toBeGreaterThan(111_000);
    expect(view.width).toBeGreaterThan(85_000);
    expect(placesView([{ lon: 109, lat: 39 }]).width).toBeGreaterThan(1_000);
    expect(placesView([])).toBe(HOME);
  });
});
