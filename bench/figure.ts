/** What a benchmark says: figures, each held against something it can be compared with. */

export interface Figure {
  readonly name: string;
  /** In `unit`; the median where several runs were made. */
  readonly value: number;
  readonly unit: string;
  /** How many times better than `against`: 2 = twice as good, below 1 = worse. `null` = nothing to compare with. */
  readonly ratio: number | null;
  /** What the ratio compares with: a budget of DESIGN §8, or another way measured in the same run. */
  readonly against: string | null;
}

/** A table that explains figures, shown to people only. */
export interface Note {
  readonly title: string;
  readonly lines: readonly string[];
}

export interface Told {
  readonly figures: readonly Figure[];
  readonly notes?: readonly Note[];
}

/** What `npm run bench` was asked for; each benchmark has its own default where a value is `null`. */
export interface BenchOptions {
  readonly hours: number | null;
  /** The same in days, where a benchmark runs for days. */
  readonly days: number | null;
  readonly kitchens: number | null;
  readonly runs: number | null;
  readonly seed: number;
}

export interface Benchmark {
  readonly name: string;
  /** One line: what is measured. */
  readonly about: string;
  readonly run: (options: BenchOptions) => Promise<Told>;
}

export const defineBenchmark = (benchmark: Benchmark): Benchmark => benchmark;

/** A figure of which less is better, held against a budget in the same unit. */
export function cost(name: string, value: number, unit: string, budget: number | null): Figure {
  const told = { name, value, unit };
  return budget === null
    ? { ...told, ratio: null, against: null }
    : { ...told, ratio: budget / value, against: `at most ${budget} ${unit}` };
}

/** A figure of which more is better, held against a budget in the same unit. */
export function rate(name: string, value: number, unit: string, budget: number | null): Figure {
  const told = { name, value, unit };
  return budget === null
    ? { ...told, ratio: null, against: null }
    : { ...told, ratio: value / budget, against: `at least ${budget} ${unit}` };
}

/** A figure as people read it. */
export function figureRow({ name, value, unit, ratio, against }: Figure): string {
  const told = `  ${name.padEnd(28)}${shown(value).padStart(12)} ${unit}`;
  return ratio === null ? told : `${told.padEnd(68)} ${shown(ratio)} x ${against}`;
}

function shown(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en", { maximumFractionDigits: digits, minimumFractionDigits: digits });
}
