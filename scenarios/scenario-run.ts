/** A scenario told once in the ways that are asked for, for a report. */
import { violationsOf } from "./invariants.ts";
import { judged } from "./judge.ts";
import type { ProgramScenario } from "./program-scenario.ts";
import type { Scenario } from "./scenario.ts";
import type { Story } from "./story.ts";
import { isMet, type Verdict } from "./verdict.ts";
import { toldFlooded, toldLive, toldOnTop, type Way, type WayTold } from "./ways.ts";

export interface WayRun extends WayTold {
  /** `program` = by the real one, killed and started. */
  readonly way: Way | "program";
  readonly wallMs: number;
}

export interface ScenarioRun {
  readonly scenario: Scenario | ProgramScenario;
  /** As it was told, by the seed of the run; `null` where a program was the story. */
  readonly story: Story | null;
  /** `null` = that of the stories. */
  readonly seed: number | null;
  readonly ways: readonly WayRun[];
}

/** Tells the story in one way; a story that breaks off is a verdict that is not met. */
export function toldBy(way: Way, scenario: Scenario, story: Story): WayTold {
  try {
    return told(way, scenario, story);
  } catch (error) {
    return { verdicts: [brokenOff(String(error))], violations: null };
  }
}

export function brokenOff(reason: string): Verdict {
  return {
    says: { zh: "能讲到结尾", en: "can be told to its end" },
    rows: [{ wanted: "an end", seen: reason, met: false }],
  };
}

function told(way: Way, scenario: Scenario, story: Story): WayTold {
  const { ways } = scenario;
  if (way === "alone" || ways === null)
    return { verdicts: judged(scenario, story), violations: violationsOf(story.alone()) };
  if (way === "background") return toldOnTop(story, ways);
  if (way === "live") return toldLive(story, ways);
  return toldFlooded(story, ways.floodedUntil ?? ways.load[1]);
}

export function passed({ verdicts, violations }: WayTold): boolean {
  return verdicts.length > 0 && verdicts.every(isMet) && (violations ?? []).length === 0;
}

export function metOf(verdicts: readonly Verdict[]): number {
  return verdicts.filter(isMet).length;
}
