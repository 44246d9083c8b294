import { describe, expect, test } from "vitest";
import { CANARIES } from "./canaries.ts";
import { planOf } from "./fault-plan.ts";
import { runPlan } from "./swarm-run.ts";

/** Within so many seeds each must be caught. */
const SEEDS_MAX = 12;

describe("the swarm catches", () => {
  test.each(CANARIES)("$name", async ({ plants, kinds, caughtBy }) => {
    const said: string[] = [];
    for (let seed = 0; seed < SEEDS_MAX && !said.some((words) => caughtBy.test(words)); seed++)
      said.push(...(await runPlan(planOf(seed, kinds), plants)).broken);
    expect(said.find((words) => caughtBy.test(words))).toBeDefined();
  });
});
