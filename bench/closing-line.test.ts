import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "./suites.ts";

/** A real Vitest run of given test files under the closing line, in a folder that git ignores. */
function run(folder: string, options: { tests: Record<string, string>; requireAll: boolean }) {
  const place = mkdtempSync(join(folder, "run-"));
  for (const [name, body] of Object.entries(options.tests)) {
    writeFileSync(join(place, name), `import { describe, expect, it } from "vitest";\n${body}\n`);
  }
  writeFileSync(
    join(place, "vitest.config.ts"),
    `import { ClosingLine } from ${JSON.stringify(join(PROJECT_ROOT, "bench/closing-line.ts"))};
    const reporter = new ClosingLine({ notRun: ["not run here: x"], requireAll: ${options.requireAll} });
    export default { test: { root: ${JSON.stringify(place)}, reporters: ["default", reporter] } };`,
  );
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(PROJECT_ROOT, "node_modules/vitest/vitest.mjs"), "run", "--root", place],
    { cwd: place, encoding: "utf8", env: { ...process.env, NO_COLOR: "1", VITEST: "" } },
  );
  return { lines: stdout.trimEnd().split("\n"), status };
}

const MIXED = {
  "a.test.ts": `it("passes", () => {});
    it("leaves out", (context) => context.skip("no broker here"));
    it("leaves out too", (context) => context.skip("no broker here"));`,
  "b.test.ts": 'describe.skipIf(true)("the page (needs a browser)", () => { it("opens", () => {}); });',
};

describe("the closing line", () => {
  const out = join(PROJECT_ROOT, "out");
  let folder = "";
  beforeAll(() => {
    mkdirSync(out, { recursive: true });
    folder = mkdtempSync(join(out, "closing-line-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("comes last and alone, below one line for each reason to skip", () => {
    const { lines, status } = run(folder, { tests: MIXED, requireAll: false });
    expect(lines.slice(-4)).toEqual([
      "skipped: a.test.ts (2 tests): no broker here",
      "skipped: b.test.ts (1 test): the page (needs a browser) > opens",
      "not run here: x",
      "1 passed, 0 failed, 3 skipped",
    ]);
    expect(status).toBe(0);
  });

  it("fails a run that must not skip anything", () => {
    const { lines, status } = run(folder, { tests: MIXED, requireAll: true });
    expect(lines.at(-1)).toBe("1 passed, 0 failed, 3 skipped");
    expect(lines.at(-2)).toMatch(/has failed/);
    expect(status).toBe(1);
  });

  it("counts failures, files that cannot be read and errors outside of tests", () => {
    const tests = {
      "a.test.ts": 'it("fails", () => expect(1).toBe(2)); it("passes", () => {});',
      "b.test.ts": 'throw new Error("at the top");',
      "c.test.ts": 'it("leaves an error behind", () => { Promise.reject(new Error("later")); });',
    };
    const { lines, status } = run(folder, { tests, requireAll: true });
    expect(lines.at(-1)).toBe("2 passed, 3 failed, 0 skipped");
    expect(status).toBe(1);
  });

  it("is said even if there is nothing to run", () => {
    expect(run(folder, { tests: {}, requireAll: false }).lines.at(-1)).toBe("0 passed, 0 failed, 0 skipped");
  });
});
