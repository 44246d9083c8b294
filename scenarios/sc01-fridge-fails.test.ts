import { describe, expect, it } from "vitest";
import { tellEveryWay } from "./every-way.ts";
import { against, alertsOf, type Expected, noticesOf, shown, stepsOf, wordsOf } from "./happenings.ts";
import { casesIn } from "./invariants.ts";
import { at, type NamedKitchen, Story } from "./story.ts";

const FRIDGE = "SC01/fridge-2";
const T01 = { kitchen: "SC01", code: "T01" };
const canteen: NamedKitchen = {
  id: "SC01",
  type: "school",
  opens: [["05:00", "19:00"]],
  devices: ["SC01/fridge-1", FRIDGE].map((id) => ({
    id,
    kind: "fridge-temperature",
    zone: "cold-store",
    reportEveryMs: 60_000,
    gateway: "SC01/gw",
  })),
};
const story = new Story({
  from: "05-12 22:30",
  until: "05-13 12:00",
  kitchens: [canteen],
  incidents: [
    {
      kind: "cold-failure",
      device: FRIDGE,
      at: at("05-12 22:40"),
      start: 4,
      slopePerMin: 0.06,
      ambient: 22,
      repairAt: at("05-13 06:05"),
    },
  ],
})
  .acts("05-13 03:20", T01, "acknowledge", "O")
  .says("warmcity.record.filed", "05-13 06:40", { kind: "discard", device: FRIDGE }, { kitchen: "SC01" })
  .acts("05-13 10:00", T01, "recheck-start", "S")
  .acts("05-13 10:30", T01, "recheck-pass", "S");

describe("SC01 a canteen fridge fails at night", () => {
  it("is L3 after 30 min above 8 °C, L2 after 2 h, over after 30 min below; the other fridge is silent", () => {
    const expected: Expected[] = [
      ["05-13 00:17", `T01 raised L3 ${FRIDGE}`, 4],
      ["05-13 01:47", `T01 rose to L2 ${FRIDGE}`, 4],
      ["05-13 07:31", `T01 resolved L2 ${FRIDGE}`, 3],
    ];
    const alerts = alertsOf(story.alone(), "SC01");
    expect(against(alerts, expected)).toEqual(wordsOf(expected));
    expect(alerts[0]!.time).toBeGreaterThanOrEqual(at("05-13 00:12"));
  });

  it("stays one case, is submitted with the record when it is cold again, and closed by the office alone", () => {
    const expected: Expected[] = [
      ["05-13 00:17", "new", 4],
      ["05-13 00:17", "dispatched", 4],
      ["05-13 03:20", "acked by O", 0],
      ["05-13 07:31", "rectifying", 3],
      ["05-13 07:31", "submitted", 3],
      ["05-13 10:00", "recheck by S", 0],
      ["05-13 10:30", "closed by S", 0],
    ];
    expect(against(stepsOf(story.alone(), "SC01", "T01"), expected)).toEqual(wordsOf(expected));
    expect(casesIn(story.alone())).toHaveLength(1);
  });

  it("lies silent for the L3, and rings the operator for the L2 by SMS, and by call in the morning", () => {
    const notices = noticesOf(story.alone(), "SC01", "T01");
    const l3 = notices.filter(({ what }) => what.startsWith("L3"));
    expect(l3.map(({ what }) => what)).toEqual(["L3 to O by push (silent)"]);
    const l2: Expected[] = [
      ["05-13 01:47", "L2 to O by call (from 05-13 07:00:00)", 4],
      ["05-13 01:47", "L2 to O by push", 4],
      ["05-13 01:47", "L2 to O by sms", 4],
    ];
    const toOperator = notices.filter(({ what }) => what.startsWith("L2 to O"));
    toOperator.sort((a, b) => (a.what < b.what ? -1 : 1));
    expect(against(toOperator, l2)).toEqual(wordsOf(l2));
  });

  it("is to be acknowledged within 2 h of opening time", () => {
    const [fridge] = casesIn(story.alone());
    const raised = fridge!.history.find(({ what }) => what === "level-raised");
    expect(shown(raised!.due!)).toBe("05-13 07:00:00");
  });

  tellEveryWay(story, { load: ["05-12 23:55", "05-13 01:55"] });
});
