import type { Incident } from "../simulator/incidents.ts";
import { defineScenario } from "./scenario.ts";
import { at, type NamedKitchen, Story } from "./story.ts";

const canteen = (id: string): NamedKitchen => ({
  id,
  type: "office",
  capacity: 90,
  opens: [["06:00", "19:00"]],
  meals: [["11:20", "12:50"]],
  calendar: "daily",
  devices: [
    {
      id: `${id}/bain-marie`,
      kind: "hot-holding-temperature",
      zone: "serving",
      reportEveryMs: 60_000,
      gateway: `${id}/gw`,
    },
  ],
});

type Points = readonly (readonly [clock: string, value: number])[];
const shows = (kitchen: string, points: Points, sigma = 0.15): Incident => ({
  kind: "sensor-profile",
  device: `${kitchen}/bain-marie`,
  points: points.map(([clock, value]) => [at(`05-12 ${clock}`), value] as const),
  sigma,
});
/** 63 °C, from 11:42 on 58 °C, then 55 °C until the tank is cleaned. */
const drift = (kitchen: string, until: Points): Incident =>
  shows(kitchen, [["10:50", 63], ["11:41", 63], ["11:42", 58], ["12:10", 55], ...until]);

const tank = (kitchen: string) => `${kitchen}/bain-marie`;
const probed = (kitchen: string, stage: "holding" | "served" | "removed", more: object = {}) => ({
  batch: `${kitchen}-soup`,
  stage,
  device: tank(kitchen),
  ...more,
});

const story = new Story({
  from: "05-12 10:30",
  until: "05-12 18:00",
  kitchens: ["SC17", "SC17-V2", "SC17-SOUP"].map(canteen),
  incidents: [
    drift("SC17", [
      ["12:55", 55],
      ["13:05", 24],
      ["17:50", 24],
    ]),
    drift("SC17-V2", [["17:50", 50]]),
    shows(
      "SC17-SOUP",
      Array.from({ length: 90 }, (_, minute) => {
        const clock = `${11 + Math.floor((20 + minute) / 60)}:${String((20 + minute) % 60).padStart(2, "0")}`;
        return [clock, minute % 2 === 0 ? 59.3 : 60.3] as const;
      }),
      0,
    ),
  ],
})
  .says("warmcity.food.probed", "05-12 12:55", probed("SC17", "removed", { weight: 0 }), { kitchen: "SC17" })
  .says("warmcity.food.probed", "05-12 11:25", probed("SC17-V2", "holding", { value: 63 }), {
    kitchen: "SC17-V2",
  })
  .says("warmcity.food.probed", "05-12 16:50", probed("SC17-V2", "served", { value: 51 }), {
    kitchen: "SC17-V2",
  });

export const hotHolding = defineScenario({
  name: "sc17-hot-holding",
  title: { zh: "热保温温度下滑", en: "hot-holding drift" },
  story,
  ways: { load: ["05-12 11:20", "05-12 12:20"], liveUntil: "05-12 13:10" },
  expects: [
    {
      says: {
        zh: "供餐中低于 60 °C 满 15 分钟三级，撤餐即结束；空槽不报",
        en: "is L3 after 15 min below 60 °C in service, over when the food is taken out; an empty tank is silent",
      },
      alertsOf: "SC17",
      are: [
        ["05-12 11:57", `T03 raised L3 ${tank("SC17")}`],
        ["05-12 12:55", `T03 resolved L3 ${tank("SC17")}`, 0.1],
      ],
    },
    {
      says: { zh: "撤餐后自动办结", en: "is closed by itself when the food is taken out" },
      stepsOf: { kitchen: "SC17", code: "T03" },
      are: ["new", "dispatched", "closed"],
    },
    {
      says: {
        zh: "同一盘未复热 16:50 又供应即二级，而不是 13:42",
        en: "is L2 when the same tray is served at 16:50 without reheating, and not at 13:42",
      },
      alertsOf: "SC17-V2",
      are: [
        ["05-12 11:57", `T03 raised L3 ${tank("SC17-V2")}`],
        ["05-12 16:50", `T03 rose to L2 ${tank("SC17-V2")}`, 0.1],
      ],
    },
  ],
  never: [
    {
      says: {
        zh: "59.8 °C 的汤不因传感器抖动被当作变冷",
        en: "takes no soup at 59.8 °C for cold because its sensor flaps",
      },
      alertsOf: ["SC17-SOUP"],
      which: /./,
      until: "05-12 12:50",
    },
  ],
});
