import { describe, expect, it } from "vitest";
import { deviceOffline } from "./o01-device-offline.ts";
import { RuleTrial } from "./rule-trial.ts";

const [FRIDGE, CAMERA] = ["K/fridge-1", "K/cam-1"];
const devices = [
  { id: FRIDGE, kind: "fridge-temperature", reportEveryMs: 60_000 },
  { id: CAMERA, kind: "camera" },
  { id: "K/oil-1", kind: "oil-meter" },
  { id: "K/door-1", kind: "door", of: "entrance" },
  { id: "K/fridge-never", kind: "fridge-temperature", reportEveryMs: 60_000 },
];
const unit = (kitchen = {}) => new RuleTrial(deviceOffline, { kitchen, devices });
/** The camera's heartbeat each 2 min, so that the unit as a whole is not silent. */
function beats(to: RuleTrial, from: string, until: string): RuleTrial {
  return to.readsOn(CAMERA, from, until, 0, 120_000);
}

describe("O01 device offline", () => {
  it("rings 30 min after the third missed report, in hours", () => {
    const trial = beats(unit().readsOn(FRIDGE, "09:30", "10:00", 4), "09:30", "12:00");
    expect(trial.run("10:32")).toEqual([]);
    expect(trial.run("12:00")).toEqual(["10:33:00 raised L4 K/fridge-1"]);
    expect(trial.alerts("12:00")[0]!.because).toMatchObject([
      { summary: "no message since 2026-03-02 10:00" },
    ]);
  });

  it("gives a camera 180 s", () => {
    const trial = unit().readsOn(FRIDGE, "09:30", "12:00", 4).reads(CAMERA, "10:00", 0);
    expect(trial.run("12:00")).toEqual(["10:33:00 raised L4 K/cam-1"]);
  });

  it("counts from the last will of a device that says so", () => {
    const trial = beats(unit(), "09:30", "12:00").says("warmcity.device.died", "10:00", {}, { by: FRIDGE });
    trial.readsOn(FRIDGE, "09:30", "09:59", 4);
    expect(trial.run("12:00")).toEqual(["10:30:00 raised L4 K/fridge-1"]);
  });

  it("says nothing of a device that is back after 29 min, never spoke, or speaks only when something happens", () => {
    const back = unit().readsOn(FRIDGE, "09:30", "10:00", 4).readsOn(FRIDGE, "10:32", "12:00", 4);
    expect(beats(back, "09:30", "12:00").reads("K/oil-1", "09:30", 10).run("12:00")).toEqual([]);
  });

  it("counts opening hours only", () => {
    const trial = beats(unit().readsOn(FRIDGE, "21:00", "21:50", 4), "21:00", "03-03 12:00");
    trial.says("warmcity.kitchen.activity", "03-03 08:00", { kind: "cooking" });
    expect(trial.run("03-03 12:00")).toEqual(["03-03 09:23:00 raised L4 K/fridge-1"]);
  });

  it("is L3 after 24 h, at once if it comes to ring only then", () => {
    const trial = beats(unit().readsOn(FRIDGE, "09:30", "10:00", 4), "09:30", "03-03 12:00");
    expect(trial.run("03-03 12:00")).toEqual([
      "10:33:00 raised L4 K/fridge-1",
      "03-03 10:03:00 rose to L3 K/fridge-1",
    ]);
    const weekend = beats(unit({ type: "office" }), "03-06 19:00", "03-09 12:00");
    weekend.readsOn(FRIDGE, "03-06 19:00", "03-06 23:00", 4);
    expect(weekend.run("03-09 12:00")).toEqual(["03-09 09:30:00 raised L3 K/fridge-1"]);
  });

  it("clears when the device has been online for 10 min", () => {
    const trial = beats(unit().readsOn(FRIDGE, "09:30", "10:00", 4), "09:30", "12:00")
      .readsOn(FRIDGE, "11:00", "11:05", 4)
      .readsOn(FRIDGE, "11:20", "11:40", 4);
    expect(trial.run("12:00")).toEqual(["10:33:00 raised L4 K/fridge-1", "11:30:00 resolved L4 K/fridge-1"]);
  });

  it("says nothing of a unit that declared itself closed, and counts from its reopening", () => {
    const trial = beats(unit().readsOn(FRIDGE, "08:00", "10:00", 4), "08:00", "18:00")
      .says("warmcity.kitchen.declared", "10:10", { state: "closed" })
      .says("warmcity.kitchen.declared", "15:00", { state: "open" });
    expect(trial.run("18:00")).toEqual(["15:30:00 raised L4 K/fridge-1"]);
  });

  it("is muted while the device is repaired, and rings when the repair is over", () => {
    const trial = beats(unit().readsOn(FRIDGE, "09:30", "10:00", 4), "09:30", "18:00").says(
      "warmcity.device.maintained",
      "10:05",
      { kind: "repair", device: FRIDGE, to: "2026-03-02T14:00:00+08:00" },
      { by: FRIDGE },
    );
    expect(trial.run("18:00")).toEqual([
      "10:33:00 suppressed L4 K/fridge-1 (maintenance)",
      "14:00:00 raised L4 K/fridge-1",
    ]);
  });

  it("asks one question when the whole unit has been silent for 24 h (疑似歇业), in place of its devices' alerts", () => {
    const trial = beats(unit().readsOn(FRIDGE, "09:30", "10:00", 4), "09:30", "10:00");
    expect(trial.run("03-03 12:00")).toEqual([
      "10:33:00 raised L4 K/cam-1",
      "10:33:00 raised L4 K/fridge-1",
      "03-03 10:00:00 raised L4 -",
      "03-03 10:00:00 resolved L4 K/cam-1 (closed-unit)",
      "03-03 10:00:00 resolved L4 K/fridge-1 (closed-unit)",
    ]);
  });

  it("takes the question back when people are there, and asks after the devices again", () => {
    const trial = beats(unit().readsOn(FRIDGE, "09:30", "10:00", 4), "09:30", "10:00");
    trial.says("warmcity.kitchen.activity", "03-03 14:00", { kind: "order" });
    expect(trial.run("03-03 15:00").slice(-3)).toEqual([
      "03-03 14:00:00 resolved L4 -",
      "03-03 14:30:00 raised L4 K/cam-1",
      "03-03 14:30:00 raised L4 K/fridge-1",
    ]);
  });

  it("takes the question back when a device has been online for 10 min", () => {
    const trial = beats(unit().readsOn(FRIDGE, "09:30", "10:00", 4), "09:30", "10:00");
    trial.readsOn(FRIDGE, "03-03 14:00", "03-03 15:00", 4);
    expect(trial.run("03-03 15:00").slice(-1)).toEqual(["03-03 14:10:00 resolved L4 -"]);
  });

  it("does not wait for contacts, which speak only when something happens", () => {
    const trial = beats(unit().readsOn(FRIDGE, "09:30", "10:00", 4), "09:30", "10:00");
    trial.says("warmcity.door", "09:00", { state: "open" }, { by: "K/door-1" });
    expect(trial.run("03-03 12:00")).toContain("03-03 10:00:00 raised L4 -");
  });

  it("asks nothing of a unit that declared a holiday and cut the power, and a day after its end at the earliest", () => {
    const trial = beats(unit().readsOn(FRIDGE, "08:00", "10:00", 4), "08:00", "10:00").says(
      "warmcity.kitchen.declared",
      "09:00",
      { state: "closed", from: "2026-03-02T10:00:00+08:00", to: "2026-03-06T00:00:00+08:00" },
    );
    const lines = trial.run("03-07 12:00").filter((line) => line.endsWith(" -"));
    expect(lines).toEqual(["03-07 00:00:00 raised L4 -"]);
    expect(trial.run("03-06 08:59")).toEqual([]);
  });

  it("asks nothing of a unit that is closed until further notice", () => {
    const trial = beats(unit().readsOn(FRIDGE, "08:00", "10:00", 4), "08:00", "10:00");
    trial.says("warmcity.kitchen.declared", "09:50", { state: "closed" });
    expect(trial.run("03-20 12:00")).toEqual([]);
  });

  it("gives the same alerts for input without receipts, thrice and shuffled", () => {
    const trial = beats(unit().readsOn(FRIDGE, "09:30", "10:00", 4), "09:30", "12:00").readsOn(
      FRIDGE,
      "11:00",
      "11:40",
      4,
    );
    const clean = trial.run("12:00");
    expect(clean).toHaveLength(2);
    for (const seed of [1, 2, 3]) expect(trial.run("12:00", { shuffled: seed })).toEqual(clean);
  });
});
