import { describe, expect, it } from "vitest";
import { RuleTrial } from "./rule-trial.ts";
import { hotChain } from "./t03-hot-chain.ts";

const TANK = "K/bain-marie";
const devices = [
  { id: TANK, kind: "hot-holding-temperature", zone: "serving", reportEveryMs: 60_000 },
  { id: "K/probe", kind: "probe-temperature", reportEveryMs: null },
];
const meals = [["11:20", "12:50"]];
const canteen = (kitchen = {}) => new RuleTrial(hotChain, { kitchen: { meals, ...kitchen }, devices });

type Stage = "cooked" | "cooling" | "holding" | "reheated" | "served" | "removed" | "discarded";
function probe(
  trial: RuleTrial,
  at: string,
  stage: Stage,
  value: number | null = null,
  device: string | null = TANK,
) {
  return trial.says("warmcity.food.probed", at, { batch: "B1", stage, value, device }, { by: "K/probe" });
}
/** SC17: 63 °C, from 11:42 on 58 °C and less, to `until`. */
function drift(until: string, kitchen = {}): RuleTrial {
  return canteen(kitchen)
    .readsOn(TANK, "11:00", "11:41", 63)
    .readsOn(TANK, "11:42", "12:00", 58)
    .readsOn(TANK, "12:01", until, 55);
}

describe("T03 hot holding", () => {
  it("follows SC17: rings after 15 min below 60 °C in service, is over when the food is taken out, and minds no empty tank", () => {
    const trial = probe(drift("12:54"), "12:55", "removed").readsOn(TANK, "12:56", "17:00", 24);
    expect(trial.run("17:00")).toEqual([`11:57:00 raised L3 ${TANK}`, `12:55:00 resolved L3 ${TANK}`]);
    expect(trial.alerts("12:00")).toMatchObject([
      { value: { number: 58, unit: "Cel" }, because: [{ text: { en: "Hot-holding temperature 58 °C" } }] },
    ]);
  });

  it("follows SC17, V2: kept and served at 16:50 without reheating", () => {
    const known = probe(probe(drift("17:00"), "11:25", "holding", 63), "16:50", "served");
    expect(known.run("17:00")).toEqual([`11:57:00 raised L3 ${TANK}`, `16:50:00 rose to L2 ${TANK}`]);
    const unknown = probe(drift("17:00"), "16:50", "served", 50);
    expect(unknown.run("17:00")).toEqual([`11:57:00 raised L3 ${TANK}`, `16:50:00 rose to L2 ${TANK}`]);
    const early = probe(drift("17:00"), "13:41", "served");
    expect(early.run("17:00")).toEqual([`11:57:00 raised L3 ${TANK}`]);
  });

  it("stays silent at 60.0 °C, after 14 min, outside of service and on a day of rest", () => {
    expect(canteen().readsOn(TANK, "11:00", "13:30", 60).run("13:30")).toEqual([]);
    const short = canteen().readsOn(TANK, "11:30", "11:43", 59.9).readsOn(TANK, "11:44", "12:50", 63);
    expect(short.run("13:00")).toEqual([]);
    expect(canteen().readsOn(TANK, "12:36", "14:00", 40).run("14:00")).toEqual([]);
    expect(canteen().readsOn(TANK, "12:35", "14:00", 40).run("14:00")).toEqual([
      `12:50:00 raised L3 ${TANK}`,
    ]);
    const sunday = canteen({ calendar: "workday" }).readsOn(TANK, "03-08 11:00", "03-08 13:00", 40);
    expect(sunday.run("03-08 13:00")).toEqual([]);
  });

  it("counts from the beginning of service, and at the next one as well", () => {
    const cold = canteen({
      meals: [
        ["11:20", "12:00"],
        ["17:00", "18:00"],
      ],
    });
    cold.readsOn(TANK, "08:00", "11:34", 30).readsOn(TANK, "11:35", "12:10", 63);
    expect(cold.readsOn(TANK, "12:11", "18:00", 30).run("18:00")).toEqual([`17:15:00 raised L3 ${TANK}`]);
  });

  it("goes by the menu where there is one", () => {
    const trial = canteen().readsOn(TANK, "10:00", "13:00", 50);
    const menu = {
      meal: "lunch",
      serviceStart: "2026-03-02T12:00:00+08:00",
      serviceEnd: "2026-03-02T13:00:00+08:00",
      dishes: ["汤"],
    };
    expect(trial.says("warmcity.menu.published", "09:00", menu).run("13:00")).toEqual([
      `12:15:00 raised L3 ${TANK}`,
    ]);
  });

  it("is not broken by a value within 0.5 °C above the limit, but by 60.6 °C", () => {
    const dip = (value: number) =>
      canteen()
        .readsOn(TANK, "11:30", "11:36", 58)
        .readsOn(TANK, "11:37", "11:37", value)
        .readsOn(TANK, "11:38", "11:50", 58);
    expect(dip(60.4).run("11:50")).toEqual([`11:45:00 raised L3 ${TANK}`]);
    expect(dip(60.6).run("11:50")).toEqual([]);
  });

  it("takes no soup at 59.8 °C with a flapping sensor for cold, until it is", () => {
    const soup = () => {
      const trial = canteen();
      for (let minute = 20; minute < 60; minute++)
        trial.reads(TANK, `11:${minute}`, minute % 2 === 0 ? 59.3 : 60.3);
      return trial;
    };
    expect(soup().run("12:00")).toEqual([]);
    expect(soup().readsOn(TANK, "12:00", "12:20", 57).run("12:20")).toEqual([`12:15:00 raised L3 ${TANK}`]);
  });

  it("is graver after 2 h in a long service", () => {
    const trial = canteen({ meals: [["11:00", "14:00"]] }).readsOn(TANK, "10:00", "11:29", 63);
    expect(trial.readsOn(TANK, "11:30", "14:00", 50).run("14:00")).toEqual([
      `11:45:00 raised L3 ${TANK}`,
      `13:30:00 rose to L2 ${TANK}`,
    ]);
  });

  it("knows nothing of a silent tank, and goes on with the next value below", () => {
    const gap = (value: number) =>
      canteen().readsOn(TANK, "11:30", "11:35", 55).readsOn(TANK, "12:00", "12:05", value).run("12:05");
    expect(gap(55)).toEqual([`12:00:00 raised L3 ${TANK}`]);
    expect(gap(63)).toEqual([]);
  });

  it("does not end by getting warm again; a record of discarding ends it, new food begins it anew", () => {
    const trial = drift("12:10").readsOn(TANK, "12:11", "12:20", 64);
    expect(trial.run("12:20")).toEqual([`11:57:00 raised L3 ${TANK}`]);
    trial.says("warmcity.record.filed", "12:21", { kind: "discard", device: TANK });
    trial.readsOn(TANK, "12:22", "12:25", 55);
    probe(trial, "12:25", "holding", 56).readsOn(TANK, "12:26", "12:45", 55);
    expect(trial.run("12:45")).toEqual([
      `11:57:00 raised L3 ${TANK}`,
      `12:21:00 resolved L3 ${TANK}`,
      `12:40:00 raised L3 ${TANK}`,
    ]);
  });

  it("is muted under maintenance of the tank, and silent in a closed unit", () => {
    const work = {
      kind: "repair",
      from: "2026-03-02T11:00:00+08:00",
      to: "2026-03-02T12:30:00+08:00",
    } as const;
    const muted = drift("12:40").says("warmcity.device.maintained", "11:00", work, { by: TANK });
    expect(muted.run("12:40")).toEqual([
      `11:57:00 suppressed L3 ${TANK} (maintenance)`,
      `12:30:00 raised L3 ${TANK}`,
    ]);
    expect(
      drift("12:40").says("warmcity.kitchen.declared", "10:00", { state: "closed" }).run("12:40"),
    ).toEqual([]);
  });

  it("gives the same alerts for input without receipts, thrice and shuffled", () => {
    const trial = probe(probe(drift("17:00"), "11:25", "holding", 63), "16:50", "served");
    const clean = trial.run("17:00");
    expect(clean).toHaveLength(2);
    for (const seed of [1, 2, 3]) expect(trial.run("17:00", { shuffled: seed })).toEqual(clean);
  });
});

