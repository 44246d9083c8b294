/** `npm run scenario`: tells stories of the catalogue and reports what came of them (README.md). */
import process from "node:process";
import { SCENARIOS } from "./catalogue.ts";
import { resultTable } from "./report/result-table.ts";
import { passed, type ScenarioRun, toldBy, type WayRun } from "./scenario-run.ts";
import { waysOf } from "./ways.ts";

async function main(argv: readonly string[]): Promise<number> {
  const runs: ScenarioRun[] = [];
  for (const scenario of SCENARIOS.filter(({ name }) => argv.includes("all") || argv.includes(name))) {
    const { story } = scenario;
    const ways: WayRun[] = [];
    for (const way of waysOf(scenario.ways)) {
      process.stderr.write(`${scenario.name}: ${way} ...\n`);
      const begun = performance.now();
      ways.push({ way, ...toldBy(way, scenario, story), wallMs: performance.now() - begun });
    }
    runs.push({ scenario, story, seed: null, ways });
  }
  process.stdout.write(`${resultTable(runs)}\n`);
  return runs.every(({ ways }) => ways.every(passed)) ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
