import { describe, expect, it } from "vitest";
import type { Incident } from "../simulator/incidents.ts";
import { tellEveryWay } from "./every-way.ts";
import { against, alertsOf, type Expected, noticesOf, stepsOf, wordsOf } from "./happenings.ts";
import { casesIn } from "./invariants.ts";
import { at, type NamedKitchen, Story } from "./story.ts";

const restaurant = (id: string): NamedKitchen => ({
  id,
  type: "small",
  opens: [["09:00", "21:00"]],
  devices: [
    { id: `${id}/cam-1`, kind: "camera", zone: "cooking", reportEveryMs: 60_000 },
    { id: `${id}/cam-2`, kind: "camera", zone: "wash", reportEveryMs: 60_000 },
  ],
});
const seen = (camera: string, what: "rat" | "pet", when: string, confidence: number): Incident => ({
  kind: "camera-hits",
  camera,
  class: what,
  hits: [{ at: at(when), confidence, lastedMs: what === "pet" ? 12_000 : 0 }],
  code: what === "rat" ? "P07" : "P05",
});
const RAT = { kitchen: "SC04", code: "P07" };

const story = new Story({
  from: "05-12 02:00",
  until: "05-19 12:00",
  kitchens: [restaurant("SC04"), restaurant("SC04-B")],
  incidents: [
    seen("SC04/cam-1", "rat", "05-12 02:10:20", 0.86),
    seen("SC04/cam-2", "rat", "05-12 02:31:05", 0.81),
    seen("SC04/cam-1", "rat", "05-12 03:05:00", 0.9),
    seen("SC04-B/cam-1", "rat", "05-12 02:12:00", 0.84),
    seen("SC04-B/cam-1", "rat", "05-12 02:40:00", 0.82),
    seen("SC04-B/cam-1", "pet", "05-12 08:35:00", 0.93),
  ],
})
  .acts("05-12 08:20", RAT, "review-confirm", "S")
  .acts("05-12 10:00", RAT, "acknowledge", "O")
  .acts("05-12 10:10", RAT, "start", "O")
  .acts("05-12 16:00", RAT, "submit", "O")
  .acts("05-15 10:00", RAT, "recheck-start", "S")
  .acts("05-18 10:00", RAT, "recheck-pass", "S")
  .acts("05-19 10:00", RAT, "recheck-pass", "S")
  .acts("05-12 08:30", { kitchen: "SC04-B", code: "P07" }, "review-false", "S")
  .acts("05-12 08:45", { kitchen: "SC04-B", code: "P05" }, "review-confirm", "S");

describe("SC04 a rat seen twice, and the cat", () => {
  it("suspects at the first hit and raises the same case at the second camera, or after 10 min; a third opens none", () => {
    const rat: Expected[] = [
      ["05-12 02:10:20", "P07 raised L3 zone:SC04/cooking"],
      ["05-12 02:31:05", "P07 rose to L2 zone:SC04/cooking"],
      ["05-19 10:00:00", "P07 resolved L2 zone:SC04/cooking (human)"],
    ];
    expect(against(alertsOf(story.alone(), "SC04"), rat)).toEqual(wordsOf(rat));
    const cat: Expected[] = [
      ["05-12 02:12:00", "P07 raised L3 zone:SC04-B/cooking"],
      ["05-12 02:40:00", "P07 rose to L2 zone:SC04-B/cooking"],
      ["05-12 08:30:00", "P07 resolved L2 zone:SC04-B/cooking (human)"],
      ["05-12 08:35:10", "P05 raised L3 zone:SC04-B/cooking"],
    ];
    expect(against(alertsOf(story.alone(), "SC04-B"), cat)).toEqual(wordsOf(cat));
    expect(casesIn(story.alone())).toHaveLength(3);
  });

  it("is to be reviewed by 09:00 and goes out within the hour; the office closes it after 7 days without a hit", () => {
    const steps: Expected[] = [
      ["05-12 02:10:20", "new"],
      ["05-12 02:10:20", "verifying"],
      ["05-12 08:20", "confirmed by S", 0],
      ["05-12 09:20", "dispatched", 0],
      ["05-12 10:00", "acked by O", 0],
      ["05-12 10:10", "rectifying by O", 0],
      ["05-12 16:00", "submitted by O", 0],
      ["05-15 10:00", "recheck by S", 0],
      ["05-19 10:00", "closed by S", 0],
    ];
    expect(against(stepsOf(story.alone(), "SC04", "P07"), steps)).toEqual(wordsOf(steps));
    const review = story.alone().outputs.find(({ data }) => "evidence" in data && data.to === "verifying");
    expect(review).toMatchObject({ subject: "SC04", data: { due: "2026-05-12T09:00:00.000+08:00" } });
  });

  it("is false where the cat walked, which is a case of its own", () => {
    const judged = stepsOf(story.alone(), "SC04-B", "P07").map(({ what }) => what);
    expect(judged).toEqual(["new", "verifying", "false by S"]);
    const cat = stepsOf(story.alone(), "SC04-B", "P05").map(({ what }) => what);
    expect(cat.slice(0, 3)).toEqual(["new", "verifying", "confirmed by S"]);
  });

  it("tells nobody, and changes no colour, before a person has confirmed it; the cat's unit never for the rat", () => {
    const notices = noticesOf(story.alone(), "SC04", "P07");
    expect(Math.min(...notices.map(({ time }) => time))).toBe(at("05-12 09:20"));
    expect(new Set(notices.map(({ what }) => what))).toContain("L2 to pest-contractor by sms");
    expect(noticesOf(story.alone(), "SC04-B", "P07")).toEqual([]);
    const colours = story
      .alone()
      .outputs.flatMap(({ subject, time, data }) =>
        "region" in data && data.region === "colour" && data.from !== "grey"
          ? [{ time, what: `${subject} ${data.to}` }]
          : [],
      );
    const expected: Expected[] = [
      ["05-12 08:20", "SC04 red", 0],
      ["05-12 08:45", "SC04-B amber", 0],
    ];
    const beforeTheIndex = colours.filter(({ time }) => time < at("05-13 02:00"));
    expect(against(beforeTheIndex, expected)).toEqual(wordsOf(expected));
  });

  it("takes from the index what a person confirmed: the rat here, the pet there", () => {
    const reasons = (unit: string) => {
      const told = story
        .alone()
        .outputs.filter(({ type, subject }) => type === "warmcity.index.changed" && subject === unit);
      expect(told[0]?.time).toBe(at("05-13 02:00"));
      return told.flatMap(({ data }) => ("standing" in data ? data.reasons : []));
    };
    expect(reasons("SC04")).toContainEqual(expect.objectContaining({ component: "behaviour", code: "P07" }));
    expect(reasons("SC04-B")).toContainEqual(expect.objectContaining({ code: "P05" }));
    expect(reasons("SC04-B")).not.toContainEqual(expect.objectContaining({ code: "P07" }));
  });

  tellEveryWay(story, { load: ["05-12 02:00", "05-12 03:15"], liveUntil: "05-12 10:30" });
});
