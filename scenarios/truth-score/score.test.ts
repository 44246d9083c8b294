import { describe, expect, it } from "vitest";
import { oneKitchen } from "../../simulator/one-kitchen.ts";
import type { TruthRecord } from "../../simulator/truth.ts";
import type { Output } from "../../stream/output.ts";
import type { Level } from "../../twin/events/fields.ts";
import { formatTime, hours, minutes } from "../../twin/kernel/time.ts";
import { AlertLives } from "./alert-life.ts";
import { compare } from "./baseline.ts";
import { brokenGates } from "./gates.ts";
import { type Run, type Score, scoreOf } from "./score.ts";
import { scoreMarkdown, scoreTable } from "./score-table.ts";

const START = 1_780_000_000_000;
const city = oneKitchen({
  devices: [
    { name: "f1", kind: "fridge-temperature" },
    { name: "c1", kind: "camera", zone: "cooking" },
  ],
});

function record(code: string, fromMin: number, more: Partial<TruthRecord> = {}): TruthRecord {
  const from = START + minutes(fromMin);
  const base = { code, cause: "test", kitchen: "K-1", asset: null, from, to: null } as const;
  return { ...base, ...more };
}

const alertData = {
  title: { zh: "", en: "" },
  rule: "",
  legalBasis: [],
  because: [],
  parent: null,
  value: null,
};

/** An alert as the twin gives it out: raised, and resolved if it says when. */
function said(
  id: string,
  code: string,
  level: Level,
  atMin: number,
  more: { asset?: string; resolvedMin?: number } = {},
): Output[] {
  const at = START + minutes(atMin);
  const data = {
    ...alertData,
    alert: id,
    case: `C-${id}`,
    code,
    level,
    kitchen: "K-1",
    asset: more.asset ?? null,
    state: "firing" as const,
    raisedAt: formatTime(at),
    levelAt: formatTime(at),
    resolvedAt: null,
    reason: null,
    lead: false,
    retro: false,
    delayed: false,
    exercise: false,
    policy: "p@1",
    suppressedBy: null,
  };
  const raised: Output = { type: "warmcity.alert.raised", id, time: at, subject: "K-1", data };
  if (more.resolvedMin === undefined) return [raised];
  const time = START + minutes(more.resolvedMin);
  return [raised, { ...raised, type: "warmcity.alert.resolved", time }];
}

function scored(truth: readonly TruthRecord[], outputs: readonly Output[], more: Partial<Run> = {}): Score {
  const lives = new AlertLives();
  for (const output of outputs) lives.hear(output);
  return scoreOf({ city, truth, lives, from: START, until: START + hours(48), pointsOf: () => 0, ...more });
}

