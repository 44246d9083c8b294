/** `npm run score`: what rang, held against what really went wrong. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { parseArgs } from "node:util";
import type { NoiseLevel } from "../../simulator/noise.ts";
import { DAY_MS, formatTime } from "../../twin/kernel/time.ts";
import { type Baseline, compare, isSameRun, type RunOf } from "./baseline.ts";
import { brokenGates } from "./gates.ts";
import { type Score, scoreOf } from "./score.ts";
import { type RawScoreOptions, readScoreOptions, type ScoreOptions, USAGE } from "./score-options.ts";
import { scoreMarkdown, scoreTable } from "./score-table.ts";
import { simulatedWeek } from "./simulated-week.ts";

const EXIT_UNMET = 1;
const EXIT_BAD = 2;

function main(argv: readonly string[]): number {
  let raw: RawScoreOptions & { readonly help?: boolean | undefined };
  try {
    const [text, flag] = [{ type: "string" }, { type: "boolean" }] as const;
    const options = {
      ...{ days: text, kitchens: text, preset: text, noise: text, seed: text, from: text },
      ...{ json: text, report: text, baseline: text, "no-people": flag, update: flag, help: flag },
    };
    raw = parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    return complain(error);
  }
  if (raw.help === true) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const options = readScoreOptions(raw);
  if ("wrong" in options) return complain(options.wrong);
  try {
    return score(options);
  } catch (error) {
    return complain(error);
  }
}

function score(options: ScoreOptions): number {
  const { preset, kitchens, days, seed, people } = options;
  const of: RunOf = { preset, kitchens, days, seed, from: formatTime(options.from), people };
  const baseline = readBaseline(options, of);
  const scores: Partial<Record<NoiseLevel, Score>> = {};
  let isMet = true;
  for (const noise of options.noise) {
    const result = scored(options, noise);
    scores[noise] = result;
    process.stdout.write(`${titleOf(of, noise)}\n\n${scoreTable(result)}\n`);
    for (const fault of result.faults) process.stdout.write(`  ${fault}\n`);
    const hasFallen = !options.update && tellDifference(baseline?.scores[noise], result);
    isMet &&= !hasFallen && brokenGates(result).length === 0;
    process.stdout.write("\n");
  }
  write(options, { of, scores }, baseline);
  return isMet ? 0 : EXIT_UNMET;
}

function titleOf({ preset, kitchens, days, seed }: RunOf, noise: NoiseLevel): string {
  return `${kitchens ?? "all"} kitchens, ${days} days, ${preset}, seed ${seed}, ${noise} noise`;
}

/** One run; a line of progress on stderr each simulated day. */
function scored({ preset, kitchens, days, seed, from, people }: ScoreOptions, noise: NoiseLevel): Score {
  const begun = performance.now();
  const week = simulatedWeek({ preset, kitchens, days, seed, from, people, noise });
  let step = week.next();
  while (step.done !== true) {
    if ((step.value - from) % DAY_MS === 0) {
      const spent = Math.round((performance.now() - begun) / 1_000);
      process.stderr.write(`score: ${noise}, day ${(step.value - from) / DAY_MS} of ${days}, ${spent} s\n`);
    }
    step = week.next();
  }
  return scoreOf(step.value);
}

/** `null` = there is none of this run. */
function readBaseline({ baseline: file, isNamed, update }: ScoreOptions, of: RunOf): Baseline | null {
  if (!existsSync(file)) {
    if (isNamed && !update) throw new Error(`there is no baseline ${file}`);
    return null;
  }
  const read: Baseline = JSON.parse(readFileSync(file, "utf8"));
  if (isSameRun(read.of, of)) return read;
  process.stderr.write(`score: ${file} is of another run (${titleOf(read.of, "normal")}): not compared\n`);
  return null;
}

/** Whether a recall fell. */
function tellDifference(before: Score | undefined, after: Score): boolean {
  if (before === undefined) return false;
  const { worse, better, fallen } = compare(before, after);
  const lines = [...worse.map((text) => `worse: ${text}`), ...better.map((text) => `better: ${text}`)];
  process.stdout.write(lines.length === 0 ? "as the baseline\n" : `${lines.join("\n")}\n`);
  return fallen.length > 0;
}

/** What is updated keeps the scores of the noise levels that were not run. */
function write(
  { json, report, baseline: file, update }: ScoreOptions,
  run: Baseline,
  known: Baseline | null,
): void {
  const text = (baseline: Baseline) => `${JSON.stringify(baseline, null, 2)}\n`;
  if (json !== null) writeFileSync(json, text(run));
  if (update) writeFileSync(file, text({ of: run.of, scores: { ...known?.scores, ...run.scores } }));
  if (report === null) return;
  const tables = Object.entries(run.scores).map(
    ([noise, score]) => `## Noise: ${noise}\n\n${scoreMarkdown(score)}\n`,
  );
  writeFileSync(
    report,
    `# Truth score: ${titleOf(run.of, "normal").replace(/, normal noise$/, "")}\n\n${tables.join("\n")}`,
  );
}

function complain(error: unknown): number {
  process.stderr.write(
    `score: ${error instanceof Error ? error.message : error}\nTry: npm run score -- --help\n`,
  );
  return EXIT_BAD;
}

process.exitCode = main(process.argv.slice(2));
