import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));
const ROOT = fileURLToPath(new URL("..", import.meta.url));

async function run(...args: readonly string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", MAIN, ...args], { cwd: ROOT });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code: child.exitCode, out, err };
}

describe("npm run scenario", () => {
  let directory = "";
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "warm-city-scenario-test-"));
  });
  afterAll(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  it("tells a story, with a table, JUnit and a page, and ends with 0", async () => {
    const [junit, html] = [join(directory, "report.xml"), join(directory, "report.html")];
    const files = ["--junit", junit, "--html", html, "--golden", directory, "--update"];
    const { code, out, err } = await run("sc18-dishwasher", "--way", "alone", ...files);
    expect(err).toMatch(/^sc18-dishwasher: alone \.\.\. ok after /);
    expect(out).toMatch(/^ok {2}sc18-dishwasher {2}alone {2}(\d+)\/\1 +hold /m);
    expect(code).toBe(0);
    expect(await readFile(junit, "utf8")).toContain('<testsuite name="sc18-dishwasher alone"');
    expect(await readFile(html, "utf8")).toContain("洗碗机温度不足");
  });

  it("ends with 1 and shows the difference where the told is not as reviewed", async () => {
    const golden = join(directory, "sc18-dishwasher.txt");
    const reviewed = await readFile(golden, "utf8");
    await writeFile(golden, reviewed.replace("T06 raised L3", "T06 raised L2"));
    const { code, out } = await run("sc18-dishwasher", "--way", "alone", "--golden", directory);
    expect(out).toMatch(/^ {4}- 05-12 13:35:00 .* T06 raised L2/m);
    expect(out).toMatch(/^ {4}\+ 05-12 13:35:00 .* T06 raised L3/m);
    expect(out).toMatch(/^FAILED {2}sc18-dishwasher/m);
    expect(code).toBe(1);
  });

  it("ends with 2 and a hint for a name that there is not", async () => {
    const { code, out, err } = await run("dishwaser");
    expect(err).toContain("did you mean sc18-dishwasher?");
    expect([code, out]).toEqual([2, ""]);
  });
});
