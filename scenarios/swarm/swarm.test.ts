import { describe, expect, test } from "vitest";
import { failureWords } from "./failure-words.ts";
import { planOf } from "./fault-plan.ts";
import { REGRESSIONS } from "./regressions.ts";
import { runPlan } from "./swarm-run.ts";

const SEEDS = [1, 2, 3, 4, 5];

describe("the whole program on a machine that fails", () => {
  test.each(SEEDS)("keeps every promise (seed %i)", async (seed) => {
    const plan = planOf(seed);
    const verdict = await runPlan(plan);
    expect(verdict.broken, failureWords(plan, verdict)).toEqual([]);
    expect(verdict.events).toBeGreaterThan(500);
    expect(verdict.alerts).toBeGreaterThan(5);
    expect(verdict.notices).toBeGreaterThan(10);
  });

  test.each(REGRESSIONS)("does not do it again: $name", async ({ plan }) => {
    const verdict = await runPlan(plan);
    expect(verdict.broken, failureWords(plan, verdict)).toEqual([]);
  });

  test("goes the same way every time, to the last line", async () => {
    const plan = planOf(7);
    const [one, two] = [await runPlan(plan), await runPlan(plan)];
    expect(two).toEqual(one);
    expect(one.log).toMatch(/^[0-9a-f]{64}$/);
  });
});
