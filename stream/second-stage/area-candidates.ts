/**
 * Which areas have just lost so many devices that they may be what failed, and which of them explains it best (O06).
 *
 * A failure shows in all areas that share its devices, first by chance in a small one. So a candidate waits, a minute at
 * most, while a larger area around it is nearly as dark; and of those nearly as dark as the darkest, the one with most
 * dark devices is named first: a cut feeder rather than its half-dark office, but a dark office rather than its feeders.
 */
import { minutes } from "../../twin/kernel/time.ts";
import { isJudged } from "./area-counts.ts";
import type { AreaSilences } from "./area-silences.ts";
import type { CityRuleContext } from "./city-rule.ts";

/** What a city may set of it: part of the parameters of O06. */
export const CANDIDATE_PARAMETERS = {
  /** An area that loses this share of its devices within `withinMs` has failed. */
  darkShare: 0.3,
  withinMs: minutes(5),
  /** An area whose dark devices lie to this share in areas that are down already gives way. */
  coveredShare: 0.8,
  /** To this share of the darkest: nearly as dark. */
  alikeShare: 0.8,
  /** A candidate waits so long for a larger area around it. */
  waitsMs: minutes(1),
};
type Context = CityRuleContext<typeof CANDIDATE_PARAMETERS>;

/** Kinds of areas, the narrowest first; decides between areas that share all their devices. */
const KINDS = ["feeder", "isp", "office", "banner"];

/** An area that has met the condition and is not yet named. */
export interface Candidate {
  /** When it met the condition, ms since epoch. */
  readonly since: number;
  /** Most devices that fell silent within 5 min, and their share. */
  readonly dark: number;
  readonly share: number;
}

export type Candidates = Map<string, Candidate>;

/** Takes note of the areas of `touched` that meet the condition now; asks to be called again when a wait ends. */
export function gather(
  candidates: Candidates,
  touched: Iterable<string>,
  silences: AreaSilences,
  context: Context,
): void {
  const { areas, now } = context;
  const { darkShare, waitsMs } = context.parameters;
  for (const area of touched) {
    const count = areas.count(area);
    if (area === "city" || count === undefined || !isJudged(count)) continue;
    const dark = silences.fallen(area);
    const share = dark / count.known;
    if (share < darkShare || isCovered(area, silences, context)) continue;
    const known = candidates.get(area);
    if (known === undefined) context.setTimer(waitOf(area), now + waitsMs);
    else if (known.share >= share) continue;
    candidates.set(area, { since: known?.since ?? now, dark, share });
  }
}

function waitOf(area: string): string {
  return `wait ${area}`;
}

/** Whether the area's dark devices lie in areas that are down. */
function isCovered(area: string, silences: AreaSilences, { parameters }: Context): boolean {
  const covered = silences.covered(area);
  return covered > 0 && covered >= parameters.coveredShare * silences.fallen(area);
}

/**
 * Takes the area that is to be named next; `null` = none, or those left wait. Call again once it is named: others may
 * have to give way to it.
 */
export function nextNamed(
  candidates: Candidates,
  silences: AreaSilences,
  context: Context,
): [area: string, candidate: Candidate] | null {
  const ready: [string, Candidate][] = [];
  for (const [area, candidate] of candidates) {
    const mayWait = context.now < candidate.since + context.parameters.waitsMs;
    if (isCovered(area, silences, context)) candidates.delete(area);
    else if (!mayWait || !hasRival(area, silences, context)) ready.push([area, candidate]);
  }
  const darkest = Math.max(...ready.map(([, { share }]) => share));
  const best = ready
    .filter(([, { share }]) => share >= context.parameters.alikeShare * darkest)
    .sort(explainsBetter)[0];
  if (best === undefined) return null;
  candidates.delete(best[0]);
  context.cancelTimer(waitOf(best[0]));
  return best;
}

function explainsBetter([areaA, a]: [string, Candidate], [areaB, b]: [string, Candidate]): number {
  if (a.dark !== b.dark) return b.dark - a.dark;
  if (a.share !== b.share) return b.share - a.share;
  if (kindOf(areaA) !== kindOf(areaB)) return kindOf(areaA) - kindOf(areaB);
  return areaA < areaB ? -1 : 1;
}

function kindOf(area: string): number {
  return KINDS.indexOf(area.slice(0, area.indexOf(":")));
}

/** Whether an area around it is nearly as dark, but does not meet the condition yet. */
function hasRival(area: string, silences: AreaSilences, { areas, parameters }: Context): boolean {
  const share = shareOf(area);
  return areas.around(area).some((other) => {
    const its = other === "city" ? 0 : shareOf(other);
    return its < parameters.darkShare && its >= parameters.alikeShare * share;
  });

  function shareOf(name: string): number {
    const count = areas.count(name);
    return count === undefined || !isJudged(count) ? 0 : silences.fallen(name) / count.known;
  }
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
