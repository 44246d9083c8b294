/**
 * What of the past a case needs, and until when: whoever throws old data away asks here first. An open case holds what it
 * rests on as long as it is open; one that was filed five years after its end, for so long a penalty may be decided or
 * fought (行政处罚法 Art. 36, DOMAIN R42); any other as long as alert clips are kept.
 */
import { isNearPlace, placeOfAsset } from "./alerts/place-asset.ts";
import type { Case } from "./case-file.ts";
import type { City } from "./city/city.ts";
import type { CaseState } from "./events/output-events.ts";
import { days } from "./kernel/time.ts";

export const HOLD_REASONS = ["open", "filed", "clip"] as const;
export interface CaseHold {
  /** ms since epoch; `null` = as long as it is open, and then as its end says. */
  readonly until: number | null;
  readonly reason: (typeof HOLD_REASONS)[number];
}

/** Five years, whatever leap days lie in them. */
export const FILED_HOLD_MS = days(5 * 366);
export const CLIP_HOLD_MS = days(90);
/** Measurements are held from so long before the case to so long after it. */
const AROUND_MS = days(7);

const OVER: ReadonlySet<CaseState> = new Set(["closed", "false", "merged", "suppressed"]);
const FILED: ReadonlySet<CaseState> = new Set(["filed", "decided", "no-penalty", "transferred"]);

export function holdOf({ state, since, history }: Case): CaseHold {
  if (!OVER.has(state)) return { until: null, reason: "open" };
  const wasFiled = history.some(({ to }) => FILED.has(to));
  return wasFiled
    ? { until: since + FILED_HOLD_MS, reason: "filed" }
    : { until: since + CLIP_HOLD_MS, reason: "clip" };
}

export function isHeld(c: Case, now: number): boolean {
  const { until } = holdOf(c);
  return until === null || until > now;
}

/** Measurements of a kitchen's devices from `fromMs` to, not including, `toMs`: event time, ms since epoch. */
export interface HeldSpan {
  /** Registry index. */
  readonly kitchen: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** They rest on registers, ledgers, papers and words, all on the log, and on no measurement (DOMAIN §5.2, Evidence). */
const PAPERS: ReadonlySet<string> = new Set([
  "D01",
  "D02",
  "D04",
  "D06",
  "D07",
  "D09",
  "B01",
  "C01",
  "C03",
  "O07",
  "S02",
  "W01",
  "W02",
]);

/** What the cases hold at `now`. Of what is counted over an area or by riders the log alone has the evidence. */
export function heldSpans(cases: Iterable<Case>, city: City, now: number): HeldSpan[] {
  const spans: HeldSpan[] = [];
  for (const c of cases) {
    if (PAPERS.has(c.code) || !isHeld(c, now)) continue;
    const fromMs = c.openedAt - AROUND_MS;
    const toMs = OVER.has(c.state) ? Math.max(c.since, c.lastSeenAt) + AROUND_MS : Number.POSITIVE_INFINITY;
    for (const kitchen of kitchensOf(c, city)) spans.push({ kitchen, fromMs, toMs });
  }
  return spans;
}

function kitchensOf({ kitchen, asset }: Case, city: City): number[] {
  if (kitchen >= 0) return [kitchen];
  const place = placeOfAsset(asset);
  if (place === null) return [];
  return [...city.kitchens.keys()].filter((index) => isNearPlace(place, city.kitchens[index]!.position));
}
