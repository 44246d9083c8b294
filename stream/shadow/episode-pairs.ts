/**
 * Which alert of the live rules and which of the shadow rules are about the same thing. Both have one key (code, kitchen or
 * area, asset), and
 * - their spans overlap, or
 * - they were raised at most `PAIR_WINDOW_MS` apart.
 * One to one: those that overlap first, then those raised nearest to each other, then the earliest. What finds no partner is
 * one side's alone. Episode numbers and ids say nothing here: where one side rings more often, they mean other episodes.
 */
import { hours } from "../../twin/kernel/time.ts";

/** A hold or a stretch that is reckoned otherwise moves an alert by less; the next meal is further away. */
export const PAIR_WINDOW_MS = hours(2);

/** A life of a condition, ms since epoch. */
export interface Span {
  readonly raisedAt: number;
  /** `null` = it goes on. */
  readonly endedAt: number | null;
}

export interface Pair<T> {
  readonly live: T | null;
  readonly shadow: T | null;
}

interface Candidate<T> {
  readonly live: T;
  readonly shadow: T;
  readonly overlaps: boolean;
  readonly distance: number;
}

/** Pairs what has one key: every element of both lists stands in exactly one pair. In order of `live`, then of `shadow`. */
export function pairEpisodes<T extends Span>(live: readonly T[], shadow: readonly T[]): Pair<T>[] {
  const partnerOf = new Map<T, T>();
  const taken = new Set<T>();
  for (const candidate of candidatesOf(live, shadow)) {
    if (partnerOf.has(candidate.live) || taken.has(candidate.shadow)) continue;
    partnerOf.set(candidate.live, candidate.shadow);
    taken.add(candidate.shadow);
  }
  return [
    ...live.map((one) => ({ live: one, shadow: partnerOf.get(one) ?? null })),
    ...shadow.filter((one) => !taken.has(one)).map((one) => ({ live: null, shadow: one })),
  ];
}

/** Best first. */
function candidatesOf<T extends Span>(live: readonly T[], shadow: readonly T[]): Candidate<T>[] {
  const candidates = live.flatMap((one) =>
    shadow.flatMap((other): Candidate<T>[] => {
      const overlaps = one.raisedAt <= endOf(other) && other.raisedAt <= endOf(one);
      const distance = Math.abs(one.raisedAt - other.raisedAt);
      return overlaps || distance <= PAIR_WINDOW_MS ? [{ live: one, shadow: other, overlaps, distance }] : [];
    }),
  );
  return candidates.sort(
    (a, b) =>
      Number(b.overlaps) - Number(a.overlaps) ||
      a.distance - b.distance ||
      a.live.raisedAt - b.live.raisedAt ||
      a.shadow.raisedAt - b.shadow.raisedAt,
  );
}

function endOf({ endedAt }: Span): number {
  return endedAt ?? Number.POSITIVE_INFINITY;
}
