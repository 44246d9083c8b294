/** The differences of one code: how many of each kind, how far times moved, and the first examples. */
import { formatTime } from "../../twin/kernel/time.ts";
import { type Difference, differencesOf } from "./difference.ts";
import type { Pair } from "./episode-pairs.ts";
import { MinuteSpread } from "./minute-spread.ts";
import type { RungAlert } from "./rung-alert.ts";
import type { CodeReport, DifferenceReport, ExampleSide } from "./shadow-report.ts";

/** Examples of each kind: the earliest. */
const EXAMPLES = 5;

interface Tally {
  count: number;
  readonly spread: MinuteSpread;
  /** In order (`inOrder`). */
  examples: Pair<RungAlert>[];
}

export class CodeTally {
  #live = 0;
  #shadow = 0;
  #same = 0;
  readonly #kinds = new Map<Difference, Tally>();

  add(pair: Pair<RungAlert>): void {
    if (pair.live !== null) this.#live++;
    if (pair.shadow !== null) this.#shadow++;
    const differences = differencesOf(pair);
    if (differences.length === 0) this.#same++;
    for (const { kind, ms } of differences) {
      const tally = this.#of(kind);
      tally.count++;
      if (ms !== null) tally.spread.add(ms);
      keep(tally, pair);
    }
  }

  addAll(other: CodeTally): void {
    this.#live += other.#live;
    this.#shadow += other.#shadow;
    this.#same += other.#same;
    for (const [kind, { count, spread, examples }] of other.#kinds) {
      const tally = this.#of(kind);
      tally.count += count;
      tally.spread.addAll(spread);
      for (const example of examples) keep(tally, example);
    }
  }

  report(): CodeReport {
    const of = (kind: Difference) => reportOf(this.#kinds.get(kind));
    return {
      live: this.#live,
      shadow: this.#shadow,
      same: this.#same,
      more: of("more"),
      fewer: of("fewer"),
      earlier: of("earlier"),
      later: of("later"),
      higher: of("higher"),
      lower: of("lower"),
      roseEarlier: of("roseEarlier"),
      roseLater: of("roseLater"),
    };
  }

  #of(kind: Difference): Tally {
    const known = this.#kinds.get(kind);
    if (known !== undefined) return known;
    const tally: Tally = { count: 0, spread: new MinuteSpread(), examples: [] };
    this.#kinds.set(kind, tally);
    return tally;
  }
}

function keep(tally: Tally, pair: Pair<RungAlert>): void {
  tally.examples = [...tally.examples, pair].sort(inOrder).slice(0, EXAMPLES);
}

function inOrder(a: Pair<RungAlert>, b: Pair<RungAlert>): number {
  const [first, second] = [beginOf(a), beginOf(b)];
  if (first !== second) return first - second;
  const [nameA, nameB] = [nameOf(a), nameOf(b)];
  return nameA < nameB ? -1 : nameA > nameB ? 1 : 0;
}

function beginOf({ live, shadow }: Pair<RungAlert>): number {
  return Math.min(live?.raisedAt ?? Number.POSITIVE_INFINITY, shadow?.raisedAt ?? Number.POSITIVE_INFINITY);
}

function nameOf({ live, shadow }: Pair<RungAlert>): string {
  const { kitchen = null, asset = null } = live ?? shadow ?? {};
  return `${kitchen ?? ""}|${asset ?? ""}|${live?.alert ?? ""}|${shadow?.alert ?? ""}`;
}

function reportOf(tally: Tally | undefined): DifferenceReport {
  return {
    count: tally?.count ?? 0,
    minutes: tally?.spread.minutes ?? null,
    examples: (tally?.examples ?? []).map(({ live, shadow }) => ({
      kitchen: live?.kitchen ?? shadow?.kitchen ?? null,
      asset: live?.asset ?? shadow?.asset ?? null,
      live: sideOf(live),
      shadow: sideOf(shadow),
    })),
  };
}

function sideOf(alert: RungAlert | null): ExampleSide | null {
  if (alert === null) return null;
  const { raisedAt, levelAt, level, because } = alert;
  return { raisedAt: formatTime(raisedAt), level, levelAt: formatTime(levelAt), because: [...because] };
}
