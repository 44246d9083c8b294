import { describe, expect, it } from "vitest";
import { tellEveryWay } from "./every-way.ts";
import { against, alertsOf, type Expected, noticesOf, stepsOf, wordsOf } from "./happenings.ts";
import { at, type NamedKitchen, Story } from "./story.ts";

const VILLAGE = { lon: 110.21, lat: 39.93 };
const BOX = "SC14/box-1";
const viaGateway = (device: object) => ({ reportEveryMs: 60_000, gateway: "SC14/gw", ...device });

const unit: NamedKitchen = {
  id: "SC14",
  type: "mobile-banquet",
  capacity: 500,
  opens: [["05:00", "23:00"]],
  position: { lon: 109.99, lat: 39.8, crs: "WGS84" },
  permit: { center: { lon: 109.99, lat: 39.8 }, radiusM: 500, hours: [["05:00", "23:00"]] },
  devices: [
    viaGateway({ id: BOX, kind: "fridge-temperature" }),
    viaGateway({ id: "SC14/freezer-1", kind: "freezer-temperature" }),
    viaGateway({ id: "SC14/gps-1", kind: "gps", reportEveryMs: 300_000 }),
  ],
};
/** Its sensor moves the clock while the unit is not heard. */
const neighbour: NamedKitchen = {
  id: "SC14-B",
  type: "small",
  devices: [
    { id: "SC14-B/fridge-1", kind: "fridge-temperature", reportEveryMs: 60_000, gateway: "SC14-B/gw" },
  ],
};

const banquet = (heads: number) => ({
  banquet: "BQ-14",
  heads,
  filed: true,
  place: VILLAGE,
  radiusM: 1_000,
  from: "2026-03-14T08:00:00+08:00",
  to: "2026-03-14T16:00:00+08:00",
});
const DISHES = Array.from({ length: 16 }, (_, i) => `菜品${i + 1}`);
const MEAL = "2026-03-14-lunch";

const story = new Story({
  from: "03-13 17:10",
  until: "03-14 17:00",
  kitchens: [unit, neighbour],
  incidents: [
    { kind: "banquet", kitchen: "SC14", at: at("03-13 17:30"), data: banquet(480) },
    { kind: "banquet", kitchen: "SC14", at: at("03-13 18:00"), data: banquet(600), changed: true },
    {
      kind: "route",
      device: "SC14/gps-1",
      from: at("03-14 08:30"),
      to: at("03-14 16:30"),
      place: { lon: VILLAGE.lon + 0.003, lat: VILLAGE.lat + 0.002 },
    },
    {
      kind: "sensor-profile",
      device: BOX,
      points: [
        [at("03-14 09:09"), 4],
        [at("03-14 09:10"), 9.5],
        [at("03-14 11:02"), 9.5],
        [at("03-14 11:06"), 4],
      ],
    },
    { kind: "gateway-cut", kitchen: "SC14", from: at("03-14 10:40"), to: at("03-14 11:15") },
  ],
});
story
  .acts("03-13 18:10", { kitchen: "SC14", code: "B01" }, "review-confirm", "S")
  .acts("03-13 18:15", { kitchen: "SC14", code: "B01" }, "dispatch", "S");
story.says(
  "warmcity.menu.published",
  "03-14 09:00",
  {
    meal: MEAL,
    serviceStart: "2026-03-14T12:00:00+08:00",
    serviceEnd: "2026-03-14T14:00:00+08:00",
    dishes: DISHES,
  },
  { kitchen: "SC14" },
);
DISHES.slice(0, 12).forEach((dish, i) => {
  const when = `03-14 12:${String(10 + i).padStart(2, "0")}`;
  const sample = { meal: MEAL, dish, grams: 130 };
  story.says("warmcity.sample.retained", when, sample, { kitchen: "SC14", source: "/persons/SC14-cook" });
});

describe("SC14 a banquet of 600 in a mobile kitchen", () => {
  it("rings for the heads on the eve, the cold box, the lost unit while it is lost, and four samples", () => {
    const expected: Expected[] = [
      ["03-13 18:00", "B01 raised L2 banquet:BQ-14", 1],
      ["03-14 09:40", `T01 raised L3 ${BOX}`],
      ["03-14 11:10", "B02 raised L3 banquet:BQ-14"],
      ["03-14 11:15", "B02 resolved L3 banquet:BQ-14"],
      ["03-14 11:33", `T01 resolved L3 ${BOX}`, 3],
      ["03-14 14:00", "T07 raised L3"],
    ];
    expect(against(alertsOf(story.alone(), "SC14"), expected)).toEqual(wordsOf(expected));
  });

  it("says so in the alerts: the heads, the capacity, the four dishes; and no number of heads as law", () => {
    const texts = story
      .alone()
      .outputs.flatMap(({ subject, data }) =>
        subject === "SC14" && "because" in data
          ? [data.title.zh, ...data.because.map(({ text }) => text?.zh ?? "")]
          : [],
      );
    expect(texts).toContain("聚餐 600 人，接待能力 500 人，已报备");
    expect(texts.join()).not.toMatch(/(^|\D)(50|100) ?人/);
    const missing = texts.filter((text) => /菜品1[3-6]/.test(text)).join();
    for (const dish of DISHES.slice(12)) expect(missing).toContain(dish);
  });

  it("sends the office and the unit once a person has confirmed the heads", () => {
    const notices = noticesOf(story.alone(), "SC14", "B01");
    expect(Math.min(...notices.map(({ time }) => time))).toBe(at("03-13 18:15"));
    const told = new Set(notices.map(({ what }) => what.replace(/ by .*/, "")));
    expect([...told]).toEqual(expect.arrayContaining(["L2 to O", "L2 to S"]));
  });

  it("leaves the samples to people", () => {
    const steps = stepsOf(story.alone(), "SC14", "T07").map(({ what }) => what);
    expect(steps).not.toContain("closed");
    expect(alertsOf(story.alone(), "SC14").at(-1)!.what).toBe("T07 raised L3");
  });

  it("leaves the devices of a lost unit without alerts of their own", () => {
    const own = alertsOf(story.alone(), "SC14").filter(({ what }) => what.startsWith("O01"));
    expect(own).toEqual([]);
  });

  tellEveryWay(story, {
    load: ["03-14 10:00", "03-14 11:45"],
    liveUntil: "03-14 12:00",
    tickMs: 5_000,
    floodedUntil: "03-14 14:30",
  });
});
