/**
 * 食品安全普法: what the law asks, in the words of the rules that watch it: for anybody to read, and for a unit those first
 * that its own alerts of the last month are about.
 */
import { DAY_MS } from "../../../twin/kernel/time.ts";
import type { CityFold } from "../../fold.ts";
import { RULES } from "../../rules/catalogue.ts";
import { CITY_RULES } from "../../second-stage/catalogue.ts";
import type { Provision } from "../../server/city-duty-answers.ts";

const RECENT_MS = 30 * DAY_MS;

/** One per code, in order of the catalogue. */
const PROVISIONS: ReadonlyMap<string, Provision> = new Map(
  [...RULES, ...CITY_RULES]
    .map(({ code, title, legalBasis, validFrom }): [string, Provision] => [
      code,
      { code, title, legalBasis: [...legalBasis], validFrom },
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);

export function lawLibrary(): Provision[] {
  return [...PROVISIONS.values()];
}

/** What a kitchen should read: the newest trouble first. */
export function readingFor(fold: CityFold, index: number): Provision[] {
  const since = fold.now - RECENT_MS;
  const codes = Object.values(fold.kitchen(index).episodes)
    .filter(({ state, raisedAt, resolvedAt }) => state !== "suppressed" && (resolvedAt ?? raisedAt) >= since)
    .sort((a, b) => b.raisedAt - a.raisedAt)
    .map(({ code }) => code);
  return [...new Set(codes)].flatMap((code) => PROVISIONS.get(code) ?? []);
}
