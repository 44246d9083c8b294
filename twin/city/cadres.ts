/**
 * Cadres who answer for kitchens (包保, DOMAIN R51): tier A of the city for very large units, B of the banner for large
 * units, schools and hospitals, C of the township for medium ones and other canteens, D of the village for small shops.
 * About 1,900 in the full city.
 */
import type { Plot } from "./composition.ts";
import type { Kitchen, KitchenType } from "./kitchen.ts";

type Cadre = NonNullable<Kitchen["cadre"]>;
type Tier = Cadre["tier"];

const KITCHENS_PER_CADRE: { readonly [T in Tier]: number } = { A: 3, B: 4, C: 5, D: 7 };

export function tierOf(type: KitchenType): Tier {
  switch (type) {
    case "very-large":
      return "A";
    case "large":
    case "school":
    case "hospital":
      return "B";
    case "small":
    case "drinks":
      return "D";
    default:
      return "C";
  }
}

/** A cadre for each plot, in their order; one cadre's kitchens lie in one city, banner or town by tier. */
export function cadresOf(plots: readonly Plot[]): Cadre[] {
  const pools = new Map<string, number[]>();
  plots.forEach((plot, i) => {
    const key = poolOf(plot);
    const pool = pools.get(key);
    if (pool === undefined) pools.set(key, [i]);
    else pool.push(i);
  });
  const cadres: Cadre[] = new Array(plots.length);
  let last = 0;
  for (const members of pools.values()) {
    const tier = tierOf(plots[members[0]!]!.type);
    const people = Math.ceil(members.length / KITCHENS_PER_CADRE[tier]);
    const pool = Array.from({ length: people }, () => ({
      id: `B-${String(++last).padStart(4, "0")}`,
      tier,
    }));
    members.forEach((plot, n) => {
      cadres[plot] = pool[n % people]!;
    });
  }
  return cadres;
}

function poolOf({ type, banner, town }: Plot): string {
  const tier = tierOf(type);
  if (tier === "A") return tier;
  return tier === "B" ? `${tier}/${banner.code}` : `${tier}/${town.code}`;
}
