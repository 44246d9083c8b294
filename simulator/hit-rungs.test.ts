import { describe, expect, test } from "vitest";
import { minutes, SECOND_MS } from "../twin/kernel/time.ts";
import { hitRungs } from "./hit-rungs.ts";

const hits = (...atSeconds: number[]) => atSeconds.map((at) => ({ at: at * SECOND_MS, confidence: 0.9 }));
const told = (code: string, given: ReturnType<typeof hits>, zone: string | null = "cooking") =>
  hitRungs(code, given, zone).map(({ level, latest }) => `${level} ${latest / SECOND_MS}`);

describe("a burst of hits deserves", () => {
  test.each([
    ["P01", [0, 3, 7], ["L4 7"]],
    ["P01", [0, 3], []],
    ["P02", [0, 8], ["L3 8"]],
    ["P03", [0, 15, 29, 44], ["L4 44"]],
    ["P04", [0], ["L3 0"]],
    ["P06", [0, 300, 599], []],
    ["P06", [0, 300, 601], ["L4 601"]],
    ["P07", [0], ["L3 0"]],
    ["P07", [0, 700], ["L3 0", "L2 700"]],
    ["P08", [0, 600, 1_200], ["L3 1200"]],
    ["P08", [0, 600], []],
    ["P09", [0, 150, 310], ["L2 310"]],
    ["", [0, 1], []],
  ] as const)("%s of hits at %j: %j", (code, at, rungs) => {
    expect(told(code, hits(...at))).toEqual(rungs);
  });

  test("nothing where no food is handled, if the code asks for food", () => {
    expect(told("P01", hits(0, 7), "warehouse")).toEqual([]);
    expect(told("P07", hits(0), "warehouse")).toEqual(["L3 0"]);
  });

  test("counts how long a hit lasted", () => {
    const stayed = [{ at: 0, confidence: 0.9, lastedMs: minutes(6) }];
    expect(hitRungs("P09", stayed, "cooking")).toMatchObject([{ level: "L2", earliest: minutes(5) }]);
  });
});
