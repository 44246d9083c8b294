/**
 * Roads between the towns: a minimum spanning tree, plus the short links that a road map would not do without. No open
 * road data can be had offline, so these are plausible, not true.
 */
import { type Town, towns } from "../../twin/city/geography.ts";
import { distanceM } from "../../twin/kernel/math.ts";

import type { LonLat } from "./map-lines.ts";
import { Noise } from "./noise.ts";

export interface Road {
  readonly from: Town;
  readonly to: Town;
  readonly km: number;
}

/** A link is added to the tree where the way through it is longer by this factor. */
const DETOUR = 2.1;
const LINK_KM_MAX = 70;

export function roadsBetweenTowns(): Road[] {
  const pairs: Road[] = towns.flatMap((from, i) =>
    towns.slice(i + 1).map((to) => ({ from, to, km: distanceM(from.center, to.center) / 1000 })),
  );
  pairs.sort((a, b) => a.km - b.km);
  const roads = spanningTree(pairs);
  const chosen = new Set(roads);
  for (const pair of pairs) {
    if (chosen.has(pair) || pair.km > LINK_KM_MAX || pair.km < 4) continue;
    if (wayKm(roads, pair.from, pair.to) > DETOUR * pair.km) roads.push(pair);
  }
  return roads;
}

/** Kruskal's: `pairs` from short to long. */
function spanningTree(pairs: readonly Road[]): Road[] {
  const parent = new Map<Town, Town>();
  const find = (town: Town): Town => {
    const above = parent.get(town);
    return above === undefined ? town : find(above);
  };
  return pairs.filter(({ from, to }) => {
    const [a, b] = [find(from), find(to)];
    if (a === b) return false;
    parent.set(a, b);
    return true;
  });
}

/** Length of the shortest way over the roads so far (Dijkstra's). */
function wayKm(roads: readonly Road[], from: Town, to: Town): number {
  const best = new Map<Town, number>([[from, 0]]);
  const done = new Set<Town>();
  for (;;) {
    let here: Town | null = null;
    for (const [town, km] of best)
      if (!done.has(town) && (here === null || km < best.get(here)!)) here = town;
    if (here === null) return Number.POSITIVE_INFINITY;
    if (here === to) return best.get(here)!;
    done.add(here);
    for (const road of roads) {
      const next = road.from === here ? road.to : road.to === here ? road.from : null;
      if (next === null) continue;
      const km = best.get(here)! + road.km;
      if (km < (best.get(next) ?? Number.POSITIVE_INFINITY)) best.set(next, km);
    }
  }
}

const hills = new Noise(53);
const STEP_KM = 1.5;

/** The line a road takes: round the hills rather than straight on, and only between the towns, not through them. */
export function courseOf({ from, to, km }: Road): LonLat[] {
  const steps = Math.max(2, Math.ceil(km / STEP_KM));
  const [dx, dy] = [to.center.lon - from.center.lon, to.center.lat - from.center.lat];
  const first = townKm(from) / km;
  const last = 1 - townKm(to) / km;
  if (first >= last) return [];
  return Array.from({ length: steps + 1 }, (_, i) => {
    const t = first + ((last - first) * i) / steps;
    const lon = from.center.lon + dx * t;
    const lat = from.center.lat + dy * t;
    const away = Math.min(t, 1 - t) * 0.5 * hills.fractal(lon * 2.6, lat * 2.6, 3);
    return [lon - dy * away, lat + dx * away];
  });
}

/** How far the streets of a town reach, km; they show where a road would go there. */
function townKm({ kitchens }: Town): number {
  return 0.3 + 0.035 * Math.sqrt(kitchens);
}
