/** What other seeds came to: a row for each scenario, with the seeds that failed and what failed in them. */
import { passed, type ScenarioRun } from "../scenario-run.ts";
import { isMet } from "../verdict.ts";
import { aligned } from "./result-table.ts";

export function seedTable(runs: readonly ScenarioRun[]): string {
  const byName = new Map<string, ScenarioRun[]>();
  for (const run of runs) byName.set(run.scenario.name, [...(byName.get(run.scenario.name) ?? []), run]);
  const rows = [...byName].map(([name, own]) => {
    const failed = own.filter(({ ways }) => !ways.every(passed));
    const seeds = failed.map(({ seed }) => String(seed)).join(" ");
    return [name, `${own.length - failed.length}/${own.length}`, seeds === "" ? "-" : seeds];
  });
  const details = runs.flatMap((run) => run.ways.flatMap((told) => faultsIn(run, told)));
  return [aligned([["scenario", "seeds met", "failed seeds"], ...rows]), ...details].join("\n");
}

function faultsIn(
  { scenario, seed }: ScenarioRun,
  { way, verdicts, violations }: ScenarioRun["ways"][number],
) {
  const unmet = verdicts.filter((verdict) => !isMet(verdict)).map(({ says }) => says.en);
  return [...unmet, ...(violations ?? [])].map((fault) => `${scenario.name} seed ${seed}, ${way}: ${fault}`);
}
