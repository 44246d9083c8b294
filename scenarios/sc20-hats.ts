import type { Incident } from "../simulator/incidents.ts";
import { defineScenario } from "./scenario.ts";
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

export const hatsAgain = defineScenario({
  name: "sc20-hats",
  title: { zh: "一再不戴帽，逐级加重", en: "the same hats again" },
  story,
  ways: {
    load: ["05-11 10:30", "05-11 13:00"],
    liveUntil: "05-11 16:00",
    floodedUntil: "05-12 19:00",
  },
  expects: [
    {
      says: {
        zh: "周一周二提醒，周三一次不算，周四三级",
        en: "reminds on Monday and Tuesday, takes one hit on Wednesday for none, and is L3 on Thursday",
      },
      alertsOf: "SC20",
      are: [
        ["05-11 11:52:20", `P01 raised L4 ${ZONE}`],
        ["05-11 22:00", `P01 resolved L4 ${ZONE}`],
        ["05-12 18:05:20", `P01 raised L4 ${ZONE}`],
        ["05-13 04:00", `P01 resolved L4 ${ZONE}`],
        ["05-14 12:10:20", `P01 raised L3 ${ZONE}`],
        ["05-14 22:00", `P01 resolved L3 ${ZONE}`],
        ["05-19 12:00:20", `P01 raised L3 ${ZONE}`],
      ],
    },
    { says: { zh: "每家单位一个案件", en: "makes one case of each unit" }, casesOf: "P01", are: 2 },
    {
      says: {
        zh: "同一案件反复回来，周五办结，再犯复开",
        en: "is one case, which comes back each time, is closed on Friday and reopened as a repeat",
      },
      stepsOf: HATS,
      are: [
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
        ["05-15 10:00", "closed by S", 0],
        "reopened",
        "dispatched",
      ],
    },
    {
      says: {
        zh: "人判误报的那一餐不计数：毛巾使周四成第二次、周五成第三次",
        en: "counts no meal that a reviewer judged false: the towel makes Thursday the second, Friday the third",
      },
      alertsOf: "SC20-B",
      which: /^(?!.*resolved L)/,
      are: [
        ["05-11 11:52:20", "P01 raised L4 zone:SC20-B/cutting"],
        ["05-12 12:00:20", "P01 raised L4 zone:SC20-B/cutting"],
        ["05-14 12:10:20", "P01 raised L4 zone:SC20-B/cutting"],
        ["05-15 12:10:20", "P01 raised L3 zone:SC20-B/cutting"],
      ],
    },
    {
      says: { zh: "每餐在厨房语音提醒一次", en: "speaks in the kitchen once at each meal" },
      noticesOf: HATS,
      which: /voice/,
      are: [
        ["05-11 11:52:20", "L4 to O by voice"],
        ["05-12 18:05:20", "L4 to O by voice"],
        ["05-14 12:10:20", "L3 to O by voice"],
        ["05-19 12:00:20", "L3 to O by voice"],
      ],
    },
  ],
});
