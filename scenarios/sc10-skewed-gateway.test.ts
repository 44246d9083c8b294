import { describe, expect, it } from "vitest";
import { formatTime, MINUTE_MS, minutes, parseTime } from "../twin/kernel/time.ts";
import { tellEveryWay } from "./every-way.ts";
import { against, alertsOf, type Expected, stepsOf, wordsOf } from "./happenings.ts";
import { eventsIn } from "./replayed.ts";
import { at, type NamedKitchen, Story } from "./story.ts";

const SENSORS = 12;
const WARM = "SC10/fridge-3";
const restaurant: NamedKitchen = {
  id: "SC10",
  type: "large",
  devices: Array.from({ length: SENSORS }, (_, i) => ({
    id: `SC10/fridge-${i + 1}`,
    kind: "fridge-temperature",
    zone: "cold-store",
    reportEveryMs: 60_000,
    gateway: "SC10/gw",
  })),
};

/** A reading of a fridge by its own clock. */
function reading(n: number, time: string): string {
  return JSON.stringify({
    specversion: "1.0",
    id: `astray-${n}`,
    source: `/devices/${WARM}`,
    type: "warmcity.reading",
    subject: "SC10",
    time,
    receivedtime: formatTime(at("05-12 10:00")),
    bootid: "astray",
    sequence: n,
    data: { value: 40 },
  });
}

const story = new Story({
  from: "05-12 08:30",
  until: "05-12 13:30",
  kitchens: [restaurant],
  incidents: [
    {
      kind: "clock-skew",
      kitchen: "SC10",
      from: at("05-12 09:00"),
      to: at("05-12 12:00"),
      offsetMs: minutes(47),
    },
    {
      kind: "cold-failure",
      device: WARM,
      at: at("05-12 09:05"),
      start: 4,
      slopePerMin: 4 / 60,
      ambient: 22,
      repairAt: at("05-12 10:50"),
      sigma: 0.05,
    },
  ],
})
  .sends("05-12 10:00", reading(1, "1970-01-01T00:03:00Z"))
  .sends("05-12 10:00", reading(2, "2000-01-01T00:00:00Z"));

describe("SC10 a gateway whose clock runs ahead", () => {
  it("is found within a minute, and its fridge rings at the true time, once", () => {
    const expected: Expected[] = [
      ["05-12 09:01", "O05 raised L4 gateway:SC10/gw", 1],
      ["05-12 10:35", `T01 raised L3 ${WARM}`, 2],
      ["05-12 11:32", `T01 resolved L3 ${WARM}`, 2],
      ["05-12 13:00", "O05 resolved L4 gateway:SC10/gw"],
    ];
    expect(against(alertsOf(story.alone(), "SC10"), expected)).toEqual(wordsOf(expected));
    expect(stepsOf(story.alone(), "SC10", "O05").map(({ what }) => what)).toEqual([
      "new",
      "dispatched",
      "closed",
    ]);
  });

  it("keeps every message, the times that come twice after 12:00 as well, and makes none late", () => {
    const { summary, lines } = story.alone();
    const sent = lines.reduce((sum, { text }) => sum + eventsIn(text), 0);
    expect(sent).toBeGreaterThan((SENSORS * (story.until - story.from)) / MINUTE_MS);
    expect(summary).toMatchObject({
      received: sent,
      accepted: sent - 2,
      duplicates: 0,
      late: 0,
      afterEnd: 0,
    });
  });

  it("lets no data of 1970 or 2000 in", () => {
    expect(story.alone().summary.rejected).toBe(2);
  });

  it("knows no alert that ends before it begins", () => {
    for (const { data } of story.alone().outputs) {
      if (!("raisedAt" in data)) continue;
      const { raisedAt, levelAt, resolvedAt } = data;
      const times = [raisedAt, levelAt, resolvedAt ?? levelAt].map(parseTime);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
  });

  tellEveryWay(story, { load: ["05-12 08:55", "05-12 10:45"] });
});
