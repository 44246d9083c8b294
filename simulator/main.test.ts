import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { parseRegistry } from "../twin/city/registry.ts";
import { parseTime } from "../twin/kernel/time.ts";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "simulate-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string) => join(folder, name);

function simulate(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", MAIN, ...args], {
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const small = ["--kitchens", "40", "--hours", "0.2", "--from", "2026-06-02T12:00:00+08:00"];

describe("npm run simulate", () => {
  test("writes CloudEvents in order of arrival, the truth and the registry beside", () => {
    const run = simulate(
      ...small,
      "--out",
      file("a.jsonl"),
      "--truth",
      file("truth.jsonl"),
      "--registry",
      file("r.json"),
    );
    expect(run.status).toBe(0);
    expect(run.stderr).toContain("40 kitchens");
    const lines = readFileSync(file("a.jsonl"), "utf8").trimEnd().split("\n");
    expect(lines.length).toBeGreaterThan(100);
    let last = 0;
    for (const line of lines) {
      const event: { specversion: string; receivedtime: string } = JSON.parse(line);
      const received = parseTime(event.receivedtime);
      expect(event.specversion).toBe("1.0");
      expect(received).toBeGreaterThanOrEqual(last);
      last = received;
    }
    expect(parseRegistry(JSON.parse(readFileSync(file("r.json"), "utf8"))).ok).toBe(true);
    for (const line of readFileSync(file("truth.jsonl"), "utf8").trimEnd().split("\n")) {
      const keys = ["code", "cause", "kitchen", "asset", "from", "to", "rungs"];
      expect(Object.keys(JSON.parse(line))).toEqual(keys);
    }
  });

  test("packs the same text into a .gz", () => {
    simulate(...small, "--out", file("b.jsonl"));
    expect(simulate(...small, "--out", file("b.jsonl.gz")).status).toBe(0);
    expect(gunzipSync(readFileSync(file("b.jsonl.gz"))).equals(readFileSync(file("b.jsonl")))).toBe(true);
  });

  test("explains itself with --help", () => {
    const run = simulate("--help");
    expect(run).toMatchObject({ status: 0, stderr: "" });
    expect(run.stdout).toContain("--hours H");
  });

  test.each([
    [["--hours", "x", "--out", "o"], "--hours"],
    [["--hours", "1"], "--out"],
    [["--hours", "1", "--out", "o", "--colour", "red"], "--colour"],
    [["--hours", "0.01", "--kitchens", "3", "--out", file("no/such/folder.jsonl")], "cannot write"],
    [
      ["--hours", "0.01", "--kitchens", "3", "--out", file("x"), "--registry", file("no/such/r.json")],
      "cannot write",
    ],
  ])("ends with 2 and says why: %j", (args, reason) => {
    const run = simulate(...args);
    expect(run.status).toBe(2);
    expect(run.stderr).toContain(reason);
    expect(run.stderr).toContain("--help");
  });
});
