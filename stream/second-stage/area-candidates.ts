/** Which areas have just lost so many devices that they may be what failed, the best explanation first (O06). */
import { isJudged } from "./area-counts.ts";
import type { AreaSilences } from "./area-silences.ts";
import type { CityRuleContext } from "./city-rule.ts";

/** An area that loses this share of its devices within 5 min has failed. */
export const DARK_SHARE = 0.3;
/** A banner is hit by an area's outage if it has at least this share of its dark devices. */
const BANNER_SHARE = 0.1;
/** Kinds of areas, the narrowest explanation first; decides between areas that are equally dark. */
const KINDS = ["feeder", "isp", "office", "banner"];

export interface Candidate {
  readonly area: string;
  /** Devices that fell silent in the last 5 min. */
  readonly dark: number;
  /** Their share of the area's devices. */
  readonly share: number;
}

/** Areas of `touched` that meet the condition. */
export function candidatesIn(
  touched: Iterable<string>,
  silences: AreaSilences,
  { areas }: CityRuleContext,
): Candidate[] {
  const candidates: Candidate[] = [];
  for (const area of touched) {
    const count = areas.count(area);
    if (kindOf(area) < 0 || count === undefined || !isJudged(count)) continue;
    const dark = silences.fresh(area);
    const share = dark / count.known;
    if (share >= DARK_SHARE) candidates.push({ area, dark, share });
  }
  return candidates.sort(explainsBetter);
}

function explainsBetter(a: Candidate, b: Candidate): number {
  if (a.share !== b.share) return b.share - a.share;
  if (a.dark !== b.dark) return b.dark - a.dark;
  const [kindA, kindB] = [kindOf(a.area), kindOf(b.area)];
  if (kindA !== kindB) return kindA - kindB;
  return a.area < b.area ? -1 : 1;
}

/** -1 for the city, which is no candidate: it takes over from three banners. */
function kindOf(area: string): number {
  return KINDS.indexOf(area.slice(0, Math.max(0, area.indexOf(":"))));
}

/** The banners that have a tenth of the area's dark devices or more. */
export function bannersHit(
  { area, dark }: Candidate,
  silences: AreaSilences,
  { city, areas }: CityRuleContext,
): string[] {
  const byBanner = new Map<string, number>();
  for (const { device } of silences.of(area, areas)) {
    const { banner } = city.kitchens[city.kitchenOfDevice[device]!]!;
    byBanner.set(banner, (byBanner.get(banner) ?? 0) + 1);
  }
  return [...byBanner].filter(([, devices]) => devices >= BANNER_SHARE * dark).map(([banner]) => banner);
}

/** How many of the area's dark devices each other area has. */
export function darkInside(
  area: string,
  silences: AreaSilences,
  { areas }: CityRuleContext,
): ReadonlyMap<string, number> {
  const inside = new Map<string, number>();
  for (const { device } of silences.of(area, areas)) {
    for (const other of areas.areasOf(device)) inside.set(other, (inside.get(other) ?? 0) + 1);
  }
  return inside;
}
