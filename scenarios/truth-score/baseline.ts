/**
 * The reviewed baseline: scores of a run that somebody looked at, kept as a file. A change is held against it, code by
 * code; what is worse is named, what is better too, and a recall that falls fails.
 */
import type { NoiseLevel } from "../../simulator/noise.ts";
import type { Preset } from "../../twin/city/sensor-profiles.ts";
import { percent } from "./gates.ts";
import type { CodeScore, Score } from "./score.ts";
import { span } from "./score-table.ts";

/** What a run was of; only runs of the same can be compared. */
export interface RunOf {
  readonly preset: Preset;
  /** `null` = all. */
  readonly kitchens: number | null;
  readonly days: number;
  readonly seed: number;
  /** RFC 3339. */
  readonly from: string;
  readonly people: boolean;
}

export interface Baseline {
  readonly of: RunOf;
  readonly scores: Readonly<Partial<Record<NoiseLevel, Score>>>;
}

export interface Difference {
  readonly worse: readonly string[];
  readonly better: readonly string[];
  /** Of those worse: a recall that fell. */
  readonly fallen: readonly string[];
}

export function isSameRun(a: RunOf, b: RunOf): boolean {
  return (
    a.preset === b.preset &&
    a.kitchens === b.kitchens &&
    a.days === b.days &&
    a.seed === b.seed &&
    a.from === b.from &&
    a.people === b.people
  );
}

/** Delays that differ by less are the same. */
const DELAY_SLACK_MS = 1_000;

export function compare(before: Score, after: Score): Difference {
  const worse: string[] = [];
  const better: string[] = [];
  const fallen: string[] = [];
  const say = (isWorse: boolean, text: string) => (isWorse ? worse : better).push(text);
  const known = new Map(before.codes.map((score) => [score.code, score]));
  const codes = [...new Set([...known.keys(), ...after.codes.map(({ code }) => code)])].sort();
  for (const code of codes) {
    const [old, now] = [known.get(code), after.codes.find((score) => score.code === code)];
    if (old === undefined || now === undefined) {
      say(now === undefined, `${code}: ${now === undefined ? "gone" : "new"}`);
      continue;
    }
    if (now.recall !== null && old.recall !== null && now.recall < old.recall)
      fallen.push(`${code}: recall ${percent(old.recall)} to ${percent(now.recall)}`);
    for (const [isWorse, text] of changes(old, now)) say(isWorse, `${code}: ${text}`);
  }
  return { worse: [...fallen, ...worse], better, fallen };
}

function changes(old: CodeScore, now: CodeScore): [isWorse: boolean, text: string][] {
  const found: [boolean, string][] = [];
  const share = (name: string, a: number | null, b: number | null) => {
    if (a !== null && b !== null && a !== b) found.push([b < a, `${name} ${percent(a)} to ${percent(b)}`]);
  };
  const count = (name: string, a: number, b: number) => {
    if (a !== b) found.push([b > a, `${name} ${a} to ${b}`]);
  };
  if (now.recall !== null && old.recall !== null && now.recall > old.recall)
    share("recall", old.recall, now.recall);
  share("precision", old.precision, now.precision);
  count("extra", old.extra, now.extra);
  count("twice", old.duplicates, now.duplicates);
  const [a, b] = [old.delayMedianMs, now.delayMedianMs];
  if (a !== null && b !== null && Math.abs(a - b) > DELAY_SLACK_MS)
    found.push([b > a, `median delay ${span(a)} to ${span(b)}`]);
  return found;
}
