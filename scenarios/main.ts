/** `npm run scenario`: tells stories of the catalogue and reports what came of them (README.md). */
import { writeFileSync } from "node:fs";
import process from "node:process";
import { registryOf } from "../twin/city/registry.ts";
import { SCENARIOS } from "./catalogue.ts";
import { type Chapter, chapterOf, htmlReport } from "./report/html-report.ts";
import { junitXml } from "./report/junit.ts";
import { resultTable } from "./report/result-table.ts";
import { seedTable } from "./report/seed-table.ts";
import { CityDoor } from "./runner/city-door.ts";
import { playStory } from "./runner/play-story.ts";
import { type RunOptions, readRunOptions, USAGE } from "./runner/run-options.ts";
import { playOnStage } from "./runner/stage.ts";
import { ALL, tellStories } from "./runner/tell-stories.ts";
import { passed, type ScenarioRun } from "./scenario-run.ts";
import { faultsOf } from "./verdict.ts";

const EXIT_UNMET = 1;
const EXIT_BAD = 2;
const STAGE_SPEED = 60;

async function main(argv: readonly string[]): Promise<number> {
  const asked = readRunOptions(
    argv,
    ALL.map(({ name }) => name),
  );
  if (asked === "help") return say(USAGE);
  if (asked === "list")
    return say(`${ALL.map(({ name, title }) => `${name.padEnd(27)}${title.en}`).join("\n")}\n`);
  if ("wrong" in asked) return complain(asked.wrong);
  const { live, stage, registry } = asked;
  return live !== null || stage || registry !== null ? play(asked) : tell(asked);
}

/** Plays one story into a city, or writes the registry that such a city needs. */
async function play({ names, live, token, stage, speed, registry }: RunOptions): Promise<number> {
  const scenario = SCENARIOS.find(({ name }) => name === names[0]);
  if (scenario === undefined)
    return complain(`${names[0]} is told by the real program alone; it cannot be played`);
  if (registry !== null) writeFileSync(registry, `${JSON.stringify(registryOf(scenario.story.city))}\n`);
  let rejected = 0;
  if (live !== null) rejected = await playStory(scenario, new CityDoor(live, token ?? ""), { speed });
  else if (stage) rejected = await playOnStage(scenario, speed ?? STAGE_SPEED);
  if (rejected > 0) process.stderr.write(`${rejected} events were refused, as the story may want it\n`);
  return 0;
}

async function tell(options: RunOptions): Promise<number> {
  // Better known now than after minutes of telling.
  for (const file of [options.junit, options.html]) if (file !== null) writeFileSync(file, "");
  const runs: ScenarioRun[] = [];
  const chapters: Chapter[] = [];
  for await (const run of tellStories(options)) {
    if (options.html !== null) chapters.push(chapterOf(run));
    // What was told is large, and not needed any more.
    runs.push({ ...run, story: null });
  }
  if (runs.every(({ ways }) => ways.length === 0)) return complain("none of these stories is told that way");
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
