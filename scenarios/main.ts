/** `npm run scenario`: tells stories of the catalogue and reports what came of them (README.md). */
import { writeFileSync } from "node:fs";
import process from "node:process";
import { type Chapter, chapterOf, htmlReport } from "./report/html-report.ts";
import { junitXml } from "./report/junit.ts";
import { resultTable } from "./report/result-table.ts";
import { seedTable } from "./report/seed-table.ts";
import { type RunOptions, readRunOptions, USAGE } from "./runner/run-options.ts";
import { ALL, tellStories } from "./runner/tell-stories.ts";
import { passed, type ScenarioRun } from "./scenario-run.ts";
import { faultsOf } from "./verdict.ts";

const EXIT_UNMET = 1;
const EXIT_BAD = 2;

async function main(argv: readonly string[]): Promise<number> {
  const asked = readRunOptions(
    argv,
    ALL.map(({ name }) => name),
  );
  if (asked === "help") return say(USAGE);
  if (asked === "list")
    return say(`${ALL.map(({ name, title }) => `${name.padEnd(27)}${title.en}`).join("\n")}\n`);
  if ("wrong" in asked) return complain(asked.wrong);
  return tell(asked);
}

async function tell(options: RunOptions): Promise<number> {
  const runs: ScenarioRun[] = [];
  const chapters: Chapter[] = [];
  for await (const run of tellStories(options)) {
    if (options.html !== null) chapters.push(chapterOf(run));
    // What was told is large, and not needed any more.
    runs.push({ ...run, story: null });
  }
  for (const fault of runs.flatMap(faultsIn)) process.stdout.write(`${fault}\n`);
  process.stdout.write(`\n${options.multiSeed === null ? resultTable(runs) : seedTable(runs)}\n`);
  if (options.junit !== null) writeFileSync(options.junit, junitXml(runs));
  if (options.html !== null) writeFileSync(options.html, htmlReport(chapters));
  return runs.every(({ ways }) => ways.every(passed)) ? 0 : EXIT_UNMET;
}

/** What was not as expected, each with what was wanted and seen. */
function faultsIn({ scenario, ways }: ScenarioRun): string[] {
  return ways.flatMap(({ way, verdicts, violations }) => [
    ...verdicts.flatMap((verdict) => {
      const faults = faultsOf(verdict).map((fault) => `    ${fault.replaceAll("\n", "\n    ")}`);
      return faults.length === 0 ? [] : [`${scenario.name} (${way}): ${verdict.says.en}`, ...faults];
    }),
    ...(violations ?? []).map((violation) => `${scenario.name} (${way}): ${violation}`),
  ]);
}

function say(text: string): number {
  process.stdout.write(text);
  return 0;
}

function complain(reason: string): number {
  process.stderr.write(`scenario: ${reason}\nTry: npm run scenario -- --help\n`);
  return EXIT_BAD;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = complain(error instanceof Error ? error.message : String(error));
}
