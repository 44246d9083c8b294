import { describe, expect, it } from "vitest";
import { RuleTrial } from "./rule-trial.ts";
import { fridgeHigh } from "./t01-fridge-high.ts";

const FRIDGE = "K/fridge-1";
const fridge = (kind = "fridge-temperature") =>
  new RuleTrial(fridgeHigh, {
    devices: [
      { id: FRIDGE, kind, reportEveryMs: 60_000 },
      { id: "K/fridge-2", kind: "fridge-temperature", reportEveryMs: 60_000 },
    ],
  });

describe("T01 fridge high", () => {
  it("rings when a fridge has been above 8.0 °C for 30 min", () => {
    const trial = fridge().readsOn(FRIDGE, "10:00", "10:40", 8.1).readsOn("K/fridge-2", "10:00", "10:40", 4);
    expect(trial.run("10:40")).toEqual(["10:30:00 raised L3 K/fridge-1"]);
    expect(trial.alerts("10:40")).toMatchObject([
      {
        code: "T01",
        rule: "T01@1",
        kitchen: "K",
        value: { number: 8.1, unit: "Cel" },
        lead: false,
        because: [{ source: "/devices/K/fridge-1", time: "2026-03-02T10:00:00.000+08:00" }, {}],
      },
    ]);
  });

  it.each(["fridge-temperature", "sample-fridge-temperature"])("watches a %s", (kind) => {
    expect(fridge(kind).readsOn(FRIDGE, "10:00", "10:31", 9).run("10:31")).toHaveLength(1);
  });

  it("stays silent at 8.0 °C, and when 29 min above are followed by a cold one", () => {
    expect(fridge().readsOn(FRIDGE, "10:00", "12:00", 8).run("12:00")).toEqual([]);
    expect(
      fridge().readsOn(FRIDGE, "10:00", "10:29", 8.1).readsOn(FRIDGE, "10:30", "12:00", 7.7).run("12:00"),
    ).toEqual([]);
  });

  it("is not broken by noise within 0.3 °C of the limit", () => {
    const trial = fridge()
      .readsOn(FRIDGE, "10:00", "10:10", 8.1)
      .readsOn(FRIDGE, "10:11", "10:12", 7.8)
      .readsOn(FRIDGE, "10:13", "10:35", 8.1);
    expect(trial.run("10:35")).toEqual(["10:30:00 raised L3 K/fridge-1"]);
  });

  it("rises to L2 after 2 h, or after 1 h above 12 °C", () => {
    expect(fridge().readsOn(FRIDGE, "10:00", "12:10", 9).run("12:10")).toEqual([
      "10:30:00 raised L3 K/fridge-1",
      "12:00:00 rose to L2 K/fridge-1",
    ]);
    expect(fridge().readsOn(FRIDGE, "10:00", "11:10", 12.5).run("11:10")).toEqual([
      "10:30:00 raised L3 K/fridge-1",
      "11:00:00 rose to L2 K/fridge-1",
    ]);
  });

  it("clears when it has been at or below 8 °C for 30 min, without a dead band", () => {
    const trial = fridge()
      .readsOn(FRIDGE, "10:00", "10:45", 9)
      .readsOn(FRIDGE, "10:46", "11:10", 8)
      .readsOn(FRIDGE, "11:11", "11:11", 8.1)
      .readsOn(FRIDGE, "11:12", "11:50", 8);
    expect(trial.run("11:50")).toEqual(["10:30:00 raised L3 K/fridge-1", "11:42:00 resolved L3 K/fridge-1"]);
  });

  it("is muted in the 6 h after a closing of a day, and rings then if it is still too warm", () => {
    const trial = fridge()
      .says("warmcity.kitchen.declared", "00:00", { state: "closed" })
      .says("warmcity.kitchen.declared", "03-03 07:00", { state: "open" })
      .readsOn(FRIDGE, "03-03 07:00", "03-03 13:30", 11);
    expect(trial.run("03-03 13:30")).toEqual([
      "03-03 07:30:00 suppressed L3 K/fridge-1 (ramp)",
      "03-03 13:00:00 raised L2 K/fridge-1",
    ]);
  });

  it("gives the same alerts for input without receipts, thrice and shuffled", () => {
    const trial = fridge().readsOn(FRIDGE, "10:00", "12:10", 9).readsOn(FRIDGE, "12:11", "12:50", 5);
    const clean = trial.run("12:50");
    expect(clean).toHaveLength(3);
    for (const seed of [1, 2, 3]) expect(trial.run("12:50", { shuffled: seed })).toEqual(clean);
  });

  it("takes no notice of a warm reading that comes an hour late", () => {
    const trial = fridge()
      .readsOn(FRIDGE, "10:00", "12:00", 4)
      .reads(FRIDGE, "10:10:30", 9, { receivedAt: "11:30" });
    expect(trial.run("12:00")).toEqual([]);
  });

  it("is delayed where its values came late, though the last of them stood at the trigger time", () => {
    const trial = fridge();
    for (let minute = 0; minute < 60; minute++) {
      const clock = (hour: number) => `${hour}:${String(minute).padStart(2, "0")}`;
      trial.reads(FRIDGE, clock(10), minute < 31 ? 9 : 4, { receivedAt: clock(11) });
    }
    trial.says("warmcity.kitchen.activity", "13:00", { kind: "pay" });
    expect(trial.alerts("13:00")).toMatchObject([{ level: "L3", retro: true, delayed: true }]);
    const timely = fridge().readsOn(FRIDGE, "10:00", "10:29", 9).readsOn(FRIDGE, "10:32", "10:59", 9);
    expect(timely.alerts("10:31")).toMatchObject([{ level: "L3", delayed: false }]);
  });

  it("follows SC01: a compressor stops at 22:40 and is repaired at 06:05", () => {
    const trial = fridge();
    for (let minute = 0; minute < 540; minute++) {
      const warm = 4 + Math.min(minute, 445) * 0.06;
      const value = Math.max(4, Math.min(22, warm) - Math.max(0, minute - 445) * 0.25);
      const [hour, rest] = [Math.floor((22 * 60 + 40 + minute) / 60) % 24, (40 + minute) % 60];
      const clock = `${String(hour).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
      trial.reads(FRIDGE, minute < 80 ? clock : `03-03 ${clock}`, Math.round(value * 100) / 100);
    }
    trial.says("warmcity.record.filed", "03-03 06:40", { kind: "discard", device: FRIDGE });
    expect(trial.run("03-03 07:40")).toEqual([
      "03-03 00:17:00 raised L3 K/fridge-1",
      "03-03 01:47:00 rose to L2 K/fridge-1",
      "03-03 07:31:00 resolved L2 K/fridge-1",
    ]);
  });
});
