import { describe, expect, it } from "vitest";
import { formatTime } from "../../twin/kernel/time.ts";
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

  it("ends with a TPM below 24 %, whether new oil is recorded before, after or never", () => {
    const measured = () =>
      fryer().reads(METER, "12:00", 28).reads(METER, "13:10", 24).reads(METER, "13:20", 23.9);
    const lines = ["12:00:00 raised L2 K/oil-1", "13:20:00 resolved L2 K/oil-1"];
    const record = { kind: "oil-change", device: METER } as const;
    expect(measured().run("14:00")).toEqual(lines);
    expect(measured().says("warmcity.record.filed", "13:00", record).run("14:00")).toEqual(lines);
    expect(measured().says("warmcity.record.filed", "13:50", record).run("14:00")).toEqual(lines);
  });

  it("lets a reminder's case close by itself only once new oil is recorded, in either order", () => {
    const closing = (recordAt: string | null, about: object = { device: METER }) => {
      const trial = fryer().reads(METER, "12:00", 25).reads(METER, "13:00", 12);
      if (recordAt !== null) trial.says("warmcity.record.filed", recordAt, { kind: "oil-change", ...about });
      return trial
        .outputs("15:00")
        .flatMap(({ type, data, time }) =>
          type === "warmcity.case.changed" && data.to === "closed" ? [formatTime(time).slice(11, 16)] : [],
        );
    };
    expect(closing(null)).toEqual([]);
    expect(closing("12:30")).toEqual(["13:00"]);
    expect(closing("14:00")).toEqual(["14:00"]);
    expect(closing("11:00")).toEqual([]);
    expect(closing("14:00", { device: "K/oil-9" })).toEqual([]);
    expect(closing("14:00", { kind: "cleaning" })).toEqual([]);
  });

  it("rings again when the oil is bad again", () => {
    const again = fryer().reads(METER, "12:00", 28).reads(METER, "12:30", 15).reads(METER, "12:40", 25);
    expect(again.run("13:00")).toEqual([
      "12:00:00 raised L2 K/oil-1",
      "12:30:00 resolved L2 K/oil-1",
      "12:40:00 raised L4 K/oil-1",
    ]);
  });

  it("answers an acid value by an acid value or a TPM, a TPM by a TPM alone", () => {
    const sour = () => fryer().says("warmcity.oil.measured", "12:00", { acidValue: 5.1 });
    const lines = ["12:00:00 raised L2 -", "13:00:00 resolved L2 -"];
    expect(sour().says("warmcity.oil.measured", "13:00", { acidValue: 5 }).run("13:00")).toEqual(lines);
    expect(sour().says("warmcity.oil.measured", "13:00", { tpm: 8 }).run("13:00")).toEqual(lines);
    const polar = fryer().says("warmcity.oil.measured", "12:00", { tpm: 28 });
    expect(polar.says("warmcity.oil.measured", "13:00", { acidValue: 1 }).run("13:00")).toHaveLength(1);
  });

  it("ends at once what a late measurement tells of oil that was measured good since", () => {
    const late = fryer()
      .says("warmcity.oil.measured", "12:30", { tpm: 9 })
      .says("warmcity.oil.measured", "12:00", { tpm: 29 }, { receivedAt: "13:00" })
      .says("warmcity.kitchen.activity", "13:00", { kind: "pay" });
    expect(late.alerts("13:30")).toMatchObject([{ retro: true, state: "resolved", reason: "cleared" }]);
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
