/**
 * A hot-holding device as T03 follows it: since when it is too cool, how long its food has stood between 8 and 60 °C,
 * whether there is food in it at all.
 *
 *   zones:  8 °C and below | the danger band | 60.0 … 60.5 °C, the dead band | hot
 *
 * A hold that has begun is broken above the dead band only. A sensor that flaps about 60 °C proves nothing by that: when
 * more than a tenth of the hold (`flapsShare`) lies in the dead band, it takes a whole hold without a value there (SCENARIOS SC17).
 */
import type { Cause } from "../../twin/events/output-events.ts";
import { type Borders, defineBorders } from "../detectors/border.ts";
import type { CrossedFinding } from "../detectors/finding.ts";

/** What a city may set of it: part of the parameters of T03. */
export const TANK_PARAMETERS = {
  /** Food below it is not hot; the danger band ends there. */
  hotC: 60,
  /** The danger band begins above it; food that cools goes down to it. */
  coldC: 8,
  /** A hold is broken only above `hotC` and this. */
  deadbandK: 0.5,
  /** A sensor flaps if more of a hold than this lies in the dead band. */
  flapsShare: 0.1,
};

/** Zones of `Crossings`. */
const [, BAND, EDGE, HOT] = [0, 1, 2, 3];

export function tankBorders({ hotC, coldC, deadbandK }: typeof TANK_PARAMETERS): Borders {
  return defineBorders({
    of: ({ kind }) => kind === "hot-holding-temperature",
    borders: [
      { at: coldC, inclusive: false },
      { at: hotC, inclusive: true },
      { at: hotC + deadbandK, inclusive: false },
    ],
  });
}

/** Plain JSON; times are ms since epoch. */
export interface Tank {
  zone: number;
  /** `false` = silent: nothing is known of it. */
  isKnown: boolean;
  /** Up to here the sums below are counted. */
  at: number;
  /** Begin of the hold below 60 °C; `null` = it is hot enough. */
  coolSince: number | null;
  /** Begin of the stretch below 60 °C without a value in the dead band. */
  lowSince: number | null;
  /** Time of the hold that lies in the dead band, ms. */
  edgeMs: number;
  /** All time ever in the danger band, ms: batches take their own from it. */
  bandMs: number;
  /** `bandMs` when unnamed food began: the tank was hot, or empty. */
  freshAt: number;
  /** In the danger band during the service that began at `servedFrom`, ms. */
  servedMs: number;
  servedFrom: number;
  /** The food was taken out, and none was put in since. */
  isEmpty: boolean;
  /** When food was put in that is not in yet by its values; holds begin after it. */
  filledAt: number;
  /** The due time of the hold that has rung: once is enough. */
  rangFor: number | null;
  value: number;
  began: Cause | null;
  newest: Cause;
  exercise: boolean;
}

export function newTank(crossed: CrossedFinding): Tank {
  return {
    zone: -1,
    isKnown: true,
    at: crossed.time,
    coolSince: null,
    lowSince: null,
    edgeMs: 0,
    bandMs: 0,
    freshAt: 0,
    servedMs: 0,
    servedFrom: 0,
    isEmpty: false,
    filledAt: 0,
    rangFor: null,
    value: crossed.value,
    began: null,
    newest: crossed.because[0]!,
    exercise: crossed.exercise,
  };
}

/** Counts up to `now`; `services` = those that end after the last count. */
export function countTank(tank: Tank, now: number, services: Iterable<{ from: number; to: number }>): void {
  const span = now - tank.at;
  if (span > 0 && tank.isKnown) {
    if (tank.zone === EDGE) tank.edgeMs += span;
    if (tank.zone === BAND) {
      tank.bandMs += span;
      if (!tank.isEmpty) countService(tank, now, services);
    }
  }
  tank.at = Math.max(tank.at, now);
}

function countService(tank: Tank, now: number, services: Iterable<{ from: number; to: number }>): void {
  for (const { from, to } of services) {
    if (from >= now) return;
    if (from !== tank.servedFrom) Object.assign(tank, { servedFrom: from, servedMs: 0 });
    tank.servedMs += Math.max(0, Math.min(to, now) - Math.max(from, tank.at, tank.filledAt));
  }
}

/** The tank is in another zone from now on; it must be counted up to now. */
export function moveTank(tank: Tank, crossed: CrossedFinding): void {
  const { zone, value, time, exercise } = crossed;
  const newest = crossed.because[0]!;
  Object.assign(tank, { zone, value, newest, isKnown: true });
  if (zone === HOT) {
    Object.assign(tank, { coolSince: null, lowSince: null, edgeMs: 0, isEmpty: false, exercise });
    tank.freshAt = tank.bandMs;
  } else if (zone === EDGE) tank.lowSince = null;
  else {
    if (tank.coolSince === null) Object.assign(tank, { coolSince: time, edgeMs: 0, began: newest, exercise });
    tank.lowSince ??= time;
  }
}

/** When the tank will have been too cool for `holdMs` after `from`; `null` = it is not. It must be counted up to now. */
export function holdDue(
  tank: Tank,
  from: number,
  { holdMs, flapsShare }: { readonly holdMs: number; readonly flapsShare: number },
): number | null {
  if (tank.coolSince === null || !tank.isKnown || tank.isEmpty) return null;
  const begun = Math.max(tank.coolSince, tank.filledAt, from);
  const flaps = tank.edgeMs > flapsShare * Math.max(holdMs, tank.at - tank.coolSince);
  if (!flaps) return begun + holdMs;
  return tank.lowSince === null ? null : Math.max(begun, tank.lowSince) + holdMs;
}

/** Whether time counts for the 2 h between 8 and 60 °C just now. */
export function isInBand({ zone, isKnown, isEmpty }: Tank): boolean {
  return zone === BAND && isKnown && !isEmpty;
}
