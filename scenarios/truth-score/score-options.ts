/** The command line of `npm run score`: texts in, checked options or a sentence about what is wrong out. */
import { NOISE_NAMES, type NoiseLevel } from "../../simulator/noise.ts";
import { KITCHENS_MAX } from "../../twin/city/generated-city.ts";
import { PRESETS, type Preset } from "../../twin/city/sensor-profiles.ts";
import { parseTime } from "../../twin/kernel/time.ts";

export const DEFAULT_BASELINE = "scenarios/truth-score/baseline.json";
const DEFAULTS = {
  days: "7",
  kitchens: "400",
  preset: "baseline",
  noise: "normal",
  seed: "1",
  from: "2026-06-01T00:00:00+08:00",
};
const DAYS_MAX = 366;

export const USAGE = `Usage: npm run score [-- options]

Simulates a stretch of the city, runs it through the whole program, and holds what rang against what really went wrong:
recall, precision, delay, alerts said twice, time to close, per alert code. How alerts and incidents are matched:
scenarios/README.md. Gates: all of L1 and L2 found, 98 % of L3 and L4, nothing extra, no bystander's index moved.

  --days D          how long, 1 to ${DAYS_MAX} (default: ${DEFAULTS.days})
  --kitchens N      size of the city, 1 to ${KITCHENS_MAX}, or all (default: ${DEFAULTS.kitchens})
  --preset P        baseline or full: how many sensors (default: ${DEFAULTS.preset})
  --noise LEVEL     low, normal, high or all: of sensors and network, false hits of cameras (default: ${DEFAULTS.noise})
  --seed S          chance, a whole number from 0 (default: ${DEFAULTS.seed})
  --from TIME       where time begins, RFC 3339 with zone (default: ${DEFAULTS.from})
  --no-people       nobody acts on the cases: only the system closes some
  --json FILE       write the scores, as the baseline has them
  --report FILE     write them as tables in Markdown
  --baseline FILE   compare with these (default: ${DEFAULT_BASELINE}, if it is of the same run)
  --update          write the baseline anew, for review
  --help            this text

Exit codes: 0 all gates hold and no recall fell, 1 not so, 2 bad usage, or a file that cannot be read or written.`;

/** The names as `parseArgs` gives them. */
export interface RawScoreOptions {
  readonly days?: string | undefined;
  readonly kitchens?: string | undefined;
  readonly preset?: string | undefined;
  readonly noise?: string | undefined;
  readonly seed?: string | undefined;
  readonly from?: string | undefined;
  readonly "no-people"?: boolean | undefined;
  readonly json?: string | undefined;
  readonly report?: string | undefined;
  readonly baseline?: string | undefined;
  readonly update?: boolean | undefined;
}

export interface ScoreOptions {
  readonly days: number;
  /** `null` = all. */
  readonly kitchens: number | null;
  readonly preset: Preset;
  readonly noise: readonly NoiseLevel[];
  readonly seed: number;
  /** ms since epoch. */
  readonly from: number;
  readonly people: boolean;
  readonly json: string | null;
  readonly report: string | null;
  readonly baseline: string;
  /** Somebody named it: then it has to be there, and of this run. */
  readonly isNamed: boolean;
  readonly update: boolean;
}

export function readScoreOptions(raw: RawScoreOptions): ScoreOptions | { readonly wrong: string } {
  const text = { ...DEFAULTS, ...given(raw) };
  const days = whole(text.days, 1, DAYS_MAX);
  if (days === null) return wrong("days", text.days, `a whole number from 1 to ${DAYS_MAX}`);
  const kitchens = text.kitchens === "all" ? "all" : whole(text.kitchens, 1, KITCHENS_MAX);
  if (kitchens === null)
    return wrong("kitchens", text.kitchens, `a whole number from 1 to ${KITCHENS_MAX}, or all`);
  const preset = PRESETS.find((known) => known === text.preset);
  if (preset === undefined) return wrong("preset", text.preset, PRESETS.join(" or "));
  const noise = NOISE_NAMES.filter((name) => text.noise === "all" || name === text.noise);
  if (noise.length === 0) return wrong("noise", text.noise, `${NOISE_NAMES.join(", ")} or all`);
  const seed = whole(text.seed, 0, 4_294_967_295);
  if (seed === null) return wrong("seed", text.seed, "a whole number from 0 to 4294967295");
  const from = parseTime(text.from);
  if (Number.isNaN(from)) return wrong("from", text.from, `a time such as ${DEFAULTS.from}`);
  return {
    days,
    kitchens: kitchens === "all" ? null : kitchens,
    preset,
    noise,
    seed,
    from,
    people: raw["no-people"] !== true,
    json: raw.json ?? null,
    report: raw.report ?? null,
    baseline: raw.baseline ?? DEFAULT_BASELINE,
    isNamed: raw.baseline !== undefined,
    update: raw.update === true,
  };
}

function given({ days, kitchens, preset, noise, seed, from }: RawScoreOptions): Partial<typeof DEFAULTS> {
  const texts = { days, kitchens, preset, noise, seed, from };
  return Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined));
}

function whole(text: string, least: number, most: number): number | null {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : null;
}

function wrong(option: string, value: string, wanted: string): { readonly wrong: string } {
  return { wrong: `--${option} is ${JSON.stringify(value)}; expected ${wanted}` };
}
