import { describe, expect, test } from "vitest";
import { minutes } from "../twin/kernel/time.ts";
import { curveRungs, gasRungs, longestBeyond, type Shown } from "./curve-rungs.ts";

type Points = Shown["points"];

/** Rises in ten minutes from 4 °C to a peak, stays, falls in ten. */
function hump(peak: number, stayMin: number, base = 4): Points {
  return [
    [0, base],
    [minutes(10), peak],
    [minutes(10 + stayMin), peak],
    [minutes(20 + stayMin), base],
  ];
}

const fridge = (points: Points, noise = 0) =>
  curveRungs({ kind: "fridge-temperature", points, noise, everyMs: minutes(1) });
const inMinutes = (rungs: ReturnType<typeof fridge>) =>
  rungs.map(({ level, earliest, latest, sure }) => {
    return `${level} ${Math.round(earliest / 60_000)}–${Math.round(latest / 60_000)} ${sure ? "sure" : "unsure"}`;
  });

describe("longestBeyond()", () => {
  test("cuts the lines at the value, on either side", () => {
    expect(longestBeyond(hump(12, 60), 8, 1)).toEqual({ from: minutes(5), to: minutes(75) });
    expect(longestBeyond(hump(50, 30, 68), 59, -1)).toEqual({ from: minutes(5), to: minutes(45) });
    expect(longestBeyond(hump(7, 60), 8, 1)).toBeNull();
    expect(longestBeyond([], 8, 1)).toBeNull();
  });
});

describe("what a fridge's curve deserves", () => {
  test("is an L3 half an hour above 8 °C, and an L2 after two hours", () => {
    expect(inMinutes(fridge(hump(11, 60)))).toEqual(["L3 35–37 sure"]);
    expect(inMinutes(fridge(hump(11, 150)))).toEqual(["L3 35–37 sure", "L2 125–127 sure"]);
  });

  test("is an L2 already an hour above 12 °C", () => {
    expect(inMinutes(fridge(hump(16, 90)))).toEqual(["L3 33–34 sure", "L2 66–68 sure"]);
  });

  test("is nothing when it is too short or too cool, and not sure near the limit", () => {
    expect(inMinutes(fridge(hump(11, 15)))).toEqual([]);
    expect(inMinutes(fridge(hump(7.6, 600)))).toEqual([]);
    expect(inMinutes(fridge(hump(11, 22)))).toEqual(["L3 35–37 unsure"]);
  });

  test("is less sure the more noise there is", () => {
    const [quiet, noisy] = [fridge(hump(8.6, 60)), fridge(hump(8.6, 60), 0.8)];
    expect(quiet.map(({ sure }) => sure)).toEqual([true]);
    expect(noisy.map(({ sure }) => sure)).toEqual([false]);
    expect(noisy[0]!.earliest).toBeLessThan(quiet[0]!.earliest);
  });
});

test("hot food counts as long as it is served", () => {
  const points = hump(52, 40, 68);
  const hot = { kind: "hot-holding-temperature", points, noise: 0.1, everyMs: minutes(1) } as const;
  expect(curveRungs(hot)).toMatchObject([{ level: "L3", sure: true }]);
  expect(curveRungs({ ...hot, countsUntil: minutes(21) })).toMatchObject([{ sure: false }]);
  expect(curveRungs({ ...hot, countsUntil: minutes(10) })).toEqual([]);
});

test("gas rings at 10 %LEL for a minute, at once from 20 on", () => {
  const steps = (...lel: number[]): Points => [
    ...lel.flatMap(
      (value, i): Points => [
        [i * 40_000, value],
        [(i + 1) * 40_000 - 1, value],
      ],
    ),
  ];
  expect(gasRungs(steps(12, 12, 12, 12), 5_000)).toMatchObject([
    { level: "L3", earliest: 60_000, sure: true },
  ]);
  expect(gasRungs(steps(8, 14, 21, 28), 5_000)).toMatchObject([
    { level: "L1", earliest: 79_999, sure: true },
  ]);
  expect(gasRungs(steps(8, 9), 5_000)).toEqual([]);
  expect(gasRungs(steps(12), 5_000)).toEqual([]);
});
