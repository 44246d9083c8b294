import { describe, expect, it } from "vitest";
import { ORDOS_2026 } from "./policy-pack.ts";
import { parsePolicies } from "./policy-parser.ts";
import qingwan from "./qingwan-2026.json" with { type: "json" };
import type { RuleShape } from "./rule-parameters.ts";

const SHAPES: readonly RuleShape[] = [
  {
    code: "T01",
    parameters: { limitC: 8, holdMs: 1_800_000, longHoldMs: 7_200_000, hotC: 12 },
    rising: [
      ["holdMs", "longHoldMs"],
      ["limitC", "hotC"],
    ],
  },
  { code: "P01", parameters: { repeatsCount: 3 }, rising: [] },
  { code: "T02", parameters: { limitC: -12 }, rising: [] },
  { code: "D01", parameters: { remindDays: 30 }, rising: [] },
  {
    code: "O04",
    parameters: { flatMs: 21_600_000, windowMs: 21_600_000, flatK: 0.05, offMeanK: 0.15 },
    rising: [["flatK", "offMeanK"]],
  },
];
/** As it comes out of a file. */
const fileOf = (pack: object) => JSON.parse(JSON.stringify(pack));
const changed = (change: Readonly<Record<string, unknown>>) => ({
  ...fileOf(ORDOS_2026),
  ...change,
});

function faultsOf(json: unknown): string[] {
  const parsed = parsePolicies(json, SHAPES);
  return parsed.ok ? [] : parsed.faults.map(({ pointer, reason }) => `${pointer}: ${reason}`);
}

