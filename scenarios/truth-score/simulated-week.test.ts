import { expect, it } from "vitest";
import { parseTime } from "../../twin/kernel/time.ts";
import { brokenGates } from "./gates.ts";
import { type Run, scoreOf } from "./score.ts";
import { simulatedWeek } from "./simulated-week.ts";

function runOf(kitchens: number, days: number, people: boolean): Run {
  const from = parseTime("2026-06-01T00:00:00+08:00");
  const week = simulatedWeek({ preset: "full", kitchens, seed: 2, noise: "high", from, days, people });
  let step = week.next();
  while (step.done !== true) step = week.next();
  return step.value;
}

it("two days of 25 kitchens in high noise: all is found, nothing else rings, some cases are closed", () => {
  const score = scoreOf(runOf(25, 2, true));
  expect([score.faults, brokenGates(score)]).toEqual([[], []]);
  expect(score.codes.length).toBeGreaterThan(5);
  expect(score.codes.some(({ closed }) => closed > 0)).toBe(true);
}, 180_000);

it("without people a run is scored as well, and the same twice", () => {
  const [one, other] = [scoreOf(runOf(8, 1, false)), scoreOf(runOf(8, 1, false))];
  expect(other).toEqual(one);
  expect(brokenGates(one)).toEqual([]);
}, 180_000);
