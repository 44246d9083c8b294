import { describe, expect, it } from "vitest";
import { falseSelfCheck } from "./d05-false-self-check.ts";
import { RuleTrial } from "./rule-trial.ts";
import { fridgeHigh } from "./t01-fridge-high.ts";

const FRIDGE = { id: "K/fridge", kind: "fridge-temperature", reportEveryMs: 60_000 };
const { limit, parameters } = fridgeHigh;
const unit = () =>
  new RuleTrial(falseSelfCheck, {
    devices: [FRIDGE],
    limits: limit?.(parameters) ?? [],
    begins: "00:00",
  });

interface Filed {
  readonly cadence?: "daily" | "weekly" | "monthly";
  readonly receivedAt?: string;
  readonly trusted?: boolean;
  readonly photo?: string;
  readonly celsius?: number;
  readonly ok?: boolean;
}

function filed(to: RuleTrial, at: string, claimed: string, more: Filed = {}): RuleTrial {
  const { cadence = "daily", receivedAt, trusted, photo, celsius, ok = true } = more;
  const data = {
    cadence,
    claimed: claimed.includes("T") ? `2026-${claimed}:00+08:00` : `2026-${claimed}`,
    ...(trusted === undefined ? {} : { deviceTimeTrusted: trusted }),
    ...(photo === undefined ? {} : { photos: [{ sha256: photo.repeat(64) }] }),
    ...(celsius === undefined
      ? {}
      : { items: [{ id: "cold-chain", ok, device: "K/fridge", value: celsius }] }),
  };
  return to.says("warmcity.selfcheck.submitted", at, data, receivedAt === undefined ? {} : { receivedAt });
}

