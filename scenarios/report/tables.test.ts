import { describe, expect, it } from "vitest";
import type { ScenarioRun, WayRun } from "../scenario-run.ts";
import { equal } from "../verdict.ts";
import { resultTable } from "./result-table.ts";
import { seedTable } from "./seed-table.ts";

const told = (seen: number, violations: readonly string[] | null = []): WayRun => ({
  way: "alone",
  wallMs: 1_250,
  verdicts: [
    { says: { zh: "一", en: "is one" }, rows: [equal(seen, 1)] },
    { says: { zh: "真", en: "is true" }, rows: [equal(true, true)] },
  ],
  violations,
});
const run = (name: string, seed: number | null, ...ways: readonly WayRun[]): ScenarioRun => ({
  scenario: { name, title: { zh: name, en: name }, test: "" },
  story: null,
  seed,
  ways,
});

describe("the tables", () => {
  it("have a line for each scenario and way, and say what failed", () => {
    const table = resultTable([
      run("one", null, told(1), { ...told(1, null), way: "live" }),
      run("other", 4, told(2)),
      run("third", null, told(1, ["I1", "I2"])),
    ]);
    expect(table.split("\n")).toEqual([
      "        scenario        told   expectations  invariants  time",
      "ok      one             alone  2/2           hold        1.3 s",
      "ok      one             live   2/2           -           1.3 s",
      "FAILED  other (seed 4)  alone  1/2           hold        1.3 s",
      "FAILED  third           alone  2/2           2 broken    1.3 s",
    ]);
  });

  it("count a way that compared nothing as failed", () => {
    expect(resultTable([run("one", null, { ...told(1), verdicts: [] })])).toContain("FAILED");
  });

  it("say by which seeds a story failed, and in what", () => {
    const lines = seedTable([run("one", 1, told(1)), run("one", 2, told(2)), run("one", 3, told(1, ["I9"]))]);
    expect(lines.split("\n")).toEqual([
      "scenario  seeds met  failed seeds",
      "one       1/3        2 3",
      "one seed 2, alone: is one",
      "one seed 3, alone: I9",
    ]);
  });
});
