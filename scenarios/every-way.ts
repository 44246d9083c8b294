/** The ways in which every story is told, beside its own expectations: sound alone, the same on top of a load, and live. */
import { describe, expect, it } from "vitest";
import { violationsOf } from "./invariants.ts";
import type { Ways } from "./scenario.ts";
import type { Story } from "./story.ts";
import { faultsOf } from "./verdict.ts";
import { toldFlooded, toldLive, toldOnTop, type WayTold } from "./ways.ts";

export function tellEveryWay(story: Story, ways: Ways): void {
  const { floodedUntil } = ways;
  describe("told every way", () => {
    it("keeps all invariants alone", () => {
      expect(violationsOf(story.alone())).toEqual([]);
    });

    it("keeps them on top of the background load, with the same outputs of the named units", () => {
      expectAll(toldOnTop(story, ways));
    });

    it("gives out live, in time, what is settled in the end, and withdraws the rest", () => {
      expectAll(toldLive(story, ways));
    });

    if (floodedUntil === undefined) return;

    it("gives the same outputs from three copies of each line, shuffled within nine minutes", () => {
      expectAll(toldFlooded(story, floodedUntil));
    });
  });
}

function expectAll({ verdicts, violations }: WayTold): void {
  expect(violations ?? []).toEqual([]);
  for (const verdict of verdicts) expect([verdict.says.en, ...faultsOf(verdict)]).toEqual([verdict.says.en]);
}
