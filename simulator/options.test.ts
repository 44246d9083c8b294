import { describe, expect, test } from "vitest";
import { parseTime } from "../twin/kernel/time.ts";
import { DEFAULT_FROM, joinNegatives, type RawOptions, readOptions, USAGE } from "./options.ts";

const GOOD: RawOptions = { hours: "24", out: "day.jsonl" };

describe("readOptions()", () => {
  test("takes hours and a file, and fills in the rest", () => {
    expect(readOptions(GOOD)).toEqual({
      ok: true,
      options: {
        durationMs: 86_400_000,
        out: "day.jsonl",
        kitchens: null,
        preset: "full",
        seed: 1,
        from: parseTime(DEFAULT_FROM),
        noise: "normal",
        truth: null,
        registry: null,
      },
    });
  });

  test("takes every option", () => {
    const read = readOptions({
      hours: "0.5",
      out: "a.gz",
      kitchens: "300",
      preset: "baseline",
      seed: "0",
      from: "2026-11-24T00:00:00Z",
      truth: "t",
      registry: "r",
    });
    expect(read).toMatchObject({
      ok: true,
      options: {
        durationMs: 1_800_000,
        kitchens: 300,
        preset: "baseline",
        seed: 0,
        truth: "t",
        registry: "r",
      },
    });
  });

  test.each<[string, RawOptions]>([
    ["--hours", { out: "a" }],
    ["--hours", { ...GOOD, hours: "0" }],
    ["--hours", { ...GOOD, hours: "-3" }],
    ["--hours", { ...GOOD, hours: "1e9" }],
    ["--out", { hours: "1" }],
    ["--out", { hours: "1", out: "" }],
    ["--kitchens", { ...GOOD, kitchens: "0" }],
    ["--kitchens", { ...GOOD, kitchens: "2.5" }],
    ["--kitchens", { ...GOOD, kitchens: "100000" }],
    ["--preset", { ...GOOD, preset: "huge" }],
    ["--seed", { ...GOOD, seed: "x" }],
    ["--seed", { ...GOOD, seed: "4294967296" }],
    ["--noise", { ...GOOD, noise: "loud" }],
    ["--from", { ...GOOD, from: "2026-06-01" }],
    ["--from", { ...GOOD, from: "2026-13-01T00:00:00Z" }],
  ])("refuses and names %s", (option, raw) => {
    const read = readOptions(raw);
    expect(read).toMatchObject({ ok: false });
    expect(read.ok ? "" : read.reason).toContain(`${option} `);
    expect(read.ok ? "" : read.reason).toContain("expected");
  });

  test("takes a negative number for what it is: a number that is refused, and no option", () => {
    expect(joinNegatives(["--seed", "-1", "--hours", "2", "-9"])).toEqual([
      "--seed=-1",
      "--hours",
      "2",
      "-9",
    ]);
    const read = readOptions({ ...GOOD, seed: "-1" });
    expect(read).toMatchObject({
      ok: false,
      reason: expect.stringContaining('--seed is "-1"; expected a whole'),
    });
  });

  test("has a usage text that names every option it knows", () => {
    for (const option of [
      "hours",
      "out",
      "kitchens",
      "preset",
      "seed",
      "from",
      "noise",
      "truth",
      "registry",
      "help",
    ]) {
      expect(USAGE).toContain(`--${option}`);
    }
  });
});
