import { describe, expect, it } from "vitest";
import { DEVICE_VECTORS } from "./device-vectors.ts";
import { PEOPLE_VECTORS } from "./people-vectors.ts";

const VECTORS = [...DEVICE_VECTORS, ...PEOPLE_VECTORS];

/** How many "input → expected" each line of SCENARIOS ("Boundary vectors") has. */
const LINES: Readonly<Record<string, number>> = {
  T04: 3,
  T05: 3,
  T08: 5,
  T10: 4,
  P02: 2,
  P03: 2,
  P04: 1,
  P06: 3,
  P08: 2,
  P09: 3,
  D03: 3,
  D06: 2,
  D07: 3,
  D09: 2,
  D10: 3,
  W02: 3,
  C01: 4,
  S02: 3,
  O07: 2,
  Reward: 3,
};

describe("boundary vectors", () => {
  it.each(VECTORS.map((one) => [one.line, one.input, one.expects, one] as const))(
    "%s: %s -> %j",
    (_line, _input, expects, one) => {
      expect(one.comes()).toEqual(expects);
    },
  );

  it("leave out no line of the scenarios, and say of each what rings and what must not", () => {
    for (const [line, count] of Object.entries(LINES)) {
      const rows = VECTORS.filter((one) => one.line === line);
      expect([line, rows.length >= count]).toEqual([line, true]);
    }
    expect(new Set(VECTORS.map(({ line }) => line))).toEqual(new Set(Object.keys(LINES)));
    expect(new Set(VECTORS.map(({ line, input }) => `${line} ${input}`)).size).toBe(VECTORS.length);
  });
});
