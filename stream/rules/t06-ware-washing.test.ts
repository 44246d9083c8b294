import { describe, expect, it } from "vitest";
import { RuleTrial } from "./rule-trial.ts";
import { wareWashing } from "./t06-ware-washing.ts";

const MACHINE = "K/dish-1";
const machine = { id: MACHINE, kind: "dish-machine", zone: "wash" };
const meals = [["11:30", "12:40"]];

function cycles(trial: RuleTrial, ...rows: readonly (readonly [at: string, peak: number, holdS?: number])[]) {
  for (const [at, peak, holdS = 45] of rows) {
    const data = { peak, holdMs: holdS * 1000, program: "wash" } as const;
    trial.says("warmcity.dish.cycle", at, data, { by: MACHINE });
  }
  return trial;
}
const washing = (kitchen = {}) => new RuleTrial(wareWashing, { kitchen, devices: [machine] });

describe("T06 ware-washing", () => {
  it("follows SC18: rings at the third cycle too cold, clears at the third valid one", () => {
    const trial = cycles(
      washing(),
      ["13:05", 82],
      ["13:20", 79],
      ["13:35", 81],
      ["13:50", 86],
      ["14:05", 87],
      ["14:20", 86],
    );
    expect(trial.run("14:30")).toEqual(["13:35:00 raised L3 -", "14:20:00 resolved L3 -"]);
    expect(trial.alerts("13:40")[0]).toMatchObject({
      value: { number: 81, unit: "Cel" },
      because: [{ summary: "82 °C for 45 s" }, { summary: "79 °C for 45 s" }, { summary: "81 °C for 45 s" }],
    });
  });

  it("stays silent at 84.6, 86, 86 °C, and after two cold cycles", () => {
    expect(cycles(washing(), ["13:05", 84.6], ["13:20", 86], ["13:35", 86]).run("14:00")).toEqual([]);
    const two = cycles(
      washing(),
      ["13:05", 80],
      ["13:20", 80],
      ["13:35", 84.5],
      ["13:50", 80],
      ["14:05", 80],
    );
    expect(two.run("14:30")).toEqual([]);
  });

  it("asks for 40 s: 39.999 s is too short", () => {
    const short = [39.999, 39.999, 39.999].map((holdS, i) => [`13:0${i}`, 90, holdS] as const);
    const trial = cycles(washing(), ...short);
    expect(trial.run("14:00")).toEqual(["13:02:00 raised L3 -"]);
    expect(trial.alerts("14:00")[0]).toMatchObject({ value: { number: 39.999, unit: "s" } });
    expect(cycles(washing(), ["13:00", 90, 40], ["13:01", 90, 40], ["13:02", 90, 40]).run("14:00")).toEqual(
      [],
    );
  });

  it("counts neither rinsing nor descaling", () => {
    const trial = washing();
    for (const [at, program] of [
      ["13:00", "rinse"],
      ["13:05", "descale"],
      ["13:10", "rinse"],
    ] as const)
      trial.says("warmcity.dish.cycle", at, { peak: 50, holdMs: 9_000, program }, { by: MACHINE });
    expect(trial.run("14:00")).toEqual([]);
  });

  it("rings when no valid cycle has run within 3 h after a meal at which somebody ate", () => {
    const trial = washing({ meals }).says("warmcity.kitchen.activity", "12:00", { kind: "order" });
    cycles(trial, ["12:39", 88], ["14:00", 70]);
    expect(trial.run("16:00")).toEqual(["15:40:00 raised L3 -"]);
    expect(trial.alerts("16:00")[0]).toMatchObject({ because: [{ position: null }] });
  });

  it("is content with one valid cycle in those 3 h, even in the last moment", () => {
    const trial = washing({ meals }).says("warmcity.kitchen.activity", "12:00", { kind: "pay" });
    expect(cycles(trial, ["15:40", 85]).run("16:00")).toEqual([]);
  });

  it("asks nothing of a meal nobody ate, of central tableware, of a kitchen without a machine", () => {
    const order = (trial: RuleTrial) => trial.says("warmcity.kitchen.activity", "12:00", { kind: "order" });
    expect(
      washing({ meals }).says("warmcity.kitchen.activity", "12:00", { kind: "scan" }).run("16:00"),
    ).toEqual([]);
    expect(
      washing({ meals }).says("warmcity.kitchen.activity", "13:00", { kind: "order" }).run("20:00"),
    ).toEqual([]);
    expect(order(washing({ meals, tableware: "central" })).run("16:00")).toEqual([]);
    expect(order(new RuleTrial(wareWashing, { kitchen: { meals } })).run("16:00")).toEqual([]);
  });

  it("does not take for unwashed what no machine could tell: offline, never heard, or being worked on", () => {
    const served = (to: RuleTrial) => to.says("warmcity.kitchen.activity", "12:00", { kind: "order" });
    const reporting = { ...machine, reportEveryMs: 600_000 };
    const beats = (to: RuleTrial, until: number) => {
      for (let hour = 8; hour <= until; hour++)
        for (const minute of ["00", "10", "20", "30", "40", "50"])
          to.says("warmcity.device.heartbeat", `${hour}:${minute}`.padStart(5, "0"), {}, { by: MACHINE });
      return served(to);
    };
    const trial = () => new RuleTrial(wareWashing, { kitchen: { meals }, devices: [reporting] });
    expect(served(trial()).run("16:00")).toEqual([]);
    expect(beats(trial(), 13).run("16:00")).toEqual([]);
    expect(beats(trial(), 15).run("16:00")).toEqual(["15:40:00 raised L3 -"]);
    const repaired = beats(trial(), 15).says(
      "warmcity.device.maintained",
      "15:00",
      { kind: "repair", to: "2026-03-02T18:00:00+08:00" },
      { by: MACHINE },
    );
    expect(repaired.run("16:00")).toEqual([]);
  });

  it("keeps the order of the cycles, not of their arrival, and is a drill if one of them is", () => {
    const cycle = (to: RuleTrial, at: string, peak: number, arrival: object = {}) =>
      to.says(
        "warmcity.dish.cycle",
        at,
        { peak, holdMs: 45_000, program: "wash" },
        { by: MACHINE, ...arrival },
      );
    const late = washing().says("warmcity.kitchen.activity", "14:00", { kind: "pay" });
    cycle(cycle(late, "13:00", 70), "13:20", 70);
    cycle(late, "13:10", 70, { receivedAt: "15:00" });
    expect(late.alerts("15:30")).toMatchObject([{ raisedAt: "2026-03-02T13:20:00.000+08:00", retro: true }]);
    const broken = cycle(cycle(washing(), "13:00", 70), "13:20", 70);
    cycle(cycle(broken, "13:05", 90, { receivedAt: "15:00" }), "15:10", 70);
    expect(broken.run("16:00")).toEqual([]);
    const drill = cycle(cycle(washing(), "13:00", 70), "13:10", 70, { exercise: true });
    expect(cycle(drill, "13:20", 70).alerts("14:00")).toMatchObject([{ exercise: true }]);
  });

  it("needs the machine that failed to do better, not another", () => {
    const trial = new RuleTrial(wareWashing, { devices: [machine, { ...machine, id: "K/dish-2" }] });
    cycles(trial, ["13:00", 80], ["13:10", 80], ["13:20", 80]);
    for (const at of ["13:30", "13:40", "13:50"]) {
      trial.says(
        "warmcity.dish.cycle",
        at,
        { peak: 90, holdMs: 60_000, program: "wash" },
        { by: "K/dish-2" },
      );
    }
    expect(trial.run("14:00")).toEqual(["13:20:00 raised L3 -"]);
  });

  it("gives the same alerts for input without receipts, thrice and shuffled", () => {
    const trial = washing({ meals }).says("warmcity.kitchen.activity", "12:00", { kind: "order" });
    cycles(trial, ["13:05", 80], ["13:10", 80], ["13:15", 80], ["13:20", 88], ["13:25", 88], ["13:30", 88]);
    const clean = trial.run("16:00");
    expect(clean).toHaveLength(2);
    for (const seed of [1, 2, 3]) expect(trial.run("16:00", { shuffled: seed })).toEqual(clean);
  });

  it("judges a meal of which word comes late by the cycles that have run since", () => {
    const word = (trial: RuleTrial) =>
      trial.says("warmcity.kitchen.activity", "12:00", { kind: "order" }, { receivedAt: "16:31" });
    expect(word(cycles(washing({ meals }), ["13:00", 88], ["16:30", 88])).run("17:00")).toEqual([]);
    const unwashed = word(cycles(washing({ meals }), ["11:00", 88], ["16:30", 88]));
    expect(unwashed.run("17:00")).toEqual(["15:40:00 raised L3 -"]);
  });
});
