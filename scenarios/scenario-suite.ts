/** A scenario as tests: one for each thing that it expects, and one for each way in which it is told. */
import { describe, expect, it } from "vitest";
import { tellEveryWay } from "./every-way.ts";
import { violationsOf } from "./invariants.ts";
import { judgements } from "./judge.ts";
import type { Scenario } from "./scenario.ts";
import { faultsOf } from "./verdict.ts";

export function testScenario(scenario: Scenario): void {
  const { name, title, story, ways } = scenario;
  describe(`${name}: ${title.en}`, () => {
    for (const { says, rows } of judgements(scenario)) {
      it(says.en, () => {
        expect(faultsOf({ says, rows: rows(story) })).toEqual([]);
      });
    }

    if (ways !== null) tellEveryWay(story, ways);
    else
      it("keeps all invariants", () => {
        expect(violationsOf(story.alone())).toEqual([]);
      });
  });
}
