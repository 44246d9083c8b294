/** A story about the program: its slow test in a process of its own, read from Vitest's report in JSON. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { ProgramScenario } from "../program-scenario.ts";
import { brokenOff, passed, type ScenarioRun } from "../scenario-run.ts";
import type { Verdict } from "../verdict.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const VITEST = ["node_modules/vitest/vitest.mjs", "run", "--config", "bench/vitest.slow.config.ts"];

export async function toldByProgram(scenario: ProgramScenario): Promise<ScenarioRun> {
  process.stderr.write(`${scenario.name}: the real program ... `);
  const begun = performance.now();
  const directory = await mkdtemp(join(tmpdir(), "warm-city-scenario-"));
  const report = join(directory, "report.json");
  try {
    const args = [...VITEST, scenario.test, "--reporter=json", `--outputFile=${report}`];
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: "ignore" });
    await once(child, "exit");
    const verdicts = verdictsIn(await readFile(report, "utf8"));
    const run = { way: "program", verdicts, violations: null, wallMs: performance.now() - begun } as const;
    process.stderr.write(`${passed(run) ? "ok" : "FAILED"} after ${(run.wallMs / 1_000).toFixed(1)} s\n`);
    return { scenario, story: null, seed: null, ways: [run] };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

interface TestReport {
  readonly testResults: readonly {
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** A verdict for each test of the report. */
export function verdictsIn(json: string): Verdict[] {
  const { testResults }: TestReport = JSON.parse(json);
  const verdicts = testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ title, status, failureMessages }): Verdict => {
      const met = status === "passed";
      const seen = met ? status : `${status}: ${failureMessages.join("\n")}`;
      return { says: { zh: title, en: title }, rows: [{ wanted: "passed", seen, met }] };
    }),
  );
  return verdicts.length > 0 ? verdicts : [brokenOff(testResults.map(({ message }) => message).join("\n"))];
}
