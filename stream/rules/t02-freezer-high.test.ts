import { describe, expect, it } from "vitest";
import { RuleTrial } from "./rule-trial.ts";
import { freezerHigh } from "./t02-freezer-high.ts";

const FREEZER = "K/freezer-1";
const freezer = () =>
  new RuleTrial(freezerHigh, {
    devices: [{ id: FREEZER, kind: "freezer-temperature", reportEveryMs: 60_000 }],
  });

describe("T02 freezer high", () => {
  it("rings when a freezer has been above -12 °C for 60 min", () => {
    const trial = freezer().readsOn(FREEZER, "10:00", "11:05", -11.9);
    expect(trial.run("11:05")).toEqual(["11:00:00 raised L3 K/freezer-1"]);
    expect(trial.alerts("11:05")[0]).toMatchObject({ value: { number: -11.9, unit: "Cel" } });
  });

  it("stays silent at -12 °C, and while a defrost of 45 min goes by", () => {
    const trial = freezer()
      .readsOn(FREEZER, "08:00", "09:59", -12)
      .readsOn(FREEZER, "10:00", "10:45", -6)
      .readsOn(FREEZER, "10:46", "12:00", -18);
    expect(trial.run("12:00")).toEqual([]);
  });

  it("rises to L2 only after 2 h above -5 °C", () => {
    expect(freezer().readsOn(FREEZER, "10:00", "12:10", -4.9).run("12:10")).toEqual([
      "11:00:00 raised L3 K/freezer-1",
      "12:00:00 rose to L2 K/freezer-1",
    ]);
    expect(freezer().readsOn(FREEZER, "10:00", "14:00", -5).run("14:00")).toEqual([
      "11:00:00 raised L3 K/freezer-1",
    ]);
  });

  it("clears when it has been at or below -12 °C for 30 min", () => {
    const trial = freezer().readsOn(FREEZER, "10:00", "11:10", -8).readsOn(FREEZER, "11:11", "11:45", -12);
    expect(trial.run("11:45")).toEqual([
      "11:00:00 raised L3 K/freezer-1",
      "11:41:00 resolved L3 K/freezer-1",
    ]);
  });

  it("does not fire while the freezer is silent: not before the next value that is still too warm", () => {
    const trial = freezer().readsOn(FREEZER, "10:00", "10:30", -8).readsOn(FREEZER, "11:20", "11:30", -8);
    expect(trial.run("11:30")).toEqual(["11:20:00 raised L3 K/freezer-1"]);
  });

  it("gives the same alerts for input without receipts, thrice and shuffled", () => {
    const trial = freezer().readsOn(FREEZER, "10:00", "12:10", -4).readsOn(FREEZER, "12:11", "12:50", -18);
    const clean = trial.run("12:50");
    expect(clean).toHaveLength(3);
    for (const seed of [4, 5, 6]) expect(trial.run("12:50", { shuffled: seed })).toEqual(clean);
  });
});
