/**
 * A batch of food as its probes show it: how long it stood between 8 and 60 °C, and whether it cooled fast enough (DOMAIN
 * R04, R06). Between two probes the core is taken to follow a straight line.
 */

/** Plain JSON; times are ms since epoch. */
export interface Batch {
  /** Ordinal of the hot-holding device it stands in; -1 = not known. */
  tank: number;
  /** `bandMs` of that device when it came in. */
  tankMsAtFirst: number;
  /** In the danger band by its probes, ms. */
  probedMs: number;
  /** The newest probe; `null` = no value yet. */
  last: Probe | null;
  /** It has been below `hotC`, and below `halfwayC`, on its way to the fridge since. */
  cooling: { from: number | null; halfway: number | null } | null;
  /** What its alert is about, if it raised one. */
  asset: string | null;
  /** Time of its newest event. */
  at: number;
}

export interface Probe {
  readonly time: number;
  /** °C in the core. */
  readonly value: number;
}

/** From `hotC` to `halfwayC` within `halfwayMs`, then to `coldC` within `coldMs`. */
export interface CoolingLimits {
  readonly hotC: number;
  readonly halfwayC: number;
  readonly coldC: number;
  readonly halfwayMs: number;
  readonly coldMs: number;
}

export function newBatch(tank: number, tankMsAtFirst: number, at: number): Batch {
  return { tank, tankMsAtFirst, probedMs: 0, last: null, cooling: null, asset: null, at };
}

/** Adds the time in the danger band up to a probe. */
export function addProbe(batch: Batch, time: number, value: number, coldC: number, hotC: number): void {
  const { last } = batch;
  if (last !== null && time > last.time) batch.probedMs += bandTime(last, { time, value }, coldC, hotC);
  if (last === null || time >= last.time) batch.last = { time, value };
}

/** How long the straight line between two probes lies between the two temperatures, ms. */
function bandTime(a: Probe, b: Probe, low: number, high: number): number {
  const [least, most] = a.value < b.value ? [a.value, b.value] : [b.value, a.value];
  const inside = Math.min(most, high) - Math.max(least, low);
  if (most === least) return least > low && least < high ? b.time - a.time : 0;
  return inside <= 0 ? 0 : ((b.time - a.time) * inside) / (most - least);
}

/** A temperature that was not reached in time. */
export interface CoolingMiss {
  /** °C that was to be reached. */
  readonly wantedC: number;
  /** When the time for it began, ms since epoch. */
  readonly since: number;
  readonly withinMs: number;
}

/** Folds a probe of stage `cooling` before `addProbe`; what it shows to be missed, or `null`. */
export function foldCooling(
  batch: Batch,
  probe: Probe,
  { hotC, halfwayC, coldC, halfwayMs, coldMs }: CoolingLimits,
): CoolingMiss | null {
  const { time, value } = probe;
  const cooling = batch.cooling ?? { from: null, halfway: null };
  const last = batch.cooling === null ? null : batch.last;
  batch.cooling = cooling;
  if (value <= hotC) cooling.from ??= crossing(last, probe, hotC);
  const isNewlyHalfway = value <= halfwayC && cooling.halfway === null;
  if (isNewlyHalfway) cooling.halfway = crossing(last, probe, halfwayC);
  const { from, halfway } = cooling;
  if (from !== null && (halfway === null || isNewlyHalfway)) {
    const took = (halfway ?? time) - from;
    if (took > halfwayMs || (halfway === null && took === halfwayMs))
      return { wantedC: halfwayC, since: from, withinMs: halfwayMs };
  }
  if (halfway === null) return null;
  const took = (value <= coldC ? crossing(last, probe, coldC) : time) - halfway;
  if (took < coldMs || (took === coldMs && value <= coldC)) return null;
  return { wantedC: coldC, since: halfway, withinMs: coldMs };
}

/** When the line from the probe before passed `value`; now, if no probe before lies above it. */
function crossing(before: Probe | null, now: Probe, value: number): number {
  if (before === null || before.value <= value || before.value <= now.value) return now.time;
  const share = (before.value - value) / (before.value - now.value);
  return Math.round(before.time + share * (now.time - before.time));
}
