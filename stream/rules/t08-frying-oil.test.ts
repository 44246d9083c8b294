import { describe, expect, it } from "vitest";
import { RuleTrial } from "./rule-trial.ts";
import { fryingOil } from "./t08-frying-oil.ts";

const METER = "K/oil-1";
const fryer = () => new RuleTrial(fryingOil, { devices: [{ id: METER, kind: "oil-meter" }] });

describe("T08 frying oil", () => {
  it.each([
    [23.9, []],
    [24, ["12:00:00 raised L4 -"]],
    [27, ["12:00:00 raised L4 -"]],
    [27.1, ["12:00:00 raised L2 -"]],
  ])("judges a TPM of %s %% that a person measured", (tpm, lines) => {
    expect(fryer().says("warmcity.oil.measured", "12:00", { tpm }).run("12:00")).toEqual(lines);
  });

  it("judges the acid value: 5.0 is none, 5.1 is L2", () => {
    expect(fryer().says("warmcity.oil.measured", "12:00", { acidValue: 5 }).run("12:00")).toEqual([]);
    const trial = fryer().says("warmcity.oil.measured", "12:00", { acidValue: 5.1, tpm: 25 });
    expect(trial.run("12:00")).toEqual(["12:00:00 raised L2 -"]);
    expect(trial.alerts("12:00")[0]).toMatchObject({ value: { number: 5.1, unit: "mg/g" } });
  });

  it("is about the meter, whether it sends a reading or a measurement", () => {
    const trial = fryer()
      .reads(METER, "12:00", 25)
      .says("warmcity.oil.measured", "13:00", { tpm: 28 }, { by: METER });
    expect(trial.run("13:00")).toEqual(["12:00:00 raised L4 K/oil-1", "13:00:00 rose to L2 K/oil-1"]);
    expect(trial.alerts("13:00")[0]).toMatchObject({
      value: { number: 28, unit: "%" },
      because: [{ summary: "Frying-oil meter 25 %" }, { summary: "TPM 28 %" }],
    });
  });

  it("clears with the record of new oil and a TPM below 24 %", () => {
    const trial = fryer()
      .reads(METER, "12:00", 28)
      .says("warmcity.record.filed", "13:00", { kind: "oil-change", device: METER })
      .reads(METER, "13:10", 24)
      .reads(METER, "13:20", 23.9);
    expect(trial.run("13:20")).toEqual(["12:00:00 raised L2 K/oil-1", "13:20:00 resolved L2 K/oil-1"]);
  });

  it("clears at the record where the clean oil was measured first, unless it was bad again since", () => {
    const clean = fryer().reads(METER, "12:00", 28).reads(METER, "12:30", 15);
    const filed = (trial: ReturnType<typeof fryer>) =>
      trial.says("warmcity.record.filed", "13:00", { kind: "oil-change", device: METER }).run("13:00");
    expect(filed(clean)).toEqual(["12:00:00 raised L2 K/oil-1", "13:00:00 resolved L2 K/oil-1"]);
    const again = fryer().reads(METER, "12:00", 28).reads(METER, "12:30", 15).reads(METER, "12:40", 25);
    expect(filed(again)).toEqual(["12:00:00 raised L2 K/oil-1"]);
  });

  it("does not take the record of an earlier change, of another meter or of another kind", () => {
    const trial = fryer()
      .says("warmcity.record.filed", "11:00", { kind: "oil-change", device: METER })
      .reads(METER, "12:00", 28)
      .says("warmcity.record.filed", "12:10", { kind: "oil-change", device: "K/oil-9" })
      .says("warmcity.record.filed", "12:20", { kind: "cleaning", device: METER })
      .reads(METER, "13:00", 10);
    expect(trial.run("13:00")).toEqual(["12:00:00 raised L2 K/oil-1"]);
  });

  it("gives the same alerts shuffled, and rings late for a measurement that comes late", () => {
    const trial = fryer()
      .reads(METER, "12:00", 26)
      .says("warmcity.record.filed", "13:00", { kind: "oil-change" })
      .reads(METER, "13:20", 12);
    const clean = trial.run("14:00");
    expect(clean).toHaveLength(2);
    for (const seed of [1, 2, 3]) expect(trial.run("14:00", { shuffled: seed })).toEqual(clean);
    const late = fryer()
      .says("warmcity.kitchen.activity", "13:00", { kind: "pay" })
      .says("warmcity.oil.measured", "12:00", { tpm: 29 }, { receivedAt: "13:00" });
    expect(late.alerts("13:00")).toMatchObject([{ retro: true, delayed: true }]);
  });
});
