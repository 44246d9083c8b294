import { describe, expect, it } from "vitest";
import { banners } from "../../twin/city/geography.ts";
import { bannerView, HOME, rangeOf } from "./views.ts";

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

  it("sees a large banner from farther than a small one", () => {
    const range = (code: string) =>
      rangeOf(
        bannerView(banners.find((banner) => banner.code === code)!),
        { width: 1440, height: 900 },
        NO_PANELS,
        FOV,
      );
    expect(range("150624")).toBeGreaterThan(3 * range("150603"));
  });
});
