import { describe, expect, it } from "vitest";
import type { Output } from "../stream/output.ts";
import { generateCity } from "../twin/city/generated-city.ts";
import { Random } from "../twin/kernel/random.ts";
import { minutes, parseTime } from "../twin/kernel/time.ts";
import { lastWords, lived } from "./lived.ts";
import { type Line, replayed, simulatedLines, withoutPositions } from "./replayed.ts";

const FROM = parseTime("2026-06-02T10:00:00+08:00");
const city = generateCity({ seed: 1, preset: "full", kitchens: 120 });
const fridge = city.devices.find(({ kind }) => kind === "fridge-temperature")!.id;
const camera = city.devices.find(({ kind }) => kind === "camera")!.id;
const clean = simulatedLines({
  city,
  seed: 3,
  from: FROM,
  until: FROM + minutes(150),
  incidents: [
    {
      kind: "cold-failure",
      device: fridge,
      at: FROM + minutes(5),
      slopePerMin: 0.4,
      ambient: 22,
      repairAt: FROM + minutes(90),
    },
    { kind: "camera-view", camera, state: "covered", from: FROM + minutes(20), to: FROM + minutes(45) },
  ],
});

/** Three copies of each line, each up to nine (or so many) minutes late. */
function flood(seed: number, lateMin = 9): Line[] {
  const random = new Random(seed, "flood");
  const copies = clean.flatMap((line) =>
    [1, 2, 3].map(() => ({ ...line, at: line.at + random.between(0, minutes(lateMin)) })),
  );
  return copies.sort((a, b) => a.at - b.at);
}

describe("SC11 duplicate and out-of-order flood", () => {
  const expected = replayed(city, clean);

  it("has alerts, level changes and cases to compare", () => {
    const types = new Set(expected.outputs.map(({ type }) => type));
    expect(types).toContain("warmcity.alert.raised");
    expect(types).toContain("warmcity.alert.level-changed");
    expect(types).toContain("warmcity.alert.resolved");
    expect(types).toContain("warmcity.case.changed");
  });

  it.each([1, 2, 3])(
    "A: gives the same outputs, field by field, from three shuffled copies (seed %i)",
    (seed) => {
      const flooded = replayed(city, flood(seed));
      expect(flooded.outputs.map(withoutPositions)).toEqual(expected.outputs.map(withoutPositions));
      expect(flooded.summary).toEqual({
        ...expected.summary,
        received: 3 * expected.summary.received,
        duplicates: 2 * expected.summary.received + expected.summary.duplicates,
      });
    },
  );

  it("B: counts exactly what is delayed beyond the lateness, and rings nothing for it", () => {
    const random = new Random(9, "late");
    const moved = clean.map((line) =>
      random.chance(0.01) ? { ...line, isLate: true } : { ...line, isLate: false },
    );
    const delayed = moved
      .map((line) => (line.isLate ? { ...line, at: line.at + minutes(random.between(21, 60)) } : line))
      .sort((a, b) => a.at - b.at);
    const late = replayed(city, delayed);
    expect(late.summary.accepted).toBe(expected.summary.accepted);
    expect(late.summary.late).toBeGreaterThan(0);
    expect(late.summary.processed + late.summary.late + late.summary.quarantined).toBe(late.summary.accepted);
    expect(rings(late.outputs).filter((ring) => !rings(expected.outputs).includes(ring))).toEqual([]);
  });

  it("live: three copies, shuffled within a minute, leave listeners with the alerts of the kitchens as settled", () => {
    const until = FROM + minutes(60);
    const { given } = lived(city, flood(4, 1), { until });
    const outputs = given.map(({ output }) => output).filter(({ time }) => time <= until);
    const settled = replayed(city, clean, until).outputs;
    expect(heldOf(outputs)).toEqual(heldOf(settled));
    expect(heldOf(settled).length).toBeGreaterThan(1);
    expect(new Set(rings(outputs)).size).toBe(rings(outputs).length);
  });
});

/** Who is rung for what. A device whose data are on their way for half an hour is silent, and that may be said (O). */
function rings(outputs: readonly Output[]): string[] {
  const codeOf = new Map(outputs.flatMap(({ data }) => ("raisedAt" in data ? [[data.case, data.code]] : [])));
  return outputs.flatMap(({ data }) => {
    if (!("channel" in data) || codeOf.get(data.case)?.startsWith("O0") === true) return [];
    return [`${data.case} ${data.level} ${data.to} ${data.channel}`];
  });
}

/** What a listener holds in the end of the alerts of kitchens, when they were received apart. */
function heldOf(outputs: readonly Output[]): string[] {
  return [...lastWords(outputs).values()]
    .filter(({ kitchen, reason }) => kitchen !== null && reason !== "withdrawn")
    .map(({ alert, level, state, raisedAt, levelAt, resolvedAt }) =>
      [alert, level, state, raisedAt, levelAt, resolvedAt].join(" "),
    )
    .sort();
}
