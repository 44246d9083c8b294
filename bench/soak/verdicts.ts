/** What is said of a soak at its end, and why. Pure: samples and findings in, sentences out. */
import { quantile } from "../measure.ts";
import type { HearingFaults } from "./heard-outputs.ts";
import { type Point, type Slope, secondHalf, slopeOf } from "./slope.ts";

/** The sums of `/v1/audit/balance` (CONTRACT §5). */
export interface Sums {
  readonly received: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly processed: number;
  readonly late: number;
  readonly quarantined: number;
}

/** What a verdict rests on, one per sample. */
export interface Judged {
  /** Hours of the wall clock since the first client came. */
  readonly hours: number;
  /** Resident memory of the program, MB. */
  readonly rssMb: number;
  /** What its heap still held after the last full collection, MB; `null` = there was none yet. */
  readonly heapFloorMb: number | null;
  /** How far the fold is behind, in seconds of the wall clock (city time / speed). */
  readonly lagS: number;
  readonly sums: Sums;
}

export interface Verdict {
  readonly name: string;
  /** `null` = the run is too short to tell. */
  readonly ok: boolean | null;
  readonly says: string;
}

/** Two standard errors: a slope that is no more than chance is taken for one once in forty runs. */
const ERRORS = 2;
/** Less than this of a warm program says nothing about its memory. */
const MEMORY_HOURS_MIN = 1 / 6;
const LAG_HOURS_MIN = 1 / 120;
/** By how much the lag may grow over the second half, and what its median may be there. */
const LAG_GROWTH_MAX_S = 1;
const LAG_MAX_S = 5;
const LATE_SHARE_MAX = 0.05;

/** Why the sums are not exact; `null` = they are. */
export function imbalanceOf(sums: Sums): string | null {
  const { received, accepted, duplicates, rejected, processed, late, quarantined } = sums;
  if (received !== accepted + duplicates + rejected)
    return `received ${received} is not accepted ${accepted} + duplicates ${duplicates} + rejected ${rejected}`;
  if (accepted !== processed + late + quarantined)
    return `accepted ${accepted} is not processed ${processed} + late ${late} + quarantined ${quarantined}`;
  return null;
}

export function balanceVerdict(samples: readonly Judged[]): Verdict {
  const name = "balance";
  const wrong = samples.map(({ sums }) => imbalanceOf(sums)).filter((why) => why !== null);
  if (wrong[0] !== undefined)
    return {
      name,
      ok: false,
      says: `not exact in ${wrong.length} of ${samples.length} samples: ${wrong[0]}`,
    };
  const back = samples.findIndex(
    ({ sums }, i) =>
      i > 0 && (Object.keys(sums) as (keyof Sums)[]).some((sum) => sums[sum] < samples[i - 1]!.sums[sum]),
  );
  if (back > 0) return { name, ok: false, says: `a sum went down at sample ${back + 1}` };
  const { accepted = 0 } = samples.at(-1)?.sums ?? {};
  return {
    name,
    ok: samples.length > 0,
    says: `exact in ${samples.length} samples, ${accepted} events accepted`,
  };
}

/** Late data rings no bell: more of it than outages leave means that the program makes late what came in time. */
export function lateVerdict(samples: readonly Judged[]): Verdict {
  const name = "late";
  const [first, last] = [samples[0]?.sums, samples.at(-1)?.sums];
  const accepted = (last?.accepted ?? 0) - (first?.accepted ?? 0);
  if (first === undefined || last === undefined || accepted === 0)
    return { name, ok: null, says: "nothing was accepted" };
  const share = (last.late - first.late) / accepted;
  const says = `${(100 * share).toFixed(2)} % of ${accepted} events, at most ${100 * LATE_SHARE_MAX} %`;
  return { name, ok: share <= LATE_SHARE_MAX, says };
}

/** `slopeMax`: MB an hour. */
export function memoryVerdicts(samples: readonly Judged[], slopeMax: number): Verdict[] {
  const floors = samples.flatMap(({ hours, heapFloorMb }) =>
    heapFloorMb === null ? [] : [{ x: hours, y: heapFloorMb }],
  );
  return [
    memoryVerdict(
      "memory",
      samples.map(({ hours, rssMb }) => ({ x: hours, y: rssMb })),
      slopeMax,
    ),
    memoryVerdict("heap", floors, slopeMax),
  ];
}

function memoryVerdict(name: string, points: readonly Point[], slopeMax: number): Verdict {
  const slope = slopeOf(secondHalf(points));
  if (slope === null) return { name, ok: null, says: "too few samples to tell" };
  const told = `${slopeText(slope, "MB/h")} over the second half, at most ${slopeMax} MB/h`;
  if (slope.span < MEMORY_HOURS_MIN)
    return {
      name,
      ok: null,
      says: `${told}; too short to tell (needs ${MEMORY_HOURS_MIN * 120} min in all)`,
    };
  if (slope.value - ERRORS * slope.error > slopeMax) return { name, ok: false, says: told };
  if (slope.error > slopeMax) return { name, ok: null, says: `${told}; too uncertain to tell` };
  return { name, ok: true, says: told };
}

export function lagVerdict(samples: readonly Judged[]): Verdict {
  const name = "lag";
  const half = secondHalf(samples.map(({ hours, lagS }) => ({ x: hours, y: lagS })));
  const slope = slopeOf(half);
  if (slope === null || slope.span < LAG_HOURS_MIN)
    return { name, ok: null, says: "too few samples to tell" };
  const middle = quantile(
    half.map(({ y }) => y),
    0.5,
  );
  const growth = (slope.value - ERRORS * slope.error) * slope.span;
  const told = `median ${middle.toFixed(2)} s, ${slopeText(slope, "s/h")} over the second half`;
  if (growth > LAG_GROWTH_MAX_S) return { name, ok: false, says: `it grows: ${told}` };
  if (middle > LAG_MAX_S) return { name, ok: false, says: `it does not keep up: ${told}` };
  return { name, ok: true, says: told };
}

export function slopeText({ value, error }: Slope, unit: string): string {
  const digits = Math.abs(value) < 10 ? 2 : 0;
  return `${value >= 0 ? "+" : ""}${value.toFixed(digits)} ± ${error.toFixed(digits)} ${unit}`;
}

export function hearingVerdict(reader: string, heard: number, faults: HearingFaults): Verdict {
  const kinds = Object.entries(faults).filter(([, ids]) => ids.length > 0);
  if (kinds.length === 0)
    return { name: reader, ok: heard > 0 ? true : null, says: `heard ${heard} outputs, each once` };
  const told = kinds.map(([kind, ids]) => `${ids.length} ${kind} (${ids.slice(0, 3).join(", ")})`);
  return { name: reader, ok: false, says: `heard ${heard} outputs: ${told.join("; ")}` };
}

/** `troubles`: what went wrong, the first few in words. */
export function troubleVerdict(
  name: string,
  count: number,
  troubles: readonly string[],
  fine: string,
): Verdict {
  return count === 0
    ? { name, ok: true, says: fine }
    : { name, ok: false, says: `${count} troubles: ${troubles.join("; ")}` };
}
