/** What a run of scenarios came to, as a table in plain text: one line for each scenario and way. */
import { metOf, passed, type ScenarioRun } from "../scenario-run.ts";

const HEAD = ["", "scenario", "told", "expectations", "invariants", "time"];

export function resultTable(runs: readonly ScenarioRun[]): string {
  const rows = runs.flatMap(({ scenario, seed, ways }) =>
    ways.map((told) => [
      passed(told) ? "ok" : "FAILED",
      seed === null ? scenario.name : `${scenario.name} (seed ${seed})`,
      told.way,
      `${metOf(told.verdicts)}/${told.verdicts.length}`,
      told.violations === null
        ? "-"
        : told.violations.length === 0
          ? "hold"
          : `${told.violations.length} broken`,
      `${(told.wallMs / 1_000).toFixed(1)} s`,
    ]),
  );
  return aligned([HEAD, ...rows]);
}

/** Columns as wide as their widest cell, two blanks between them. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]!.length))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
