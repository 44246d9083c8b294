/**
 * An alert is one episode of one condition (CONTRACT §4): key = code + kitchen (or area) + asset; its id is a function
 * of the key and of the episode's number, so it is the same for any input order, partitioning or replay.
 */
import type { Level } from "../events/fields.ts";
import type { Alert, Bilingual, Cause } from "../events/output-events.ts";
import { hashHex } from "../kernel/hash.ts";
import { formatTime } from "../kernel/time.ts";

export type EpisodeState = "firing" | "resolved" | "suppressed";
export type EpisodeReason = NonNullable<Alert["reason"]>;

/** Plain JSON, replaced and never changed in place. Times are ms since epoch. */
export interface Episode {
  readonly key: string;
  readonly number: number;
  readonly case: string;
  /** Number of the episode that opened the case. */
  readonly caseSince: number;
  readonly code: string;
  readonly rule: string;
  /** The pack (`name@version`) that judged it at its present level. */
  readonly policy: string;
  readonly asset: string | null;
  readonly level: Level;
  readonly state: EpisodeState;
  readonly raisedAt: number;
  readonly levelAt: number;
  readonly resolvedAt: number | null;
  readonly reason: EpisodeReason | null;
  readonly lead: boolean;
  readonly retro: boolean;
  readonly delayed: boolean;
  readonly exercise: boolean;
  readonly title: Bilingual;
  readonly legalBasis: readonly string[];
  readonly value: { readonly number: number; readonly unit: string } | null;
  readonly because: readonly Cause[];
  readonly parent: string | null;
  readonly suppressedBy: string | null;
  /** A record that proves the remedy was filed in this episode, ms since epoch. */
  readonly recordAt: number | null;
}

/** The dedup key; `place` is the kitchen id, or "" where the alert belongs to no one kitchen. */
export function episodeKey(code: string, place: string, asset: string | null): string {
  return `${code}|${place}|${asset ?? ""}`;
}

export function alertId(key: string, episode: number): string {
  return `A-${key.slice(0, key.indexOf("|"))}-${hashHex(`${key}#${episode}`)}`;
}

export function caseId(key: string, firstEpisode: number): string {
  return `C-${key.slice(0, key.indexOf("|"))}-${hashHex(`case ${key}#${firstEpisode}`)}`;
}

/** Whether the condition still holds (firing or muted). */
export function isOpen(episode: Episode | undefined): episode is Episode {
  return episode !== undefined && episode.state !== "resolved";
}

/** The alert as it stands, in the words of the contract. */
export function alertOf(episode: Episode, kitchen: string | null): Alert {
  return {
    alert: alertId(episode.key, episode.number),
    case: episode.case,
    code: episode.code,
    level: episode.level,
    kitchen,
    asset: episode.asset,
    state: episode.state,
    raisedAt: formatTime(episode.raisedAt),
    levelAt: formatTime(episode.levelAt),
    resolvedAt: episode.resolvedAt === null ? null : formatTime(episode.resolvedAt),
    reason: episode.reason,
    lead: episode.lead,
    retro: episode.retro,
    delayed: episode.delayed,
    exercise: episode.exercise,
    title: { ...episode.title },
    value: episode.value === null ? null : { ...episode.value },
    rule: episode.rule,
    policy: episode.policy,
    legalBasis: [...episode.legalBasis],
    because: [...episode.because],
    parent: episode.parent,
    suppressedBy: episode.suppressedBy,
  };
}
