import { describe, expect, it } from "vitest";
import { strangerOrPet } from "./p05-stranger-pet.ts";
import { RuleTrial } from "./rule-trial.ts";

type Row = readonly [
  at: string,
  what: "pet" | "stranger" | "rat",
  zone: string,
  lastedMs?: number,
  receivedAt?: string,
];

function seen(...rows: readonly Row[]): RuleTrial {
  const trial = new RuleTrial(strangerOrPet, { devices: [{ id: "K/cam-1", kind: "camera" }] });
  for (const [at, what, zone, lastedMs = 0, receivedAt] of rows) {
    const data = { class: what, confidence: 0.8, zone, lastedMs };
    trial.says(
      "warmcity.detection",
      at,
      data,
      receivedAt === undefined ? { by: "K/cam-1" } : { by: "K/cam-1", receivedAt },
    );
  }
  return trial;
}

describe("P05 stranger or pet", () => {
  it("rings when a pet has been anywhere for 10 s, by hits at most 60 s apart", () => {
    expect(seen(["02:12:00", "pet", "waste"], ["02:12:10", "pet", "waste"]).run("02:20")).toEqual([
      "02:12:10 raised L3 zone:K/waste",
    ]);
    expect(seen(["02:12:00", "pet", "waste"], ["02:13:00", "pet", "waste"]).run("02:20")).toEqual([
      "02:12:10 raised L3 zone:K/waste",
    ]);
  });

  it("counts how long the last hit lasted", () => {
    expect(seen(["02:12:00", "pet", "waste", 10_000]).run("02:20")).toEqual([
      "02:12:10 raised L3 zone:K/waste",
    ]);
    expect(seen(["02:12:00", "pet", "waste", 9_999]).run("02:20")).toEqual([]);
  });

  it("stays silent at 9 s, and at hits 61 s apart", () => {
    expect(seen(["02:12:00", "pet", "waste"], ["02:12:09", "pet", "waste"]).run("02:20")).toEqual([]);
    expect(seen(["02:12:00", "pet", "waste"], ["02:13:01", "pet", "waste"]).run("02:20")).toEqual([]);
    expect(seen(["02:12:00", "pet", "waste"], ["02:12:20", "pet", "prep"]).run("02:20")).toEqual([]);
  });

  it("minds strangers in the ready-to-eat room only", () => {
    expect(seen(["12:00:00", "stranger", "serving", 60_000]).run("12:10")).toEqual([]);
    expect(seen(["12:00:00", "stranger", "rte-room", 60_000]).run("12:10")).toEqual([
      "12:00:10 raised L3 zone:K/rte-room",
    ]);
  });

  it("stays with people: it never clears by itself, and one stretch is one alert", () => {
    const trial = seen(
      ["02:12:00", "pet", "waste", 15_000],
      ["02:13:00", "pet", "waste", 15_000],
      ["05:00:00", "pet", "waste", 15_000],
    );
    expect(trial.run("23:00")).toEqual(["02:12:10 raised L3 zone:K/waste"]);
    expect(trial.alerts("23:00")[0]).toMatchObject({ lead: true, state: "firing" });
  });

  it("gives the same alerts for input without receipts, thrice and shuffled; late hits join in retrospect", () => {
    const trial = seen(
      ["02:12:00", "pet", "waste"],
      ["02:12:09", "pet", "waste"],
      ["02:12:30", "pet", "waste"],
    );
    const clean = trial.run("03:00");
    expect(clean).toEqual(["02:12:10 raised L3 zone:K/waste"]);
    for (const seed of [1, 2, 3]) expect(trial.run("03:00", { shuffled: seed })).toEqual(clean);
    const late = seen(
      ["02:12:00", "pet", "waste", 0, "02:40"],
      ["02:12:30", "pet", "waste", 0, "02:40"],
      ["02:40:00", "rat", "waste"],
    );
    expect(late.alerts("02:40")).toMatchObject([{ retro: true, raisedAt: "2026-03-02T02:12:10.000+08:00" }]);
  });
});
