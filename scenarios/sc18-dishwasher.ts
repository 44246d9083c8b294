import type { Incident } from "../simulator/incidents.ts";
import { alertsOf } from "./happenings.ts";
import { paired } from "./judge.ts";
import type { Wanted } from "./scenario.ts";
import { defineScenario } from "./scenario.ts";
import { at, type NamedKitchen, Story } from "./story.ts";

/** A canteen that serves lunch and dinner; its machine says by cycles that it lives. */
const canteen = (id: string, more: Readonly<Record<string, unknown>> = {}): NamedKitchen => ({
  id,
  type: "office",
  opens: [["06:00", "19:00"]],
  calendar: "workday",
  meals: [
    ["11:30", "12:40"],
    ["17:30", "18:20"],
  ],
  devices: [
    { id: `${id}/dish-1`, kind: "dish-machine", zone: "wash", reportEveryMs: 600_000, gateway: `${id}/gw` },
  ],
  ...more,
});

type Cycle = readonly [clock: string, peak: number, program?: "wash" | "rinse" | "descale"];
const cycles = (kitchen: string, ...rows: readonly Cycle[]): Incident => ({
  kind: "dish-cycles",
  device: `${kitchen}/dish-1`,
  cycles: rows.map(([clock, peak, program = "wash"]) => ({
    at: at(`05-12 ${clock}`),
    peak,
    holdMs: program === "wash" ? 45_000 : 20_000,
    program,
  })),
  until: at("05-12 17:00"),
});
const FAILING: readonly Cycle[] = [
  ["13:05", 82],
  ["13:12", 60, "rinse"],
  ["13:20", 79],
  ["13:27", 40, "descale"],
  ["13:35", 81],
  ["13:50", 86],
  ["14:05", 87],
  ["14:20", 86],
];

const story = new Story({
  from: "05-12 11:00",
  until: "05-12 20:00",
  kitchens: [
    canteen("SC18"),
    canteen("SC18-N"),
    canteen("SC18-C"),
    canteen("SC18-Z", { tableware: "central", devices: [] }),
  ],
  incidents: [
    cycles("SC18", ...FAILING),
    cycles("SC18-N", ...FAILING),
    cycles("SC18-C", ["13:05", 84.6], ["13:12", 60, "rinse"], ["13:20", 86], ["13:35", 86]),
  ],
})
  .acts("05-12 13:40", { kitchen: "SC18", code: "T06" }, "acknowledge", "O")
  .says("warmcity.record.filed", "05-12 14:00", { kind: "rewash" }, { kitchen: "SC18" })
  .acts("05-12 13:40", { kitchen: "SC18-N", code: "T06" }, "acknowledge", "O");

const COLD: Wanted = ["05-12 13:35", "T06 raised L3", 1];
const HOT_AGAIN: Wanted = ["05-12 14:20", "T06 resolved L3", 1];

export const dishwasher = defineScenario({
  name: "sc18-dishwasher",
  title: { zh: "洗碗机温度不足", en: "a dishwasher below temperature" },
  story,
  ways: { load: ["05-12 13:00", "05-12 14:30"] },
  expects: [
    {
      says: {
        zh: "第三次低温循环告警，冲洗与除垢不算；第三次够热解除",
        en: "rings at the third cold cycle, rinsing and descaling not counted, and clears at the third hot one",
      },
      alertsOf: "SC18",
      are: [COLD, HOT_AGAIN],
    },
    {
      says: { zh: "凭重洗记录 14:20 办结", en: "is closed at 14:20 with the re-wash record" },
      stepsOf: { kitchen: "SC18", code: "T06" },
      are: [
        ["05-12 13:35", "new"],
        ["05-12 13:35", "dispatched"],
        ["05-12 13:40", "acked by O", 0],
        ["05-12 14:20", "closed"],
      ],
    },
    {
      says: { zh: "没有记录则停在已签收", en: "stays acknowledged without it" },
      stepsOf: { kitchen: "SC18-N", code: "T06" },
      are: ["new", "dispatched", "acked by O"],
    },
    {
      says: {
        zh: "下一餐起逾期，告知监管所",
        en: "tells the office when it is overdue, from the next meal on",
      },
      noticesOf: { kitchen: "SC18-N", code: "T06" },
      which: /^L3 to S/,
      are: [
        ["05-12 17:30", "L3 to S by push"],
        ["05-12 17:30", "L3 to S by sms"],
      ],
    },
  ],
  never: [
    {
      says: {
        zh: "够热的机器和集中消毒餐具的单位不报",
        en: "says nothing of a machine hot enough, nor of central tableware",
      },
      alertsOf: ["SC18-C", "SC18-Z"],
      which: /./,
    },
  ],
  checks: [
    {
      says: { zh: "未整改则从下一餐起为逾期整改", en: "is an overdue fix from the next meal on" },
      holds: (told) => {
        const late = alertsOf(told.alone(), "SC18-N").map(({ time, what }) => ({
          time,
          what: what.replace(/ case:.*/, ""),
        }));
        return paired(late, [COLD, HOT_AGAIN, ["05-12 17:30", "S01 raised L2", 0]]);
      },
    },
  ],
});
