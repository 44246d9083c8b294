import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { NOISE_NAMES } from "../../simulator/noise.ts";
import { parseTime } from "../../twin/kernel/time.ts";
import { type Baseline, compare } from "./baseline.ts";
import { brokenGates } from "./gates.ts";
import { scoreOf } from "./score.ts";
import { simulatedWeek } from "./simulated-week.ts";

const FILE = new URL("./baseline.json", import.meta.url);

describe("the reviewed baseline", () => {
  const { of, scores }: Baseline = JSON.parse(readFileSync(FILE, "utf8"));

  it("holds all gates at every level of noise", () => {
    for (const noise of NOISE_NAMES) {
      const score = scores[noise];
      expect([noise, score === undefined ? ["missing"] : brokenGates(score)]).toEqual([noise, []]);
    }
  });

  it("is what the program scores today, or worse", () => {
    const week = simulatedWeek({ ...of, from: parseTime(of.from), noise: "normal" });
    let step = week.next();
    while (step.done !== true) step = week.next();
    expect(compare(scores.normal!, scoreOf(step.value)).worse).toEqual([]);
  }, 900_000);
});
