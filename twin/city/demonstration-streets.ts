/**
 * Demonstration streets (暖城阳光餐饮示范街区): the busiest food streets of the city, one per town
 * and at most three per banner, with up to 64 kitchens each.
 */
import type { Street } from "./city.ts";
import type { FoodStreet, Site } from "./siting.ts";

const STREETS_MAX = 8;
const KITCHENS_PER_STREET = 64;
const STREETS_PER_BANNER = 3;
/** A street with fewer kitchens is no show. */
const KITCHENS_MIN = 5;

export interface DemonstrationStreets {
  readonly streets: readonly Street[];
  /** The street's id of each site, in their order. */
  readonly streetOf: readonly (string | null)[];
}

export function demonstrationStreets(
  sites: readonly Site[],
  kitchenId: (index: number) => string,
): DemonstrationStreets {
  const members = new Map<FoodStreet, number[]>();
  sites.forEach(({ foodStreet }, i) => {
    if (foodStreet === null) return;
    const known = members.get(foodStreet);
    if (known === undefined) members.set(foodStreet, [i]);
    else known.push(i);
  });
  const busiest = [...members].sort((a, b) => b[1].length - a[1].length || a[1][0]! - b[1][0]!);
  const streetOf: (string | null)[] = new Array(sites.length).fill(null);
  const streets: Street[] = [];
  const towns = new Set<string>();
  const perBanner = new Map<string, number>();
  for (const [foodStreet, indices] of busiest) {
    if (streets.length === STREETS_MAX || indices.length < KITCHENS_MIN) break;
    const { town, banner } = foodStreet;
    const earlier = perBanner.get(banner.code) ?? 0;
    if (towns.has(town.code) || earlier === STREETS_PER_BANNER) continue;
    towns.add(town.code);
    perBanner.set(banner.code, earlier + 1);
    const id = `DS-${String(streets.length + 1).padStart(2, "0")}`;
    const shown = indices.slice(0, KITCHENS_PER_STREET);
    for (const index of shown) streetOf[index] = id;
    streets.push({
      id,
      name: `${banner.zh}${foodStreet.name}暖城阳光餐饮示范街区`,
      kitchens: shown.map(kitchenId),
      displays: [`${id}/d-1`, `${id}/d-2`],
    });
  }
  return { streets, streetOf };
}
