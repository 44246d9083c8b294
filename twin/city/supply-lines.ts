/**
 * Power feeders and network segments: what fails together. A feeder serves about 130 neighbouring kitchens of one town
 * (small towns of a banner share one); a banner has two or three network segments that cross all its towns.
 */
import { apportion } from "./apportion.ts";
import type { Plot } from "./composition.ts";
import { banners, type Point } from "./geography.ts";

const KITCHENS_PER_FEEDER = 130;
/** A town with this many kitchens has feeders of its own. */
const OWN_FEEDER_FROM = 100;
/** Shares of the network segments of a large and of a small banner. */
const SEGMENT_SHARES = [
  [0.41, 0.34, 0.25],
  [0.6, 0.4],
] as const;

/** Feeder ids `F-001` … of all plots, in their order. */
export function feedersOf(plots: readonly Plot[], positions: readonly Point[]): string[] {
  const feeders: string[] = new Array(plots.length);
  let last = 0;
  for (const group of feederAreas(plots)) {
    const count = Math.max(1, Math.round(group.length / KITCHENS_PER_FEEDER));
    const westToEast = [...group].sort((a, b) => positions[a]!.lon - positions[b]!.lon || a - b);
    const sizes = apportion(new Array<number>(count).fill(1), group.length);
    let next = 0;
    for (const size of sizes) {
      last++;
      const id = `F-${String(last).padStart(3, "0")}`;
      for (const plot of westToEast.slice(next, next + size)) feeders[plot] = id;
      next += size;
    }
  }
  return feeders;
}

/** Plots that share feeders: those of a large town, or of several small towns of one banner. */
function feederAreas(plots: readonly Plot[]): number[][] {
  const areas: number[][] = [];
  for (const banner of banners) {
    let shared: number[] = [];
    for (const town of banner.towns) {
      const members = plots.flatMap((plot, i) => (plot.town === town ? [i] : []));
      if (members.length >= OWN_FEEDER_FROM) areas.push(members);
      else shared.push(...members);
      if (shared.length >= OWN_FEEDER_FROM) {
        areas.push(shared);
        shared = [];
      }
    }
    if (shared.length > 0) areas.push(shared);
  }
  return areas;
}

/** The network segments of each banner, with their shares of its kitchens. */
export function segmentsByBanner(): Map<
  string,
  { readonly ids: string[]; readonly shares: readonly number[] }
> {
  let last = 0;
  return new Map(
    banners.map((banner) => {
      const shares = SEGMENT_SHARES[banner.population >= 240_000 ? 0 : 1];
      const ids = shares.map(() => `I-${String(++last).padStart(2, "0")}`);
      return [banner.code, { ids, shares }];
    }),
  );
}
