import { describe, expect, it } from "vitest";
import type { Incident } from "../simulator/incidents.ts";
import { tellEveryWay } from "./every-way.ts";
import { against, alertsOf, type Expected, noticesOf, stepsOf, wordsOf } from "./happenings.ts";
import { casesIn } from "./invariants.ts";
import { at, type NamedKitchen, Story } from "./story.ts";

const restaurant = (id: string): NamedKitchen => ({
  id,
  type: "medium",
  opens: [["09:00", "22:00"]],
  devices: [
    { id: `${id}/cam-1`, kind: "camera", zone: "cutting", reportEveryMs: 60_000 },
    { id: `${id}/cam-2`, kind: "camera", zone: "cooking", reportEveryMs: 60_000 },
    { id: `${id}/cam-3`, kind: "camera", zone: "dining", reportEveryMs: 60_000 },
    { id: `${id}/fridge-1`, kind: "fridge-temperature", reportEveryMs: 60_000, gateway: `${id}/gw` },
  ],
});
const ZONE = "zone:SC20/cutting";
const HATS = { kitchen: "SC20", code: "P01" };
/** The same unit, but that a reviewer finds a towel on Tuesday. */
const TOWEL = { kitchen: "SC20-B", code: "P01" };

/** So many hits from then on, one each 20 s. */
const seen = (
  camera: string,
  when: string,
  count: number,
  what: "no_hat" | "no_mask" = "no_hat",
): Incident => ({
  kind: "camera-hits",
  camera,
  class: what,
  hits: Array.from({ length: count }, (_, i) => ({ at: at(when) + i * 20_000, confidence: 0.9 })),
});

const story = new Story({
  from: "05-11 10:00",
  until: "05-19 16:00",
  kitchens: [restaurant("SC20"), restaurant("SC20-B")],
  incidents: [
    seen("SC20/cam-1", "05-11 11:52", 14),
    seen("SC20/cam-2", "05-11 12:00", 4, "no_mask"),
    seen("SC20/cam-3", "05-11 12:10", 4),
    seen("SC20/cam-1", "05-12 18:05", 3),
    seen("SC20/cam-1", "05-13 12:00", 1),
    seen("SC20/cam-1", "05-14 12:10", 3),
    seen("SC20/cam-1", "05-19 12:00", 2),
    seen("SC20-B/cam-1", "05-11 11:52", 2),
    seen("SC20-B/cam-1", "05-12 12:00", 2),
    seen("SC20-B/cam-1", "05-14 12:10", 2),
    seen("SC20-B/cam-1", "05-15 12:10", 2),
  ],
})
  .acts("05-11 12:30", HATS, "review-confirm", "S")
  .acts("05-12 18:30", HATS, "review-confirm", "S")
  .acts("05-14 13:00", HATS, "acknowledge", "O")
  .acts("05-14 13:10", HATS, "review-confirm", "S")
  .acts("05-14 14:00", HATS, "start", "O")
  .acts("05-14 15:00", HATS, "submit", "O")
  .acts("05-15 09:00", HATS, "recheck-start", "S")
  .acts("05-15 10:00", HATS, "recheck-pass", "S")
  .acts("05-12 12:20", TOWEL, "dispute", "O")
  .acts("05-12 13:00", TOWEL, "review-false", "S");

describe("SC20 the same hats again", () => {
  it("reminds on Monday and Tuesday, takes one hit on Wednesday for none, and is L3 on Thursday", () => {
    const expected: Expected[] = [
      ["05-11 11:52:20", `P01 raised L4 ${ZONE}`],
      ["05-11 22:00", `P01 resolved L4 ${ZONE}`],
      ["05-12 18:05:20", `P01 raised L4 ${ZONE}`],
      ["05-13 04:00", `P01 resolved L4 ${ZONE}`],
      ["05-14 12:10:20", `P01 raised L3 ${ZONE}`],
      ["05-14 22:00", `P01 resolved L3 ${ZONE}`],
      ["05-19 12:00:20", `P01 raised L3 ${ZONE}`],
    ];
    expect(against(alertsOf(story.alone(), "SC20"), expected)).toEqual(wordsOf(expected));
    expect(casesIn(story.alone()).filter(({ code }) => code === "P01")).toHaveLength(2);
  });

  it("is one case, which comes back each time, is closed on Friday and reopened as a repeat", () => {
    const steps = stepsOf(story.alone(), "SC20", "P01");
    expect(steps.map(({ what }) => what)).toEqual([
      "new",
      "dispatched",
      "closed",
      "reopened",
      "dispatched",
      "closed",
      "reopened",
      "dispatched",
      "acked by O",
      "rectifying by O",
      "submitted by O",
      "recheck by S",
      "closed by S",
      "reopened",
      "dispatched",
    ]);
    const friday = steps.find(({ what }) => what === "closed by S");
    expect(friday).toEqual({ time: at("05-15 10:00"), what: "closed by S" });
  });

  it("counts no meal that a reviewer judged false: the towel makes Thursday the second, Friday the third", () => {
    const raised = alertsOf(story.alone(), "SC20-B").filter(({ what }) => !what.includes("resolved L"));
    const zone = "zone:SC20-B/cutting";
    const expected: Expected[] = [
      ["05-11 11:52:20", `P01 raised L4 ${zone}`],
      ["05-12 12:00:20", `P01 raised L4 ${zone}`],
      ["05-14 12:10:20", `P01 raised L4 ${zone}`],
      ["05-15 12:10:20", `P01 raised L3 ${zone}`],
    ];
    expect(against(raised, expected)).toEqual(wordsOf(expected));
  });

  it("speaks in the kitchen once at each meal", () => {
    const voice = noticesOf(story.alone(), "SC20", "P01").filter(({ what }) => what.includes("voice"));
    const expected: Expected[] = [
      ["05-11 11:52:20", "L4 to O by voice"],
      ["05-12 18:05:20", "L4 to O by voice"],
      ["05-14 12:10:20", "L3 to O by voice"],
      ["05-19 12:00:20", "L3 to O by voice"],
    ];
    expect(against(voice, expected)).toEqual(wordsOf(expected));
  });

  tellEveryWay(story, {
    load: ["05-11 10:30", "05-11 13:00"],
    liveUntil: "05-11 16:00",
    floodedUntil: "05-12 19:00",
  });
});
