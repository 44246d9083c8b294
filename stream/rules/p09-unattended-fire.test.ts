import { describe, expect, it } from "vitest";
import { unattendedFire } from "./p09-unattended-fire.ts";
import { RuleTrial } from "./rule-trial.ts";

const DEVICES = [
  { id: "K/cam-1", kind: "camera" },
  { id: "K/cam-2", kind: "camera" },
];

function burns(from: string, seconds: number): RuleTrial {
  const trial = new RuleTrial(unattendedFire, { devices: DEVICES });
  for (let at = 0; at < seconds; at += 30) fire(trial, plus(from, at));
  return fire(trial, plus(from, seconds));
}

function fire(trial: RuleTrial, at: string, zone = "cooking"): RuleTrial {
  const data = { class: "fire_unattended", confidence: 0.9, zone } as const;
  return trial.says("warmcity.detection", at, data, { by: "K/cam-1" });
}

function smokes(trial: RuleTrial, at: string, zone = "cooking", confidence = 0.85): RuleTrial {
  return trial.says("warmcity.detection", at, { class: "smoke", confidence, zone }, { by: "K/cam-2" });
}

function plus(at: string, seconds: number): string {
  const [h = 0, m = 0] = at.split(":").map(Number);
  const total = h * 3_600 + m * 60 + seconds;
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${two(total / 3_600)}:${two((total / 60) % 60)}:${two(total % 60)}`;
}

describe("P09 fire left alone", () => {
  it("rings at 5 min: 5 min 1 s do, 4 min 59 s do not", () => {
    expect(burns("14:00", 301).run("14:06")).toEqual(["14:05:00 raised L2 zone:K/cooking"]);
    expect(burns("14:00", 299).run("15:00")).toEqual([]);
  });

  it("ends when the flame is off or somebody is back: not seen for 60 s", () => {
    expect(burns("14:00", 400).run("15:00")).toEqual([
      "14:05:00 raised L2 zone:K/cooking",
      "14:07:40 resolved L2 zone:K/cooking",
    ]);
  });

  it("begins at L1 with smoke up to 60 s before it rings, and not with smoke 61 s before", () => {
    expect(smokes(burns("14:00", 301), "14:04:00").run("14:06")).toEqual([
      "14:05:00 raised L1 zone:K/cooking",
    ]);
    expect(smokes(burns("14:00", 301), "14:03:59").run("14:06")).toEqual([
      "14:05:00 raised L2 zone:K/cooking",
    ]);
  });

  it("rises to L1 at the smoke: soon after it rang, or later while nobody has come", () => {
    const rises = (at: string) => ["14:05:00 raised L2 zone:K/cooking", `${at} rose to L1 zone:K/cooking`];
    expect(smokes(burns("14:00", 301), "14:05:30").run("14:05:59")).toEqual(rises("14:05:30"));
    expect(smokes(burns("14:00", 900), "14:12:00").run("14:15:30")).toEqual(rises("14:12:00"));
  });

  it("takes no smoke of another zone, none that is unsure, none after the end, and none alone", () => {
    const calm = ["14:05:00 raised L2 zone:K/cooking", "14:06:01 resolved L2 zone:K/cooking"];
    expect(smokes(burns("14:00", 301), "14:05:00", "wash").run("15:00")).toEqual(calm);
    expect(smokes(burns("14:00", 301), "14:05:00", "cooking", 0.79).run("15:00")).toEqual(calm);
    expect(smokes(burns("14:00", 301), "14:06:02").run("15:00")).toEqual(calm);
    expect(smokes(new RuleTrial(unattendedFire, { devices: DEVICES }), "14:00").run("15:00")).toEqual([]);
  });

  it("reaches the reviewer at L1 while people are told at once", () => {
    const outputs = smokes(burns("14:00", 330), "14:04:30").outputs("14:06");
    const told = outputs.flatMap(({ time, data }) => ("channel" in data ? [[time, data.to]] : []));
    expect(told.length).toBeGreaterThan(0);
    expect(outputs.find(({ type }) => type === "warmcity.alert.raised")).toMatchObject({
      data: { lead: true },
    });
  });

  it("speaks in the kitchen at once, while everybody else waits for the reviewer", () => {
    const outputs = burns("14:00", 330).outputs("14:06");
    const told = outputs.flatMap(({ data }) => ("channel" in data ? [`${data.to} by ${data.channel}`] : []));
    expect(told).toEqual(["O by voice"]);
  });

  it("rings in a unit that is closed, where nobody is, but not under maintenance", () => {
    const closed = burns("14:00", 330).says("warmcity.kitchen.declared", "09:00", { state: "closed" });
    expect(closed.run("14:06")).toEqual(["14:05:00 raised L2 zone:K/cooking"]);
    const works = burns("14:00", 330).says("warmcity.kitchen.declared", "09:00", { state: "maintenance" });
    expect(works.run("14:06")).toEqual(["14:05:00 suppressed L2 zone:K/cooking (maintenance)"]);
  });

  it("gives the same alerts for input thrice and shuffled", () => {
    const trial = smokes(burns("14:00", 900), "14:12:00");
    for (const shuffled of [1, 2, 3]) expect(trial.run("15:00", { shuffled })).toEqual(trial.run("15:00"));
  });
});
