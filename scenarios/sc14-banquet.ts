import { noticesOf, stepsOf } from "./happenings.ts";
import { defineScenario } from "./scenario.ts";
import { at, type NamedKitchen, Story } from "./story.ts";
import { equal, has, hasNot, isTrue } from "./verdict.ts";

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

export const banquetOf600 = defineScenario({
  name: "sc14-banquet",
  title: { zh: "流动厨房办 600 人宴席", en: "a banquet of 600 in a mobile kitchen" },
  story,
  ways: {
    load: ["03-14 10:00", "03-14 11:45"],
    liveUntil: "03-14 12:00",
    tickMs: 5_000,
    floodedUntil: "03-14 14:30",
  },
  expects: [
    {
      says: {
        zh: "前夜报超员，当天报冷藏箱、失联期间报失联，最后报四份留样缺失",
        en: "rings for the heads on the eve, the cold box, the lost unit while it is lost, and four samples",
      },
      alertsOf: "SC14",
      are: [
        ["03-13 18:00", "B01 raised L2 banquet:BQ-14", 1],
        ["03-14 09:40", `T01 raised L3 ${BOX}`],
        ["03-14 11:10", "B02 raised L3 banquet:BQ-14"],
        ["03-14 11:15", "B02 resolved L3 banquet:BQ-14"],
        ["03-14 11:33", `T01 resolved L3 ${BOX}`, 3],
        ["03-14 14:00", "T07 raised L3"],
      ],
    },
  ],
  never: [
    {
      says: {
        zh: "失联单位的设备不另行告警",
        en: "leaves the devices of a lost unit without alerts of their own",
      },
      alertsOf: ["SC14"],
      which: /^O01/,
    },
  ],
  checks: [
    {
      says: {
        zh: "告警写明人数、接待能力和四道菜，不把某人数当作法规",
        en: "says so in the alerts: the heads, the capacity, the four dishes; and no number of heads as law",
      },
      holds: (told) => {
        const texts = told
          .alone()
          .outputs.flatMap(({ subject, data }) =>
            subject === "SC14" && "because" in data
              ? [data.title.zh, ...data.because.map(({ text }) => text?.zh ?? "")]
              : [],
          );
        const missing = texts.filter((text) => /菜品1[3-6]/.test(text)).join();
        return [
          ...has(texts, "聚餐 600 人，接待能力 500 人，已报备"),
          isTrue(!/(^|\D)(50|100) ?人/.test(texts.join()), "no word of 50 or 100 heads"),
          ...has(missing, ...DISHES.slice(12)),
        ];
      },
    },
    {
      says: {
        zh: "人核实人数后才派监管所与单位",
        en: "sends the office and the unit once a person has confirmed the heads",
      },
      holds: (told) => {
        const notices = noticesOf(told.alone(), "SC14", "B01");
        const whom = new Set(notices.map(({ what }) => what.replace(/ by .*/, "")));
        return [
          equal(Math.min(...notices.map(({ time }) => time)), at("03-13 18:15"), "the first at"),
          ...has(whom, "L2 to O", "L2 to S"),
        ];
      },
    },
    {
      says: { zh: "留样由人办结", en: "leaves the samples to people" },
      holds: (told) => {
        const steps = stepsOf(told.alone(), "SC14", "T07").map(({ what }) => what);
        return [...has(steps, "new"), ...hasNot(steps, "closed")];
      },
    },
  ],
});