describe("scoreOf()", () => {
  it("counts what was found, missed and said for nothing, by code", () => {
    const truth = [record("D03", 10), record("D07", 20), record("D07", 600, { asset: "lot:X" })];
    const outputs = [
      ...said("a", "D03", "L2", 10),
      ...said("b", "D07", "L4", 20),
      ...said("c", "W02", "L3", 30),
    ];
    const { codes, levels, extra } = scored(truth, outputs);
    expect(
      codes.map(({ code, expected, found, missed, extra: more }) => [code, expected, found, missed, more]),
    ).toEqual([
      ["D03", 1, 1, 0, 0],
      ["D07", 2, 1, 1, 0],
      ["W02", 0, 0, 0, 1],
    ]);
    expect(levels.map(({ recall }) => recall)).toEqual([1, 0.5]);
    expect(extra).toBe(1);
  });

  it("knows the zone of the camera that saw it, and a false hit from a true one", () => {
    const rungs = [{ level: "L3", earliest: START, latest: START, sure: true }] as const;
    const rat = record("P07", 0, { asset: "K-1/c1", cause: "false camera-hits", rungs });
    const [score] = scored([rat], said("a", "P07", "L3", 0, { asset: "zone:K-1/cooking" })).codes;
    expect(score).toMatchObject({ found: 1, extra: 0, falseLeads: 1, precision: 0 });
  });

  it("asks nothing sure of a camera that was off", () => {
    const rungs = [{ level: "L3", earliest: START, latest: START, sure: true }] as const;
    const rat = record("P07", 0, { asset: "K-1/c1", rungs });
    const off = record("O01", -60, { asset: "K-1/c1", cause: "device-off", to: START + hours(1), rungs: [] });
    expect(scored([rat, off], []).codes).toEqual([]);
    expect(scored([rat], []).codes).toMatchObject([{ missed: 1 }]);
  });

  it("asks nothing sure of a camera that was covered, but that it is found covered", () => {
    const rungs = [{ level: "L3", earliest: START, latest: START, sure: true }] as const;
    const rat = record("P07", 0, { asset: "K-1/c1", rungs });
    const view = record("O03", -5, { asset: "K-1/c1", cause: "camera-view", to: START + hours(1), rungs });
    expect(scored([rat, view], []).codes).toMatchObject([{ code: "O03", missed: 1 }]);
  });

  it("takes a burst of hits within another of its kind for no trouble of its own", () => {
    const burst = (fromMin: number, toMin: number) =>
      record("P06", fromMin, {
        asset: "K-1/c1",
        cause: "camera-hits",
        to: START + minutes(toMin),
        rungs: [
          {
            level: "L4",
            earliest: START + minutes(fromMin + 10),
            latest: START + minutes(toMin),
            sure: true,
          },
        ],
      });
    const found = said("a", "P06", "L4", 10, { asset: "zone:K-1/cooking", resolvedMin: 15 });
    expect(scored([burst(0, 11), burst(8, 19)], found).codes).toMatchObject([{ found: 1, missed: 0 }]);
    expect(scored([burst(0, 11), burst(60, 71)], found).codes).toMatchObject([{ found: 1, missed: 1 }]);
  });

  it("lets a rate of devices ring where the truth has so many of them off", () => {
    const low = said("r", "O02", "L2", 120, { asset: "office:150602-01" });
    const off = record("O01", 10, { asset: "K-1/c1", cause: "device-off", to: START + hours(5), rungs: [] });
    expect(scored([off], low)).toMatchObject({ extra: 0 });
    expect(scored([], low)).toMatchObject({ extra: 1 });
  });

  it("measures delays from the beginning of the trouble, and until its case was closed", () => {
    const rungs = [
      { level: "L3", earliest: START + minutes(30), latest: START + minutes(40), sure: true },
    ] as const;
    const warm = record("T01", 0, { asset: "K-1/f1", to: START + hours(2), rungs });
    const closed: Output = {
      type: "warmcity.case.changed",
      id: "x",
      time: START + minutes(95),
      subject: "K-1",
      data: {
        case: "C-a",
        alert: "a",
        from: "recheck",
        to: "closed",
        actor: "S-1",
        role: "S",
        reason: null,
        due: null,
        dueProvisional: false,
        evidence: [],
        evidenceHash: null,
      },
    };
    const outputs = [...said("a", "T01", "L3", 35, { asset: "K-1/f1" }), closed];
    expect(scored([warm], outputs).codes).toMatchObject([
      { delayMedianMs: minutes(35), delayP95Ms: minutes(35), closed: 1, closeMedianMs: minutes(60) },
    ]);
    expect(scored([warm], outputs.slice(0, 1)).codes).toMatchObject([{ closed: 0, closeMedianMs: null }]);
  });

  it("names kitchens in which nothing went wrong and that lost points all the same", () => {
    expect(scored([], [], { pointsOf: () => 0.4 })).toMatchObject({ bystanders: 1, bystanderDrift: 0.4 });
    expect(scored([record("D03", 10)], [], { pointsOf: () => 0.4 })).toMatchObject({ bystanderDrift: 0 });
  });
});

describe("the gates", () => {
  const good = scored([record("D03", 10)], said("a", "D03", "L2", 10));

  it("hold for a run without a fault", () => {
    expect(brokenGates(good)).toEqual([]);
    expect(scoreTable(good)).toContain("all gates hold");
    expect(scoreMarkdown(good)).toContain("| D03 | 1 | 1 |");
  });

  it("break when one L2 is missed, one alert is extra, a bystander pays", () => {
    const bad = scored([record("D03", 10)], said("a", "W02", "L3", 10));
    expect(brokenGates(bad)).toEqual([
      "recall of L1/L2 is 0.0 %: 1 of 1 missed, at least 100.0 % wanted",
      "1 alerts that nothing explains, none wanted",
    ]);
    expect(brokenGates({ ...good, bystanderDrift: 0.2 })).toHaveLength(1);
    expect(scoreTable(bad)).toContain("GATES BROKEN");
  });
});

describe("compare()", () => {
  const before = scored(
    [record("D03", 10), record("D07", 20)],
    [...said("a", "D03", "L2", 10), ...said("b", "D07", "L4", 20)],
  );

  it("finds no difference of a run to itself", () => {
    expect(compare(before, before)).toEqual({ worse: [], better: [], fallen: [] });
  });

  it("names a recall that fell, and its rise again the other way", () => {
    const after = scored([record("D03", 10), record("D07", 20)], said("b", "D07", "L4", 20));
    expect(compare(before, after).fallen).toEqual(["D03: recall 100.0 % to 0.0 %"]);
    expect(compare(after, before).better).toContain("D03: recall 0.0 % to 100.0 %");
  });

  it("names alerts for nothing, and codes that are gone or new", () => {
    const after = scored(
      [record("D07", 20)],
      [...said("b", "D07", "L4", 20), ...said("c", "D07", "L4", 900)],
    );
    expect(compare(before, after).worse).toEqual([
      "D03: gone",
      "D07: precision 100.0 % to 50.0 %",
      "D07: extra 0 to 1",
    ]);
  });
});
