import { describe, expect, it } from "vitest";
import { RuleTrial } from "./rule-trial.ts";
import { fumeOrHumidity } from "./t10-fume-humidity.ts";

const STOVE = { id: "K/stove", kind: "power", of: "stove", zone: "cooking", reportEveryMs: null };
const PURIFIER = { id: "K/purifier", kind: "power", of: "purifier", zone: "cooking", reportEveryMs: null };
const FUME = { id: "K/fume", kind: "fume", zone: "cooking", reportEveryMs: 60_000 };
const HUMIDITY = { id: "K/rh", kind: "room-humidity", zone: "warehouse", reportEveryMs: 60_000 };
const TEN_MIN = 600_000;

type Switch = readonly [device: { id: string }, at: string, on: boolean];
function switched(...rows: readonly Switch[]): RuleTrial {
  const trial = new RuleTrial(fumeOrHumidity, { devices: [STOVE, PURIFIER] });
  for (const [{ id }, at, on] of rows) trial.says("warmcity.power", at, { on }, { by: id });
  return trial;
}

describe("T10 purifier off", () => {
  it("rings when the purifier has been off with the stove on for 30 min, not for 29", () => {
    const on = [
      [PURIFIER, "09:00", false],
      [STOVE, "10:00", true],
    ] as const;
    const trial = switched(...on, [PURIFIER, "10:31", true]);
    expect(trial.run("10:40")).toEqual(["10:30:00 raised L4 K/purifier"]);
    expect(trial.alerts("10:40")[0]!.because).toMatchObject([
      { text: { zh: "灶具开启", en: "stove on" } },
      { text: { zh: "油烟净化器关闭", en: "fume purifier off" } },
    ]);
    expect(switched(...on, [PURIFIER, "10:29", true]).run("12:00")).toEqual([]);
    expect(switched(...on, [STOVE, "10:29", false]).run("12:00")).toEqual([]);
  });

  it("clears when it has been normal for 1 h", () => {
    const trial = switched(
      [PURIFIER, "09:00", false],
      [STOVE, "10:00", true],
      [PURIFIER, "10:40", true],
      [PURIFIER, "11:00", false],
      [STOVE, "11:05", false],
    );
    expect(trial.run("13:00")).toEqual(["10:30:00 raised L4 K/purifier", "12:05:00 resolved L4 K/purifier"]);
  });

  it("knows nothing of a purifier that was never heard, and minds no stove of another room", () => {
    expect(switched([STOVE, "10:00", true]).run("12:00")).toEqual([]);
    const other = new RuleTrial(fumeOrHumidity, { devices: [{ ...STOVE, zone: "prep" }, PURIFIER] });
    other.says("warmcity.power", "09:00", { on: false }, { by: PURIFIER.id });
    expect(other.says("warmcity.power", "09:00", { on: true }, { by: STOVE.id }).run("12:00")).toEqual([]);
  });

  it("does not know what a contact does that goes, or comes back", () => {
    for (const type of ["warmcity.device.died", "warmcity.device.born"] as const) {
      const trial = switched([PURIFIER, "09:00", false], [STOVE, "10:00", true]);
      trial.says(type, "10:10", {}, { by: STOVE.id });
      expect(trial.run("12:00")).toEqual([]);
      expect(trial.says("warmcity.power", "11:00", { on: true }, { by: STOVE.id }).run("12:00")).toEqual([
        "11:00:00 raised L4 K/purifier",
      ]);
    }
  });

  it("reads meters in W, and what a silent one does is not known", () => {
    const meters = [STOVE, PURIFIER].map((device) => ({ ...device, reportEveryMs: 60_000 }));
    const trial = new RuleTrial(fumeOrHumidity, { devices: meters });
    trial.readsOn(STOVE.id, "10:00", "11:00", 800).readsOn(PURIFIER.id, "10:00", "10:10", 0);
    expect(trial.run("11:00")).toEqual([]);
    trial.readsOn(PURIFIER.id, "10:45", "11:00", 0);
    expect(trial.run("11:00")).toEqual(["10:45:00 raised L4 K/purifier"]);
  });
});

describe("T10 fume", () => {
  const fume = () => new RuleTrial(fumeOrHumidity, { devices: [FUME] });
  it("rings above 2.0 mg/m³ for 1 h, clears after 1 h at or below", () => {
    const trial = fume().readsOn(FUME.id, "10:00", "11:10", 2.1).readsOn(FUME.id, "11:11", "12:20", 2);
    expect(trial.run("12:20")).toEqual(["11:00:00 raised L4 K/fume", "12:11:00 resolved L4 K/fume"]);
    expect(trial.alerts("11:10")[0]).toMatchObject({ value: { number: 2.1, unit: "mg/m3" } });
  });
  it("stays silent at 2.0, and for 59 min", () => {
    expect(fume().readsOn(FUME.id, "10:00", "12:00", 2).run("12:00")).toEqual([]);
    const short = fume().readsOn(FUME.id, "10:00", "10:59", 3).readsOn(FUME.id, "11:00", "12:00", 1);
    expect(short.run("12:00")).toEqual([]);
  });
});

describe("T10 humidity", () => {
  const store = () => new RuleTrial(fumeOrHumidity, { devices: [HUMIDITY] });
  it("rings at 78 % RH for 24 h, not for 23", () => {
    const trial = store().readsOn(HUMIDITY.id, "00:00", "03-03 00:10", 78, TEN_MIN / 5);
    expect(trial.run("03-03 00:10")).toEqual(["03-03 00:00:00 raised L4 K/rh"]);
    const short = store().readsOn(HUMIDITY.id, "00:00", "23:00", 78, TEN_MIN / 5);
    short.readsOn(HUMIDITY.id, "23:02", "03-03 01:00", 60, TEN_MIN / 5);
    expect(short.run("03-03 01:00")).toEqual([]);
  });
});

describe("T10", () => {
  it("is muted under maintenance of the purifier", () => {
    const trial = switched([PURIFIER, "09:00", false], [STOVE, "10:00", true]);
    const work = {
      kind: "repair",
      from: "2026-03-02T10:00:00+08:00",
      to: "2026-03-02T10:45:00+08:00",
    } as const;
    trial.says("warmcity.device.maintained", "10:00", work, { by: PURIFIER.id });
    expect(trial.run("11:00")).toEqual([
      "10:30:00 suppressed L4 K/purifier (maintenance)",
      "10:45:00 raised L4 K/purifier",
    ]);
  });

  it("gives the same alerts for input without receipts, thrice and shuffled", () => {
    const trial = switched([PURIFIER, "09:00", false], [STOVE, "10:00", true], [STOVE, "10:45", false]);
    const clean = trial.run("12:00");
    expect(clean).toHaveLength(2);
    for (const seed of [1, 2, 3]) expect(trial.run("12:00", { shuffled: seed })).toEqual(clean);
  });
});
