import { describe, expect, it } from "vitest";
import { RuleTrial } from "./rule-trial.ts";
import { gasLeak } from "./t09-gas-leak.ts";

const PROBE = "K/gas-1";
const probes = () =>
  new RuleTrial(gasLeak, {
    devices: [
      { id: PROBE, kind: "gas", zone: "cooking", reportEveryMs: 5_000 },
      { id: "K/gas-2", kind: "gas", zone: "cooking", reportEveryMs: 5_000 },
      { id: "K/gas-3", kind: "gas", zone: "prep", reportEveryMs: 5_000 },
    ],
  });
const EVERY_5_S = 5_000;

describe("T09 gas leak", () => {
  it("warns at 10 % LEL for 60 s", () => {
    expect(probes().readsOn(PROBE, "14:20:00", "14:21:10", 10, EVERY_5_S).run("14:22")).toEqual([
      "14:21:00 raised L3 zone:K/cooking",
    ]);
  });

  it("stays silent at 9.9 %, and when 10 % last 55 s", () => {
    expect(probes().readsOn(PROBE, "14:20:00", "14:25:00", 9.9, EVERY_5_S).run("14:25")).toEqual([]);
    const short = probes()
      .readsOn(PROBE, "14:20:00", "14:20:55", 12, EVERY_5_S)
      .readsOn(PROBE, "14:21:00", "14:25:00", 9, EVERY_5_S);
    expect(short.run("14:25")).toEqual([]);
  });

  it("is an alarm at the second sample of 20 % in a row, and at the first of 50 %", () => {
    const twice = probes().reads(PROBE, "14:20:00", 20).reads(PROBE, "14:20:05", 20);
    expect(twice.run("14:21")).toEqual(["14:20:05 raised L1 zone:K/cooking"]);
    expect(probes().reads(PROBE, "14:20:00", 50).run("14:21")).toEqual(["14:20:00 raised L1 zone:K/cooking"]);
  });

  it("is no alarm at a flambé: 30 % once, then 2 %", () => {
    const trial = probes().reads(PROBE, "14:20:00", 30).readsOn(PROBE, "14:20:05", "14:25:00", 2, EVERY_5_S);
    expect(trial.run("14:25")).toEqual([]);
  });

  it("follows SC16: warning at 14:21:00, alarm at 14:21:25, one case for both probes of the room", () => {
    const trial = probes()
      .readsOn(PROBE, "14:20:00", "14:21:10", 12, EVERY_5_S)
      .reads(PROBE, "14:21:15", 18)
      .reads(PROBE, "14:21:20", 21)
      .reads(PROBE, "14:21:25", 26)
      .reads("K/gas-2", "14:21:28", 25)
      .reads("K/gas-2", "14:21:33", 25)
      .readsOn(PROBE, "14:21:30", "14:32:00", 4, EVERY_5_S)
      .readsOn("K/gas-2", "14:21:38", "14:34:58", 4.9, EVERY_5_S);
    expect(trial.run("14:34")).toEqual([
      "14:21:00 raised L3 zone:K/cooking",
      "14:21:25 rose to L1 zone:K/cooking",
      "14:31:38 resolved L1 zone:K/cooking",
    ]);
    expect(trial.alerts("14:34")).toHaveLength(1);
  });

  it("does not clear at 5 %: below it for 10 min", () => {
    const trial = probes()
      .reads(PROBE, "14:00:00", 60)
      .readsOn(PROBE, "14:00:05", "14:15:00", 5, EVERY_5_S)
      .readsOn(PROBE, "14:15:05", "14:26:00", 4.9, EVERY_5_S);
    expect(trial.run("14:26")).toEqual([
      "14:00:00 raised L1 zone:K/cooking",
      "14:25:05 resolved L1 zone:K/cooking",
    ]);
  });

  it("rings in a unit that is closed", () => {
    const trial = probes()
      .says("warmcity.kitchen.declared", "08:00", { state: "closed" })
      .reads(PROBE, "14:20:00", 50);
    expect(trial.run("14:21")).toEqual(["14:20:00 raised L1 zone:K/cooking"]);
  });

  it("takes test gas at a calibration for none, and rings if the gas outlasts it", () => {
    const calibration = { kind: "calibration", device: PROBE, to: "2026-03-02T14:30:00+08:00" } as const;
    const trial = probes()
      .says("warmcity.device.maintained", "14:00", calibration, { by: PROBE })
      .readsOn(PROBE, "14:10:00", "14:31:00", 60, EVERY_5_S)
      .reads("K/gas-3", "14:20:00", 55);
    expect(trial.run("14:31")).toEqual([
      "14:20:00 raised L1 zone:K/prep",
      "14:30:00 raised L1 zone:K/cooking",
    ]);
  });

  it("gives the same alerts for input without receipts, thrice and shuffled", () => {
    const trial = probes()
      .readsOn(PROBE, "14:20:00", "14:21:10", 12, EVERY_5_S)
      .readsOn(PROBE, "14:21:15", "14:22:00", 26, EVERY_5_S)
      .readsOn(PROBE, "14:22:05", "14:33:00", 3, EVERY_5_S);
    const clean = trial.run("14:33");
    expect(clean).toHaveLength(3);
    for (const seed of [1, 2, 3]) expect(trial.run("14:33", { shuffled: seed })).toEqual(clean);
  });
});
