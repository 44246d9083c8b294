import { describe, expect, it } from "vitest";
import { smoking } from "./p02-smoking.ts";
import { RuleTrial } from "./rule-trial.ts";

type Row = readonly [at: string, zone?: string, confidence?: number, camera?: 1 | 2, receivedAt?: string];

function seen(...rows: readonly Row[]): RuleTrial {
  const trial = new RuleTrial(smoking, {
    devices: [
      { id: "K/cam-1", kind: "camera" },
      { id: "K/cam-2", kind: "camera" },
    ],
  });
  for (const [at, zone = "cooking", confidence = 0.8, camera = 1, receivedAt] of rows) {
    const arrival = { by: `K/cam-${camera}`, ...(receivedAt === undefined ? {} : { receivedAt }) };
    trial.says("warmcity.detection", at, { class: "smoking", confidence, zone }, arrival);
  }
  return trial;
}

describe("P02 smoking", () => {
  it("rings at the second of two hits 59 s or 60 s apart, as a lead for a reviewer", () => {
    expect(seen(["12:00:00"], ["12:00:59"]).run("12:10")).toEqual(["12:00:59 raised L3 zone:K/cooking"]);
    expect(seen(["12:00:00"], ["12:01:00"]).run("12:10")).toHaveLength(1);
    const trial = seen(["12:00:00"], ["12:00:59"]);
    expect(trial.alerts("12:10")[0]).toMatchObject({ lead: true, because: [{}, {}] });
    const states = trial.outputs("12:10").flatMap(({ data }) => ("due" in data ? [data.to] : []));
    expect(new Set(states)).toEqual(new Set(["new", "verifying"]));
  });

  it("stays silent at one hit, at 61 s, at low confidence, and in two zones", () => {
    expect(seen(["12:00:00"]).run("12:10")).toEqual([]);
    expect(seen(["12:00:00"], ["12:01:01"]).run("12:10")).toEqual([]);
    expect(seen(["12:00:00"], ["12:00:30", "cooking", 0.79]).run("12:10")).toEqual([]);
    expect(seen(["12:00:00", "cooking"], ["12:00:30", "wash"]).run("12:10")).toEqual([]);
  });

  it("takes two cameras of one zone for two hits, and guests in the dining room for none", () => {
    expect(seen(["12:00:00"], ["12:00:00", "cooking", 0.9, 2]).run("12:10")).toHaveLength(1);
    expect(seen(["12:00:00", "dining"], ["12:00:30", "dining"]).run("12:10")).toEqual([]);
  });

  it("never clears by itself, and goes on in the same alert", () => {
    const trial = seen(["12:00:00"], ["12:00:30"], ["18:00:00"], ["18:00:30"]);
    expect(trial.run("03-20 12:00")).toEqual(["12:00:30 raised L3 zone:K/cooking"]);
  });

  it("is mute in a unit that is closed", () => {
    const trial = seen(["12:00:00"], ["12:00:30"]);
    trial.says("warmcity.kitchen.declared", "09:00", { state: "closed" }, { by: "/kitchens/K" });
    expect(trial.run("13:00")).toEqual(["12:00:30 suppressed L3 zone:K/cooking (closed-unit)"]);
  });

  it("gives the same alerts for input thrice and shuffled; a late hit joins in retrospect", () => {
    const trial = seen(["12:00:00"], ["12:00:59"], ["12:30:00"], ["12:31:01"]);
    for (const shuffled of [1, 2, 3]) expect(trial.run("13:00", { shuffled })).toEqual(trial.run("13:00"));
    const late = seen(["12:00:59"], ["12:40:00"], ["12:00:00", "cooking", 0.9, 2, "12:40"]);
    expect(late.alerts("13:00")).toMatchObject([{ retro: true, raisedAt: "2026-03-02T12:00:59.000+08:00" }]);
  });
});
