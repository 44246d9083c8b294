import { describe, expect, it } from "vitest";
import { formatTime } from "../../twin/kernel/time.ts";
import { crossContamination } from "./p04-cross-contamination.ts";
import { RuleTrial } from "./rule-trial.ts";

function seen(
  what: "cross_use" | "bare_hand" | "no_uniform",
  zone = "rte-room",
  confidence = 0.8,
): RuleTrial {
  return new RuleTrial(crossContamination, { devices: [{ id: "K/cam-1", kind: "camera" }] }).says(
    "warmcity.detection",
    "12:00",
    { class: what, confidence, zone },
    { by: "K/cam-1" },
  );
}

/** States that its case has come to. */
function statesOf(trial: RuleTrial, until: string): Set<string> {
  return new Set(trial.outputs(until).flatMap(({ data }) => ("due" in data ? [data.to] : [])));
}

describe("P04 cross-contamination", () => {
  it("is a lead at one hit of either class, and waits for a person", () => {
    expect(seen("cross_use").run("13:00")).toEqual(["12:00:00 raised L3 zone:K/rte-room"]);
    expect(seen("bare_hand", "serving").run("13:00")).toEqual(["12:00:00 raised L3 zone:K/serving"]);
    expect(seen("cross_use").alerts("13:00")[0]).toMatchObject({ lead: true });
    expect(statesOf(seen("cross_use"), "13:00")).toEqual(new Set(["new", "verifying"]));
  });

  it("stays silent at low confidence, at other classes, and at guests", () => {
    expect(seen("cross_use", "rte-room", 0.79).run("13:00")).toEqual([]);
    expect(seen("no_uniform").run("13:00")).toEqual([]);
    expect(seen("bare_hand", "dining").run("13:00")).toEqual([]);
  });

  it("passes to Q when the reviewer is silent for 24 h, tells C after as long again, and is never confirmed by time", () => {
    const outputs = seen("cross_use").outputs("03-20 12:00");
    const told = outputs.filter(({ type }) => type === "warmcity.notification.requested");
    expect(new Set(told.map(({ time }) => formatTime(time)))).toEqual(
      new Set(["2026-03-04T12:00:00.000+08:00"]),
    );
    expect(told.every(({ data }) => "channel" in data && data.to === "C")).toBe(true);
    expect(statesOf(seen("cross_use"), "03-20 12:00")).toEqual(new Set(["new", "verifying"]));
  });

  it("begins anew after a reviewer's false, as new evidence in the same case", () => {
    const [lead] = seen("cross_use").alerts("13:00");
    const trial = seen("cross_use").says("warmcity.case.command", "14:00", {
      case: lead!.case,
      command: "review-false",
      role: "S",
      reason: "one board for each",
    });
    const again = { class: "cross_use", confidence: 0.9, zone: "rte-room" } as const;
    trial.says("warmcity.detection", "18:00", again, { by: "K/cam-1" });
    expect(trial.run("19:00")).toEqual([
      "12:00:00 raised L3 zone:K/rte-room",
      "14:00:00 resolved L3 zone:K/rte-room (human)",
      "18:00:00 raised L3 zone:K/rte-room",
    ]);
  });

  it("is mute in a unit that is closed", () => {
    const trial = seen("cross_use");
    trial.says("warmcity.kitchen.declared", "09:00", { state: "closed" }, { by: "/kitchens/K" });
    expect(trial.run("13:00")).toEqual(["12:00:00 suppressed L3 zone:K/rte-room (closed-unit)"]);
  });

  it("gives the same alert for input thrice and shuffled", () => {
    for (const shuffled of [1, 2]) expect(seen("cross_use").run("13:00", { shuffled })).toHaveLength(1);
  });
});
