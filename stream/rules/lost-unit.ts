/** Whether a mobile unit can be heard (B02): by its GPS, or by all of its devices that report by themselves. */
import type { City } from "../../twin/city/city.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import type { HeardFinding, SilentFinding } from "../detectors/finding.ts";
import { outageOf } from "../facts.ts";
import type { RuleContext } from "./rule.ts";

interface Silence {
  /** Last message, ms since epoch. */
  readonly since: number;
  /** When it was heard again, ms since epoch: a stored message speaks when it is received. `null` = not yet. */
  backAt: number | null;
  readonly because: readonly Cause[];
  readonly exercise: boolean;
}

/** Ordinal of a device -> its silence. A GPS that was heard at least once is always in it: `null` = it is heard. */
export type Connections = Record<string, Silence | null>;

export const connectionsOf = (): Connections => ({});

export function noteSilent(connections: Connections, finding: SilentFinding, context: RuleContext): void {
  const { device, since, because, exercise } = finding;
  connections[device] = { since, backAt: null, because, exercise };
  context.cancelTimer(`back ${device}`);
}

/** Returns when the device is back: a time yet to come if what it says was stored and pushed then. */
export function noteHeard(
  connections: Connections,
  { device, receivedAt }: HeardFinding,
  { now, city }: RuleContext,
): number {
  const backAt = Math.max(now, receivedAt ?? now);
  const silence = connections[device];
  if (silence == null || backAt === now) endSilence(connections, device, city);
  else silence.backAt = backAt;
  return silence == null ? now : backAt;
}

/** The moment at which the device is back has come. */
export function settleBack(connections: Connections, device: number, { now, city }: RuleContext): void {
  const silence = connections[device];
  if (silence?.backAt != null && silence.backAt <= now) endSilence(connections, device, city);
}

function endSilence(connections: Connections, device: number, city: City): void {
  if (isGps(city, device)) connections[device] = null;
  else delete connections[device];
}

export function isGps({ devices }: City, device: number): boolean {
  return devices[device]?.kind === "gps";
}

/** Since when the unit has not been heard; `null` = it is heard, never was, or an outage of its area explains it. */
export function lostSince(connections: Connections, { city, facts }: RuleContext) {
  const known = Object.entries(connections);
  const isExplained = known.some(
    ([device, silence]) => silence !== null && outageOf(facts, Number(device)) !== null,
  );
  const byGps = known.filter(([device]) => isGps(city, Number(device)));
  const silences = known.flatMap(([, silence]) => silence ?? []);
  const isAllSilent = silences.length === facts.heard;
  const isGpsSilent = byGps.length > 0 && byGps.every(([, silence]) => silence !== null);
  if (facts.heard === 0 || isExplained || !(isAllSilent || isGpsSilent)) return null;
  const lost = isAllSilent ? silences : byGps.flatMap(([, silence]) => silence ?? []);
  const last = lost.reduce((a, b) => (b.since > a.since ? b : a));
  return {
    since: last.since,
    because: lost.flatMap(({ because }) => because),
    exercise: lost.some(({ exercise }) => exercise),
  };
}
