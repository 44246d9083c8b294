/** A scenario told once in the ways that are asked for, for a report. */
import { violationsOf } from "./invariants.ts";
import { judged } from "./judge.ts";
import type { Scenario } from "./scenario.ts";
import type { Story } from "./story.ts";
import { isMet, type Verdict } from "./verdict.ts";
import { toldFlooded, toldLive, toldOnTop, type Way, type WayTold } from "./ways.ts";

export interface WayRun extends WayTold {
  readonly way: Way;
  readonly wallMs: number;
}

export interface ScenarioRun {
  readonly scenario: Scenario;
  /** As it was told: by the seed of the run. */
  readonly story: Story;
  /** `null` = that of the stories. */
  readonly seed: number | null;
  readonly ways: readonly WayRun[];
}

/** Tells the story in one way. Throws what the story throws, such as a RangeError for an act on a case that is not there. */
export function toldBy(way: Way, scenario: Scenario, story: Story): WayTold {
  const { ways } = scenario;
  if (way === "alone" || ways === null)
    return { verdicts: judged(scenario, story), violations: violationsOf(story.alone()) };
  if (way === "background") return toldOnTop(story, ways);
  if (way === "live") return toldLive(story, ways);
  return toldFlooded(story, ways.floodedUntil ?? scenario.ways!.load[1]);
}

export function passed({ verdicts, violations }: WayTold): boolean {
  return verdicts.every(isMet) && (violations ?? []).length === 0;
}

export function metOf(verdicts: readonly Verdict[]): number {
  return verdicts.filter(isMet).length;
}
