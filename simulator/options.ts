/** The command line of `npm run simulate`: texts in, checked options or a sentence about what is wrong out. */
import { KITCHENS_MAX } from "../twin/city/generated-city.ts";
import { PRESETS, type Preset } from "../twin/city/sensor-profiles.ts";
import { HOUR_MS, parseTime } from "../twin/kernel/time.ts";
import { NOISE_NAMES, type NoiseLevel } from "./noise.ts";

export const DEFAULT_FROM = "2026-06-01T00:00:00+08:00";
const HOURS_MAX = 366 * 24;

export const USAGE = `Usage: npm run simulate -- --hours H --out FILE.jsonl[.gz] [options]

Writes what the kitchens of the virtual city say as CloudEvents, one per line, in order of arrival.
Same arguments, same bytes, on every machine and runtime.

  --hours H          how long, more than 0 and up to ${HOURS_MAX}; required
  --out FILE         where to; packed if it ends in .gz; required
  --kitchens N       size of the city, 1 to ${KITCHENS_MAX} (default: all 11,266)
  --preset P         baseline or full: how many sensors (default: full)
  --seed S           chance, a whole number from 0 (default: 1)
  --from TIME        where time begins, RFC 3339 with zone (default: ${DEFAULT_FROM})
  --noise LEVEL      low, normal or high: noise of sensors and network, false hits of cameras (default: normal)
  --truth FILE       also write what really went wrong, one record per line
  --registry FILE    also write the registry of the city, for "replay --registry"
  --help             this text

Exit codes: 0 done, 2 bad usage, or a file that cannot be written.`;

/** The names as `parseArgs` gives them. */
export interface RawOptions {
  readonly hours?: string | undefined;
  readonly out?: string | undefined;
  readonly kitchens?: string | undefined;
  readonly preset?: string | undefined;
  readonly seed?: string | undefined;
  readonly from?: string | undefined;
  readonly noise?: string | undefined;
  readonly truth?: string | undefined;
  readonly registry?: string | undefined;
}

export interface SimulateOptions {
  readonly durationMs: number;
  readonly out: string;
  /** `null` = the full city. */
  readonly kitchens: number | null;
  readonly preset: Preset;
  readonly seed: number;
  /** ms since epoch. */
  readonly from: number;
  readonly noise: NoiseLevel;
  readonly truth: string | null;
  readonly registry: string | null;
}

export type ReadOptions =
  | { readonly ok: true; readonly options: SimulateOptions }
  | { readonly ok: false; readonly reason: string };

/** `--seed -1` as `--seed=-1`: a number is no option, so that the complaint can be about the number. */
export function joinNegatives(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const last = joined.at(-1);
    if (/^-\d/.test(arg) && last !== undefined && /^--[a-z]+$/.test(last))
      joined[joined.length - 1] = `${last}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}

export function readOptions(raw: RawOptions): ReadOptions {
  const hours = numberOf(raw.hours);
  if (!(hours > 0 && hours <= HOURS_MAX)) {
    return wrong("hours", raw.hours, `a number above 0, at most ${HOURS_MAX}`);
  }
  if (raw.out === undefined || raw.out === "") return wrong("out", raw.out, "the name of a file");
  const kitchens = raw.kitchens === undefined ? null : numberOf(raw.kitchens);
  if (kitchens !== null && !isWhole(kitchens, 1, KITCHENS_MAX)) {
    return wrong("kitchens", raw.kitchens, `a whole number from 1 to ${KITCHENS_MAX}`);
  }
  const preset = PRESETS.find((known) => known === (raw.preset ?? "full"));
  if (preset === undefined) return wrong("preset", raw.preset, PRESETS.join(" or "));
  const seed = numberOf(raw.seed ?? "1");
  if (!isWhole(seed, 0, 4_294_967_295)) return wrong("seed", raw.seed, "a whole number from 0 to 4294967295");
  const from = parseTime(raw.from ?? DEFAULT_FROM);
  if (Number.isNaN(from)) return wrong("from", raw.from, "a time such as 2026-06-01T00:00:00+08:00");
  const noise = NOISE_NAMES.find((known) => known === (raw.noise ?? "normal"));
  if (noise === undefined) return wrong("noise", raw.noise, NOISE_NAMES.join(", "));
  return {
    ok: true,
    options: {
      durationMs: Math.round(hours * HOUR_MS),
      out: raw.out,
      kitchens,
      preset,
      seed,
      from,
      noise,
      truth: raw.truth ?? null,
      registry: raw.registry ?? null,
    },
  };
}

function numberOf(text: string | undefined): number {
  return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

function isWhole(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

function wrong(option: string, given: string | undefined, wanted: string): ReadOptions {
  const what = given === undefined ? "is missing" : `is ${JSON.stringify(given)}`;
  return { ok: false, reason: `--${option} ${what}; expected ${wanted}` };
}
