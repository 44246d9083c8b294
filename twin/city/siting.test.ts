import { describe, expect, it } from "vitest";
import { distanceM } from "../kernel/math.ts";
import { Random } from "../kernel/random.ts";
import { banners } from "./geography.ts";
import type { KitchenType } from "./kitchen.ts";
import { Siting, SPACING_M } from "./siting.ts";

const banner = banners[0]!;
const town = banner.towns[0]!;

function sitesOf(type: KitchenType, kitchens: number) {
  const place = new Siting().town(banner, town, kitchens, new Random(7, "test"));
  return Array.from({ length: kitchens }, () => place.place(type));
}

describe("Siting", () => {
  it("puts about 62 % of the small restaurants on food streets, fewer on each next one", () => {
    const sites = sitesOf("small", 1_000);
    const perStreet = new Map<object, number>();
    for (const { foodStreet } of sites) {
      if (foodStreet !== null) perStreet.set(foodStreet, (perStreet.get(foodStreet) ?? 0) + 1);
    }
    const sizes = [...perStreet.values()].sort((a, b) => b - a);
    const onFoodStreets = sizes.reduce((a, b) => a + b, 0);
    expect(onFoodStreets).toBeGreaterThan(540);
    expect(onFoodStreets).toBeLessThan(660);
    expect(sizes[0]! / sizes.at(-1)!).toBeGreaterThan(4);
  });

  it("puts no canteen and no caterer on a food street", () => {
    for (const type of ["school", "office", "mobile-banquet"] as const) {
      expect(sitesOf(type, 100).filter(({ foodStreet }) => foodStreet !== null)).toEqual([]);
    }
  });

  it("still finds places, apart from each other, for far more kitchens than the town was laid out for", () => {
    const place = new Siting().town(banner, town, 10, new Random(7, "test"));
    const spots = Array.from({ length: 1_500 }, () => place.place("small").position);
    let nearest = Number.POSITIVE_INFINITY;
    spots.forEach((a, i) => {
      for (let j = 0; j < i; j++) nearest = Math.min(nearest, distanceM(a, spots[j]!));
    });
    expect(nearest).toBeGreaterThanOrEqual(SPACING_M);
  });

  it("keeps two towns of one city out of each other's places", () => {
    const siting = new Siting();
    const twins = [1, 2].map(() => siting.town(banner, town, 50, new Random(7, "same chance")));
    const spots = twins.flatMap((place) => Array.from({ length: 50 }, () => place.place("small").position));
    expect(new Set(spots.map(({ lon, lat }) => `${lon} ${lat}`)).size).toBe(100);
  });
});
