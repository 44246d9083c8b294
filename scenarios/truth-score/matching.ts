/**
 * Which alert found which incident. The rule:
 *
 * 1. Only what has the same key (code, kitchen, and zone, device, lot, person, … as CONTRACT §4 has it) may belong together.
 * 2. What an incident deserves are *rungs*, what an alert says are *rings* (its raise, each rise). A ring finds a rung if it is
 *    at least as grave and lies in [earliest, latest], give or take `TOLERANCE_MS`. One ring finds one rung.
 * 3. Rings are taken in order of time, each finds the open rung that ends first: with windows and points that leaves the
 *    fewest rungs open. The rungs that are sure come first, then those near a limit.
 * 4. A sure rung that no ring found is *covered* if an alert of its key stood meanwhile, at its level or graver, found an
 *    incident of the key, and may well stand for this one, too: its own trouble was over no longer than `LASTS` ago. Else it is *missed*.
 * 5. An alert that found nothing is a *duplicate* where an incident of its key lasts that has its alert, else *extra*.
 */

import type { Rung } from "../../simulator/truth.ts";
import { isGraver } from "../../twin/alerts/level.ts";
import { DAY_MS, hours, MINUTE_MS } from "../../twin/kernel/time.ts";
import type { AlertLife, Ring } from "./alert-life.ts";
import type { Incident } from "./incident.ts";

export const TOLERANCE_MS = MINUTE_MS;

export type Outcome = "found" | "covered" | "missed" | "unsure";

export interface JudgedRung {
  readonly incident: Incident;
  readonly rung: Rung;
  readonly outcome: Outcome;
  /** The ring that found it. */
  readonly by: { readonly alert: AlertLife; readonly ring: Ring } | null;
}

export interface JudgedAlert {
  readonly alert: AlertLife;
  readonly outcome: "right" | "duplicate" | "extra";
  /** What it found first; `null` = nothing. */
  readonly found: Incident | null;
}

export interface Match {
  readonly rungs: readonly JudgedRung[];
  /** Those that rang; what was suppressed is no alert to anybody. */
  readonly alerts: readonly JudgedAlert[];
}

/** How long an alert stands on when the trouble is over (DOMAIN §5.2, last column); the others: two hours. */
const LASTS: readonly (readonly [codes: RegExp, ms: number])[] = [
  // Until people have put it right.
  [/^(D\d\d|S\d\d|C\d\d|P02|P04|P05|P07|P08|W02|B01|T07|T08)$/, Number.POSITIVE_INFINITY],
  // Until the next meal is clean, the next cycles are valid, the day is over.
  [/^(P01|P03|T05|T06)$/, 2 * DAY_MS],
];
const USUALLY_LASTS_MS = hours(2);

export function lastsMs(code: string): number {
  return LASTS.find(([codes]) => codes.test(code))?.[1] ?? USUALLY_LASTS_MS;
}

/** Rungs that are due after `until` (ms since epoch) may be found, and are not missed. */
export function match(incidents: readonly Incident[], alerts: readonly AlertLife[], until: number): Match {
  const ringing = alerts.filter(({ rings }) => rings.length > 0);
  const [incidentsBy, alertsBy] = [byKey(incidents), byKey(ringing)];
  const judged = [...new Set([...incidentsBy.keys(), ...alertsBy.keys()])].map((key) =>
    matchKey(incidentsBy.get(key) ?? [], alertsBy.get(key) ?? [], until),
  );
  return { rungs: judged.flatMap(({ rungs }) => rungs), alerts: judged.flatMap((one) => one.alerts) };
}

function byKey<T extends { readonly key: string }>(items: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(item.key);
    if (group === undefined) groups.set(item.key, [item]);
    else group.push(item);
  }
  return groups;
}

interface Wanted {
  readonly incident: Incident;
  readonly rung: Rung;
  by: JudgedRung["by"];
}

function matchKey(incidents: readonly Incident[], alerts: readonly AlertLife[], until: number): Match {
  const wanted: Wanted[] = incidents.flatMap((incident) =>
    incident.rungs.map((rung) => ({ incident, rung, by: null })),
  );
  const rings = alerts
    .flatMap((alert) => alert.rings.map((ring) => ({ alert, ring })))
    .sort((a, b) => a.ring.time - b.ring.time);
  const isSure = ({ rung }: Wanted) => rung.sure;
  const spare = findAll(rings, wanted.filter(isSure));
  findAll(
    spare,
    wanted.filter((one) => !isSure(one)),
  );
  const rungs = wanted.map((one): JudgedRung => ({ ...one, outcome: outcomeOf(one, wanted, alerts, until) }));
  return { rungs, alerts: alerts.map((alert) => judgeAlert(alert, rungs)) };
}

type RingOf = { readonly alert: AlertLife; readonly ring: Ring };

/** The rings that found nothing. */
function findAll(rings: readonly RingOf[], wanted: readonly Wanted[]): RingOf[] {
  const open = [...wanted].sort((a, b) => a.rung.latest - b.rung.latest);
  return rings.filter((one) => {
    const found = open.findIndex(({ rung }) => fits(one.ring, rung));
    if (found < 0) return true;
    open[found]!.by = one;
    open.splice(found, 1);
    return false;
  });
}

function fits({ level, time }: Ring, rung: Rung): boolean {
  return (
    !isGraver(rung.level, level) && time >= rung.earliest - TOLERANCE_MS && time <= rung.latest + TOLERANCE_MS
  );
}

function outcomeOf(
  one: Wanted,
  wanted: readonly Wanted[],
  alerts: readonly AlertLife[],
  until: number,
): Outcome {
  const { by, rung } = one;
  if (by !== null) return "found";
  if (!rung.sure || rung.latest + TOLERANCE_MS > until) return "unsure";
  return alerts.some((alert) => covers(alert, one, wanted)) ? "covered" : "missed";
}

function covers(alert: AlertLife, { rung, incident }: Wanted, wanted: readonly Wanted[]): boolean {
  const [first] = alert.rings;
  if (first === undefined || first.time > rung.latest + TOLERANCE_MS || alert.resolvedAt < rung.earliest)
    return false;
  const isGraveEnough = alert.rings.some(
    ({ level, time }) => !isGraver(rung.level, level) && time <= rung.latest + TOLERANCE_MS,
  );
  return (
    isGraveEnough &&
    wanted.some(
      (other) => other.by?.alert === alert && (other.incident === incident || lasts(other, rung.earliest)),
    )
  );
}

/** The trouble of `other`, or the alert about it, may go on at a moment. */
function lasts({ incident }: Wanted, at: number): boolean {
  return (incident.to ?? Number.POSITIVE_INFINITY) + lastsMs(incident.code) >= at;
}

function judgeAlert(alert: AlertLife, rungs: readonly JudgedRung[]): JudgedAlert {
  const found = rungs.find(({ by }) => by?.alert === alert);
  if (found !== undefined) return { alert, outcome: "right", found: found.incident };
  const at = alert.rings[0]?.time ?? 0;
  const isAgain = rungs.some(({ incident, rung, outcome }) => {
    const end = Math.max(incident.to ?? rung.latest, rung.latest);
    return (
      (outcome === "found" || outcome === "covered") &&
      at >= incident.from - TOLERANCE_MS &&
      at <= end + TOLERANCE_MS
    );
  });
  return { alert, outcome: isAgain ? "duplicate" : "extra", found: null };
}
