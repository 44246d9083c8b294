/**
 * Which unit stands where: exactly the plan's number of each type and exactly each town's number of units, joined by
 * chance that favours large restaurants in town and caterers in the country. A smaller city keeps both proportions.
 */
import type { Random } from "../kernel/random.ts";
import { apportion } from "./apportion.ts";
import { type Banner, banners, type Town, towns } from "./geography.ts";
import { KITCHEN_TYPES, type KitchenType } from "./kitchen.ts";
import { unitProfiles } from "./unit-profiles.ts";

/** 11,266 */
export const FULL_CITY_KITCHENS = KITCHEN_TYPES.reduce((sum, type) => sum + unitProfiles[type].count, 0);

export interface Plot {
  readonly banner: Banner;
  readonly town: Town;
  readonly type: KitchenType;
}

type Setting = "urban" | "town" | "rural" | "zone";

/** How much likelier a unit of the type stands in such a setting than anywhere else. */
const AFFINITY: { readonly [T in KitchenType]: { readonly [S in Setting]: number } } = {
  "very-large": { urban: 1, town: 0.1, rural: 0.01, zone: 0.2 },
  large: { urban: 1, town: 0.4, rural: 0.1, zone: 0.3 },
  medium: { urban: 1, town: 0.7, rural: 0.3, zone: 0.7 },
  small: { urban: 1, town: 1, rural: 1, zone: 1 },
  drinks: { urban: 1, town: 0.4, rural: 0.05, zone: 0.4 },
  school: { urban: 1, town: 1.2, rural: 1.4, zone: 0.2 },
  "elder-care": { urban: 1, town: 1.2, rural: 1.2, zone: 0.02 },
  hospital: { urban: 1, town: 0.1, rural: 0.01, zone: 0.01 },
  office: { urban: 1, town: 1.1, rural: 1.5, zone: 2.5 },
  nursery: { urban: 1, town: 0.4, rural: 0.05, zone: 0.2 },
  "mobile-banquet": { urban: 0.5, town: 2, rural: 3, zone: 0.1 },
};

/** Units of each type in a city of `total` kitchens; every type is kept from 11 kitchens on. */
export function typeCounts(total: number): { readonly [T in KitchenType]: number } {
  const shares = apportion(
    KITCHEN_TYPES.map((type) => unitProfiles[type].count),
    total,
    total >= KITCHEN_TYPES.length ? 1 : 0,
  );
  const counts = { ...NO_UNITS };
  KITCHEN_TYPES.forEach((type, i) => {
    counts[type] = shares[i]!;
  });
  return counts;
}

/** The city's plots in the order of the division codes, the types of a town in chance order. */
export function composeCity(total: number, random: Random): Plot[] {
  const capacity = apportion(
    towns.map((town) => town.kitchens),
    total,
  );
  const counts = typeCounts(total);
  const left = [...capacity];
  const typesOfTown: KitchenType[][] = towns.map(() => []);
  const scarceFirst = KITCHEN_TYPES.filter((type) => type !== "small");
  for (const type of scarceFirst) {
    for (let n = counts[type]; n > 0; n--) {
      const weights = left.map((places, t) => places * AFFINITY[type][settingOf(towns[t]!)]);
      const t = random.weighted(weights);
      typesOfTown[t]!.push(type);
      left[t]!--;
    }
  }
  left.forEach((places, t) => {
    for (let n = 0; n < places; n++) typesOfTown[t]!.push("small");
  });
  let t = 0;
  const plots: Plot[] = [];
  for (const banner of banners) {
    for (const town of banner.towns) {
      for (const type of shuffle(typesOfTown[t++]!, random)) plots.push({ banner, town, type });
    }
  }
  return plots;
}

/** The seat of a banner and the streets of a city, or what kind of country the town is. */
export function settingOf(town: Town): Setting {
  if (town.kind === "development_zone") return "zone";
  if (town.kind === "subdistrict" || town.kitchens >= 200) return "urban";
  return town.kind === "town" ? "town" : "rural";
}

/** The items in chance order (Fisher–Yates), in place. */
export function shuffle<T>(items: T[], random: Random): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.int(0, i);
    const item = items[i]!;
    items[i] = items[j]!;
    items[j] = item;
  }
  return items;
}

const NO_UNITS: { [T in KitchenType]: number } = {
  "very-large": 0,
  large: 0,
  medium: 0,
  small: 0,
  drinks: 0,
  school: 0,
  "elder-care": 0,
  hospital: 0,
  office: 0,
  nursery: 0,
  "mobile-banquet": 0,
};