describe("T03 reheating and cooling", () => {
  it("rings when food was reheated to less than 70 °C, and ends at 70 °C", () => {
    const trial = probe(probe(canteen(), "11:00", "reheated", 69.9), "11:10", "reheated", 70);
    expect(trial.run("12:00")).toEqual([`11:00:00 raised L3 ${TANK}`, `11:10:00 resolved L3 ${TANK}`]);
    expect(probe(canteen(), "11:00", "reheated", 70).run("12:00")).toEqual([]);
    expect(probe(canteen(), "11:00", "reheated").run("12:00")).toEqual([]);
  });

  it("is about the probe where no tank is named, and ends when the batch is thrown away", () => {
    const trial = probe(canteen(), "11:00", "reheated", 60, null);
    trial.says("warmcity.food.probed", "11:30", { batch: "B1", stage: "discarded" });
    expect(trial.run("12:00")).toEqual(["11:00:00 raised L3 K/probe", "11:30:00 resolved L3 K/probe"]);
  });

  type Cooling = readonly (readonly [at: string, value: number])[];
  it.each<readonly [Cooling, string[]]>([
    [
      [
        ["09:00", 60],
        ["10:59", 22],
        ["11:00", 21],
        ["13:00", 8],
      ],
      [],
    ],
    [
      [
        ["09:00", 60],
        ["11:00", 21.1],
      ],
      ["11:00:00 raised L3 K/probe"],
    ],
    [
      [
        ["09:00", 60],
        ["11:30", 20],
      ],
      ["11:30:00 raised L3 K/probe"],
    ],
    [
      [
        ["09:00", 60],
        ["10:30", 21],
        ["12:30", 8.1],
      ],
      ["12:30:00 raised L3 K/probe"],
    ],
    [
      [
        ["08:00", 75],
        ["09:00", 60],
        ["11:00", 21],
        ["12:59", 8.5],
        ["13:00", 8],
      ],
      [],
    ],
  ])("cools from 60 to 21 °C and on to 8 °C within 2 h each: %o", (rows, lines) => {
    const trial = canteen();
    for (const [at, value] of rows) probe(trial, at, "cooling", value, null);
    expect(trial.run("14:00")).toEqual(lines);
  });

  it("counts the time between 8 and 60 °C by the probes alone, anew after reheating", () => {
    const served = (trial: RuleTrial, at: string) => probe(trial, at, "served", 50, null).run("17:00");
    const kept = () => probe(probe(canteen(), "10:00", "cooked", 75, null), "11:00", "holding", 55, null);
    expect(served(kept(), "12:40")).toEqual([]);
    expect(served(kept(), "12:46")).toEqual(["12:46:00 raised L2 K/probe"]);
    expect(served(probe(kept(), "12:00", "reheated", 75, null), "13:30")).toEqual([]);
  });
});
