/** In what the alert of the shadow rules differs from that of the live rules; one pair may differ in several ways. */
import { isGraver } from "../../twin/alerts/level.ts";
import type { Pair } from "./episode-pairs.ts";
import type { RungAlert } from "./rung-alert.ts";

/**
 * `more`: only in shadow. `fewer`: only live. `earlier`, `later`: `raisedAt` has moved. `higher`, `lower`: another level (the
 * gravest that each has reached). `roseEarlier`, `roseLater`: the same level, to which at least one of them rose after it was
 * raised, reached at another time.
 */
export type Difference =
  | "more"
  | "fewer"
  | "earlier"
  | "later"
  | "higher"
  | "lower"
  | "roseEarlier"
  | "roseLater";

/** By how much, ms from 0; `null` = not a matter of time. */
export interface Differing {
  readonly kind: Difference;
  readonly ms: number | null;
}

/** Empty = the same. */
export function differencesOf({ live, shadow }: Pair<RungAlert>): Differing[] {
  if (live === null) return [{ kind: "more", ms: null }];
  if (shadow === null) return [{ kind: "fewer", ms: null }];
  return [
    ...moved(shadow.raisedAt - live.raisedAt, "earlier", "later"),
    ...levelled(live, shadow),
    ...(live.level === shadow.level && (hasRisen(live) || hasRisen(shadow))
      ? moved(shadow.levelAt - live.levelAt, "roseEarlier", "roseLater")
      : []),
  ];
}

function moved(ms: number, before: Difference, after: Difference): Differing[] {
  return ms === 0 ? [] : [{ kind: ms < 0 ? before : after, ms: Math.abs(ms) }];
}

function levelled(live: RungAlert, shadow: RungAlert): Differing[] {
  if (live.level === shadow.level) return [];
  return [{ kind: isGraver(shadow.level, live.level) ? "higher" : "lower", ms: null }];
}

function hasRisen({ levelAt, raisedAt }: RungAlert): boolean {
  return levelAt > raisedAt;
}