describe("D05 false self-check", () => {
  it("doubts a daily form that came more than 24 h after the time it claims", () => {
    expect(filed(unit(), "03-03 20:00", "03-02T20:00").run("03-04 00:00")).toEqual([]);
    const trial = filed(unit(), "03-03 20:01", "03-02T20:00");
    expect(trial.run("03-04 00:00")).toEqual(["03-03 20:02:00 raised L3 -"]);
    expect(trial.alerts("03-04 00:00")).toMatchObject([
      { because: [{ summary: "claimed 24 h off its receipt" }], value: { number: 1 } },
    ]);
  });

  it("goes by the receipt, and by the end of a claimed day", () => {
    const synced = filed(unit(), "20:00", "03-02T20:00", { receivedAt: "03-03 20:01" });
    expect(synced.run("03-04 00:00")).toEqual(["20:01:00 raised L3 -"]);
    expect(filed(unit(), "03-03 23:59", "03-02").run("03-05 00:00")).toEqual([]);
    expect(filed(unit(), "03-04 00:01", "03-02").run("03-05 00:00")).toHaveLength(1);
  });

  it("doubts a form for a time to come", () => {
    expect(filed(unit(), "08:00", "03-04T08:00").run("12:00")).toHaveLength(1);
    expect(filed(unit(), "08:00", "03-03").run("12:00")).toEqual([]);
  });

  it("believes a trusted clock, whenever the tablet had network again", () => {
    const offline = filed(unit(), "20:00", "03-02T20:00", { receivedAt: "03-03 05:00", trusted: true });
    expect(offline.run("03-04 00:00")).toEqual([]);
    const longer = filed(unit(), "20:00", "03-02T20:00", { receivedAt: "03-05 05:00", trusted: true });
    expect(longer.run("03-06 00:00")).toEqual([]);
  });

  it("takes a week and a month for what they are", () => {
    const month = filed(unit(), "04-04 21:00", "03-31", { cadence: "monthly" });
    expect(filed(month, "03-11 09:00", "03-08", { cadence: "weekly" }).run("04-05 00:00")).toEqual([]);
  });

  it("doubts ten forms within a minute, not nine, nor ten in more", () => {
    const burst = (count: number, seconds: number) => {
      const trial = unit();
      for (let n = 0; n < count; n++) {
        const second = String(Math.round((n * seconds) / (count - 1)) % 60).padStart(2, "0");
        const minute = Math.round((n * seconds) / (count - 1)) >= 60 ? "01" : "00";
        filed(trial, `20:${minute}:${second}`, "03-02T20:00");
      }
      return trial.run("21:00");
    };
    expect(burst(10, 60)).toEqual(["20:02:00 raised L3 -"]);
    expect(burst(9, 30)).toEqual([]);
    expect(burst(10, 70)).toEqual([]);
  });

  it("doubts a photo that another claim of the cadence came with", () => {
    const first = filed(unit(), "20:00", "03-02T20:00", { photo: "a" });
    const corrected = filed(first, "20:30", "03-02T20:00", { photo: "a" });
    filed(corrected, "21:00", "03-08", { cadence: "weekly", photo: "a" });
    expect(filed(corrected, "03-03 20:00", "03-03T20:00", { photo: "b" }).run("03-04 12:00")).toEqual([]);
    const again = filed(corrected, "03-04 20:00", "03-04T20:00", { photo: "a" });
    expect(again.run("03-05 00:00")).toEqual(["03-04 20:01:00 raised L3 -"]);
  });

  it("doubts a temperature far off what the device showed while it was over its limit", () => {
    const warm = (celsius: number, ok = true) =>
      filed(unit().readsOn("K/fridge", "09:00", "12:00", 9.5), "11:00", "03-02T10:55", { celsius, ok });
    expect(warm(4).run("12:00")).toEqual(["11:01:00 raised L3 -"]);
    expect(warm(4).alerts("12:00")).toMatchObject([
      { because: [{ summary: "K/fridge stated at 4 °C, showed 9.5 °C" }] },
    ]);
    expect(warm(7.5).run("12:00")).toEqual([]);
    expect(warm(7.4).run("12:00")).toHaveLength(1);
    expect(warm(12, false).run("12:00")).toEqual([]);
    const cold = unit().readsOn("K/fridge", "09:00", "12:00", 7.9);
    expect(filed(cold, "11:00", "03-02T10:55", { celsius: 3 }).run("12:00")).toEqual([]);
  });

  it("does not hold the warm hours before against what is stated after the repair", () => {
    const repaired = unit()
      .readsOn("K/fridge", "09:00", "10:40", 9.5)
      .readsOn("K/fridge", "10:41", "12:00", 4);
    expect(filed(repaired, "11:00", "03-02T10:55", { celsius: 4 }).run("12:00")).toEqual([]);
  });

  it("makes one alert of a kitchen's seven forms, with all of them for evidence (SC12)", () => {
    const trial = unit();
    for (let day = 2; day <= 8; day++) {
      const photo = day <= 6 ? "a" : String(day);
      filed(trial, `03-08 23:40:${String((day - 2) * 7).padStart(2, "0")}`, `03-0${day}T20:00`, { photo });
    }
    expect(trial.run("03-10 00:00")).toEqual(["03-08 23:41:00 raised L3 -"]);
    const [alert] = trial.alerts("03-10 00:00");
    expect(alert).toMatchObject({ asset: null, delayed: false, value: { number: 6 } });
    expect(alert!.because.map(({ summary }) => summary)).toEqual([
      "claimed 147 h off its receipt",
      "claimed 123 h off its receipt; photo of another self-check",
      "claimed 99 h off its receipt; photo of another self-check",
      "claimed 75 h off its receipt; photo of another self-check",
      "claimed 51 h off its receipt; photo of another self-check",
      "claimed 27 h off its receipt",
    ]);
  });

  it("gives the same alerts for input without receipts, thrice and shuffled", () => {
    const trial = filed(filed(unit(), "03-03 20:01", "03-02T20:00", { photo: "a" }), "03-03 20:05", "03-03", {
      photo: "a",
    });
    const clean = trial.run("03-04 00:00");
    expect(clean).toHaveLength(1);
    for (const seed of [1, 2, 3]) expect(trial.run("03-04 00:00", { shuffled: seed })).toEqual(clean);
  });
});
