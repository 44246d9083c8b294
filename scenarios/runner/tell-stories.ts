/** Tells the chosen stories one after the other, with a word on stderr for each. */
import process from "node:process";
import { SCENARIOS } from "../catalogue.ts";
import { PROGRAM_SCENARIOS } from "../program-scenario.ts";
import { goldenText, goldenVerdict } from "../report/golden-text.ts";
import type { Scenario } from "../scenario.ts";
import { passed, type ScenarioRun, toldBy, type WayRun } from "../scenario-run.ts";
import type { Story } from "../story.ts";
import type { Verdict } from "../verdict.ts";
import { type Way, waysOf } from "../ways.ts";
import { GOLDEN_FOLDER, GoldenFiles } from "./golden-files.ts";
import { toldByProgram } from "./program-told.ts";
import type { RunOptions } from "./run-options.ts";

export const ALL = [...SCENARIOS, ...PROGRAM_SCENARIOS];

/** One run for each scenario and seed, as soon as it is there. */
export async function* tellStories(options: RunOptions): AsyncGenerator<ScenarioRun> {
  const { multiSeed, seed } = options;
  const seeds = multiSeed === null ? [seed] : Array.from({ length: multiSeed }, (_, i) => i + 1);
  for (const name of options.names) {
    const scenario = SCENARIOS.find((one) => one.name === name);
    const program = PROGRAM_SCENARIOS.find((one) => one.name === name);
    if (program !== undefined && isAsked(options)) yield await toldByProgram(program);
    if (scenario === undefined) continue;
    for (const one of seeds) yield toldOnce(scenario, one, options);
  }
}

/** A story about the program has one way and no seed. */
function isAsked({ way, seed, multiSeed }: RunOptions): boolean {
  return way === null && seed === null && multiSeed === null;
}

function toldOnce(scenario: Scenario, seed: number | null, options: RunOptions): ScenarioRun {
  const story = seed === null ? scenario.story.untold() : scenario.story.seeded(seed);
  const known = waysOf(scenario.ways);
  const wanted = options.way ?? (options.multiSeed === null ? null : "alone");
  const ways = known
    .filter((way) => wanted === null || way === wanted)
    .map((way) => timed(way, scenario, story, seed === null ? options : null));
  return { scenario, story, seed, ways };
}

/** `golden` = the options, where the told is held against the reviewed text. */
function timed(way: Way, scenario: Scenario, story: Story, golden: RunOptions | null): WayRun {
  process.stderr.write(
    `${scenario.name}${story.seed === undefined ? "" : ` seed ${story.seed}`}: ${way} ... `,
  );
  const begun = performance.now();
  const told = toldBy(way, scenario, story);
  const wallMs = performance.now() - begun;
  const isGolden = way === "alone" && golden !== null && told.violations !== null;
  const verdicts = isGolden ? [...told.verdicts, reviewed(scenario, story, golden)] : told.verdicts;
  const run = { way, wallMs, verdicts, violations: told.violations };
  process.stderr.write(`${passed(run) ? "ok" : "FAILED"} after ${(wallMs / 1_000).toFixed(1)} s\n`);
  return run;
}

function reviewed({ name }: Scenario, story: Story, { update, golden }: RunOptions): Verdict {
  const files = new GoldenFiles(golden ?? GOLDEN_FOLDER);
  const text = goldenText(story.alone());
  if (update) files.write(name, text);
  return goldenVerdict(files.read(name), text, files.pathOf(name));
}
