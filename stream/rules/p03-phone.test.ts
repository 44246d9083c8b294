import { describe, expect, it } from "vitest";
import { phone } from "./p03-phone.ts";
import { RuleTrial } from "./rule-trial.ts";

type Row = readonly [at: string, zone?: string, lastedMs?: number, confidence?: number];

function seen(...rows: readonly Row[]): RuleTrial {
  const trial = new RuleTrial(phone, { devices: [{ id: "K/cam-1", kind: "camera" }] });
  for (const [at, zone = "prep", lastedMs = 0, confidence = 0.8] of rows)
    trial.says("warmcity.detection", at, { class: "phone", confidence, zone, lastedMs }, { by: "K/cam-1" });
  return trial;
}

describe("P03 phone in use", () => {
  it("rings at 30 s of a stretch in a food zone: 31 s do, 29 s do not", () => {
    const ends = ["03-03 00:00:00 resolved L4 zone:K/prep"];
    const rung = ["12:00:30 raised L4 zone:K/prep", ...ends];
    expect(seen(["12:00:00"], ["12:00:31"]).run("03-03 01:00")).toEqual(rung);
    expect(seen(["12:00:00"], ["12:00:30"]).run("03-03 01:00")).toEqual(rung);
    expect(seen(["12:00:00"], ["12:00:29"]).run("03-03 01:00")).toEqual([]);
    expect(seen(["12:00:00", "prep", 31_000]).run("12:10")).toEqual(["12:00:30 raised L4 zone:K/prep"]);
    expect(seen(["12:00:00", "prep", 29_000]).run("12:10")).toEqual([]);
  });

  it("counts hits at most 60 s apart as one stretch, and no unsure ones", () => {
    expect(seen(["12:00:00"], ["12:01:01"]).run("12:10")).toEqual([]);
    expect(seen(["12:00:00"], ["12:00:31", "prep", 0, 0.79]).run("12:10")).toEqual([]);
  });

  it("minds food zones only", () => {
    expect(seen(["12:00:00", "warehouse", 60_000]).run("12:10")).toEqual([]);
    expect(seen(["12:00:00", "dining", 60_000]).run("12:10")).toEqual([]);
    expect(seen(["12:00:00", "serving", 60_000]).run("12:10")).toHaveLength(1);
  });

  it("is one reminder a day and zone, closed by itself when the day ends, and comes again the next", () => {
    const trial = seen(
      ["12:00:00", "prep", 40_000],
      ["18:00:00", "prep", 40_000],
      ["03-03 12:00:00", "prep", 40_000],
    );
    expect(trial.run("03-03 13:00")).toEqual([
      "12:00:30 raised L4 zone:K/prep",
      "03-03 00:00:00 resolved L4 zone:K/prep",
      "03-03 12:00:30 raised L4 zone:K/prep",
    ]);
    const [first, second] = trial.alerts("03-03 13:00");
    expect(second!.case).toBe(first!.case);
    const states = trial.outputs("03-03 13:00").flatMap(({ data }) => ("due" in data ? [data.to] : []));
    expect(new Set(states)).toEqual(new Set(["new", "dispatched", "closed", "reopened"]));
  });

  it("is mute in a unit that is closed", () => {
    const trial = seen(["12:00:00", "prep", 40_000]);
    trial.says("warmcity.kitchen.declared", "09:00", { state: "rest-day" }, { by: "/kitchens/K" });
    expect(trial.run("13:00")).toEqual(["12:00:30 suppressed L4 zone:K/prep (closed-unit)"]);
  });

  it("gives the same alerts for input thrice and shuffled", () => {
    const trial = seen(["12:00:00"], ["12:00:20"], ["12:00:31"], ["12:30:00"], ["12:30:29"]);
    for (const shuffled of [1, 2, 3]) expect(trial.run("13:00", { shuffled })).toEqual(trial.run("13:00"));
    expect(trial.run("13:00")).toHaveLength(1);
  });
});