describe("parsePolicies()", () => {
  it("takes the default pack, another city's, and a list with dates", () => {
    expect(faultsOf(fileOf(ORDOS_2026))).toEqual([]);
    expect(faultsOf(qingwan)).toEqual([]);
    const years = [
      changed({ validTo: "2026-06-30" }),
      changed({ version: 2, validFrom: "2026-07-01", validTo: null }),
    ];
    const parsed = parsePolicies(years, SHAPES);
    expect(parsed.ok && parsed.value.eras.map(({ name }) => name)).toEqual(["ordos-2026@1", "ordos-2026@2"]);
  });

  it.each([
    ["a code that is none", { rules: { T77: {} } }, "/rules/T77: is no code of the catalogue"],
    [
      "a parameter that is none",
      { rules: { T01: { limitF: 46 } } },
      "/rules/T01/limitF: is no parameter of T01; expected one of limitC holdMs longHoldMs hotC",
    ],
    [
      "a code whose rule has no parameters",
      { rules: { S01: { limitC: 8 } } },
      "/rules/S01/limitC: is unknown: S01 has no parameters",
    ],
    [
      "a flat line that is no flatter than its mean's neighbourhood",
      { rules: { O04: { flatK: 0.2 } } },
      "/rules/O04/flatK: is 0.2; expected at most offMeanK, which is 0.15",
    ],
    [
      "a number of the duties that is none",
      { duties: { patrolMs: 5 } },
      "/duties/patrolMs: is no number of the duties; expected one of patrolShare patrolCount feedLateMs",
    ],
    [
      "a share of patrols above all",
      { duties: { patrolShare: 1.5 } },
      "/duties/patrolShare: is 1.5; expected a share from 0 to 1",
    ],
    [
      "a hold below 0",
      { rules: { T01: { holdMs: -1 } } },
      "/rules/T01/holdMs: is -1; expected whole milliseconds from 0",
    ],
    [
      "a hold in parts of ms",
      { rules: { T01: { holdMs: 0.5 } } },
      "/rules/T01/holdMs: is 0.5; expected whole milliseconds from 0",
    ],
    [
      "a limit beyond the physical",
      { rules: { T01: { limitC: 800 } } },
      "/rules/T01/limitC: is 800; expected °C from -90 to 400",
    ],
    [
      "a count of none",
      { rules: { P01: { repeatsCount: 0 } } },
      "/rules/P01/repeatsCount: is 0; expected a whole number from 1",
    ],
    [
      "a graver hold that is shorter",
      { rules: { T01: { longHoldMs: 60_000 } } },
      "/rules/T01/longHoldMs: is 60000; expected at least holdMs, which is 1800000",
    ],
    [
      "a hold longer than the graver one that it leaves",
      { rules: { T01: { holdMs: 9_000_000 } } },
      "/rules/T01/holdMs: is 9000000; expected at most longHoldMs, which is 7200000",
    ],
    [
      "a code off that is none",
      { disabled: ["P05", "X1"] },
      '/disabled/1: is "X1", which is no code of the catalogue',
    ],
    [
      "a date that is none",
      { validFrom: "2026-02-30" },
      '/validFrom: is "2026-02-30"; expected a date (YYYY-MM-DD)',
    ],
    [
      "an end before the beginning",
      { validTo: "2025-12-31" },
      "/validTo: is 2025-12-31; expected a day from 2026-01-01 on",
    ],
    ["a version 0", { version: 0 }, "/version: is 0; expected a whole number from 1"],
    ["a field that is none", { valid: true }, "/valid: is no field of a policy pack"],
  ])("refuses %s", (_what, change, fault) => {
    expect(faultsOf(changed(change))).toEqual([fault]);
  });

  it("refuses cases without a level, with a bad limit, a ladder that falls, unknown codes and a window turned round", () => {
    const cases = fileOf(ORDOS_2026.cases);
    delete cases.levels.L4;
    cases.levels.L1.review = { kind: "elapsed", ms: -5 };
    cases.levels.L1.ladder[1].after.ms = 60_000;
    cases.levels.L2.channels = ["pigeon"];
    cases.levels.L2.recheck = { kind: "workdays" };
    cases.codes.T99 = {};
    cases.neverAlone = ["C09"];
    cases.direct = ["T", "X"];
    cases.dayWindow = { fromMs: 72_000_000, toMs: 25_200_000 };
    expect(faultsOf(changed({ cases }))).toEqual([
      "/cases/levels/L4: is missing; expected an object",
      expect.stringMatching(/^\/cases\/levels\/L1\/review: is an object; expected a limit: /),
      expect.stringMatching(/^\/cases\/levels\/L2\/recheck: is an object; expected a limit: /),
      expect.stringMatching(/^\/cases\/levels\/L2\/channels\/0: is "pigeon"; expected one of in-app /),
      '/cases/neverAlone/0: is "C09", which is no code of the catalogue',
      '/cases/direct/1: is "X", which no code of the catalogue begins with',
      "/cases/codes/T99: is no code of the catalogue",
      "/cases/dayWindow/toMs: is 25200000; expected more than fromMs, which is 72000000",
      "/cases/levels/L1/ladder/1/after/ms: is 60000; expected at least the rung before, 600000",
    ]);
  });

  it("refuses packs that overlap, leave a gap or share a name, each where it stands in the list", () => {
    expect(faultsOf([changed({}), changed({ version: 2, validFrom: "2026-07-01" })])).toEqual([
      "/1/validFrom: overlaps ordos-2026@1, which has no end: set its validTo",
    ]);
    const first = changed({ validTo: "2026-06-30" });
    expect(faultsOf([first, changed({ version: 2, validFrom: "2026-06-30" })])).toEqual([
      "/1/validFrom: overlaps ordos-2026@1, which is valid to 2026-06-30",
    ]);
    expect(faultsOf([changed({ version: 2, validFrom: "2026-07-03" }), first])).toEqual([
      "/0/validFrom: leaves no pack valid from 2026-07-01 to 2026-07-02",
    ]);
    expect(faultsOf([first, changed({ validFrom: "2026-07-01" })])).toEqual([
      "/1/version: makes a second ordos-2026@1",
    ]);
    expect(faultsOf([])).toEqual([": is an empty list; expected a pack"]);
    expect(faultsOf([changed({ rules: { T77: {} } })])).toEqual([
      "/0/rules/T77: is no code of the catalogue",
    ]);
  });
});
