import { heldDevices } from "../stream/held-devices.ts";
import { casesOf } from "../stream/projections/case-view.ts";
import { publicKitchen } from "../stream/projections/public-kitchen.ts";
import type { Alert } from "../twin/events/output-events.ts";
import { alertsOf, noticesOf, stepsOf } from "./happenings.ts";
import { casesIn } from "./invariants.ts";
import { defineScenario } from "./scenario.ts";
import { at, type NamedKitchen, Story } from "./story.ts";
import type { Telling } from "./telling.ts";
import { equal, has, hasNot, isTrue, matches } from "./verdict.ts";

const WED_LUNCH = "2026-05-13T12:10:00+08:00";
const unit = (id: string, lon: number, type: string): NamedKitchen => ({
  id,
  type,
  capacity: 120,
  opens: [["06:00", "22:00"]],
  calendar: "daily",
  position: { lon, lat: 39.81, crs: "WGS84" },
  devices: [{ id: `${id}/fridge-1`, kind: "fridge-temperature", reportEveryMs: 60_000, gateway: `${id}/gw` }],
});

const sick = (clock: string, person: string, portal = "12315") => ({
  at: at(`05-14 ${clock}`),
  portal,
  person,
  ate: WED_LUNCH,
  symptoms: ["vomiting", "diarrhoea"],
});
const about = { kitchen: "SC08-K", code: "C02" };

/** Seven reports by six diners of Wednesday's lunch, and a hospital's notice of two; price complaints next door. */
const story = new Story({
  from: "05-14 19:00",
  until: "05-15 12:00",
  kitchens: [unit("SC08-K", 109.98, "office"), unit("SC08-N", 109.9805, "small")],
  incidents: [
    {
      kind: "illness",
      kitchen: "SC08-K",
      reports: [
        sick("19:30", "p-1"),
        sick("20:05", "p-2"),
        sick("20:40", "p-3"),
        sick("21:10", "p-4", "12345"),
        sick("21:12", "p-4", "app"),
        { ...sick("21:40", "h-1", "hospital"), hospital: true, people: 2 },
        sick("22:00", "p-5"),
        sick("23:05", "p-6"),
      ],
    },
  ],
});
for (const [n, clock] of ["20:15", "20:50"].entries()) {
  const complaint = {
    complaint: `SC08-${n}`,
    kind: "complaint",
    topic: "价格",
    person: `q-${n}`,
    named: true,
  } as const;
  story.says("warmcity.complaint.filed", `05-14 ${clock}`, complaint, {
    kitchen: "SC08-N",
    source: "/systems/12315",
  });
}
story.acts("05-14 21:50", about, "review-confirm", "H").acts("05-15 08:30", about, "transfer", "Q");

const lastC02 = ({ outputs }: Telling): Alert =>
  outputs.flatMap(({ data }) => ("raisedAt" in data && data.code === "C02" ? [data] : [])).at(-1)!;

/** The canteen and these reports alone. */
const toldOf = (seed: number | undefined, ...reports: ReturnType<typeof sick>[]) =>
  new Story({
    from: "05-14 21:00",
    until: "05-14 22:30",
    kitchens: [unit("SC08-K", 109.98, "office")],
    incidents: [{ kind: "illness", kitchen: "SC08-K", reports }],
    seed,
  }).alone();
const redsUntil = (told: Story, until: string) =>
  told
    .upTo(at(until))
    .outputs.filter(({ data }) => "region" in data && data.region === "colour" && data.to === "red").length;

export const illness = defineScenario({
  name: "sc08-illness",
  title: { zh: "一处食堂多人发病", en: "diners of one canteen fall ill" },
  story,
  ways: {
    load: ["05-14 19:20", "05-14 21:20"],
    liveUntil: "05-14 23:10",
    tickMs: 5_000,
    floodedUntil: "05-14 23:30",
  },
  expects: [
    {
      says: {
        zh: "第二人二级，24 小时内第三人一级，不会自行结束",
        en: "is L2 with the second person, L1 with the third in 24 h, and never over by itself",
      },
      alertsOf: "SC08-K",
      are: [
        ["05-14 20:05", "C02 raised L2", 0],
        ["05-14 20:40", "C02 rose to L1", 0],
      ],
    },
  ],
  never: [
    {
      says: {
        zh: "隔壁只嫌贵的单位不告警，区域也不告警",
        en: "says nothing of the unit next door, of which people only find the prices high",
      },
      alertsOf: ["SC08-N", null],
      which: /./,
    },
  ],
  checks: [
    {
      says: { zh: "只有食堂一个案件", en: "makes one case, the canteen's" },
      holds: (told) => [
        equal(
          casesIn(told.alone()).map(({ kitchen }) => kitchen),
          [0],
        ),
      ],
    },
    {
      says: {
        zh: "按人计数：一人两个渠道算一人，医院通报按其人数",
        en: "counts persons, not reports: who reports by two ways is one, a hospital's notice is as many as it says",
      },
      holds: (told) => {
        const twice = [sick("21:10", "p-4", "12345"), sick("21:12", "p-4", "app")];
        const hospital = { ...sick("21:40", "h-1", "hospital"), hospital: true, people: 2 };
        const grave = toldOf(told.seed, ...twice, hospital);
        return [
          matches(lastC02(told.upTo(at("05-14 20:41"))).value, { number: 3 }, "at 20:41"),
          equal(alertsOf(toldOf(told.seed, ...twice), "SC08-K"), [], "one person twice"),
          equal(
            alertsOf(grave, "SC08-K").map(({ what }) => what),
            ["C02 raised L1"],
            "and two in hospital",
          ),
          matches(lastC02(grave).value, { number: 3 }, "and two in hospital"),
        ];
      },
    },
    {
      says: {
        zh: "立即通知卫健、教育等部门，夜间照样响铃",
        en: "tells the health and education authorities at once, and rings at night",
      },
      holds: (told) => {
        const notices = noticesOf(told.alone(), "SC08-K", "C02");
        const l1 = notices.filter(({ what }) => what.startsWith("L1"));
        const atOnce = l1.filter(({ time }) => time === at("05-14 20:40"));
        const whom = new Set(atOnce.map(({ what }) => what.replace(/ by .*/, "")));
        return [
          equal(Math.min(...l1.map(({ time }) => time)), at("05-14 20:40"), "the first at"),
          ...has(whom, "L1 to H", "L1 to E", "L1 to S", "L1 to Q"),
          isTrue(
            l1.every(({ what }) => !what.includes("silent")),
            "none lies silent",
          ),
        ];
      },
    },
    {
      says: {
        zh: "人核实前是线索，移交卫健后案件仍在我们手里",
        en: "is a lead until a person confirms it, and stays ours when it is handed over to the health authority",
      },
      holds: (told) => {
        const steps = stepsOf(told.alone(), "SC08-K", "C02").map(({ what }) => what);
        return [
          equal(steps.slice(0, 3), ["new", "verifying", "confirmed by H"]),
          ...has(steps, "transferred by Q"),
          ...hasNot(steps, "closed"),
          equal(casesIn(told.alone())[0]!.state, "transferred"),
        ];
      },
    },
    {
      says: {
        zh: "自一级起计法定两小时报告时限，并自动保全前一周的测量证据",
        en: "runs the law's two hours to report from its L1 on, and holds what the kitchen measured a week around, however old",
      },
      holds: (told) => {
        const { city, fold } = told.upTo(at("05-14 21:00"));
        const { city: later, fold: transferred } = told.alone();
        const device = later.firstDevice[0]!;
        return [
          matches(casesOf(city, fold), [
            {
              clocks: [{ clock: "report", due: "2026-05-14T22:40:00.000+08:00" }],
              hold: { until: null, reason: "open" },
            },
          ]),
          equal(heldDevices(later, transferred, at("12-31 00:00")), [
            {
              firstDevice: device,
              endDevice: device + 1,
              fromMs: at("05-07 20:05"),
              toMs: Number.POSITIVE_INFINITY,
            },
          ]),
        ];
      },
    },
    {
      says: {
        zh: "核实前不变红：孪生颜色与公众页面都不",
        en: "turns nothing red before that: neither the twin's colour nor the citizens' page",
      },
      holds: (told) => {
        const { city, fold } = told.upTo(at("05-14 21:49"));
        const page = publicKitchen(city, fold, 0);
        return [
          equal(redsUntil(told, "05-14 21:49"), 0, "red by 21:49:"),
          equal(redsUntil(told, "05-14 21:51"), 1, "red by 21:51:"),
          equal(page.color, "green"),
          isTrue(!/C02|p-\d|h-1/.test(JSON.stringify(page)), "the page names neither the alert nor a person"),
        ];
      },
    },
    {
      says: { zh: "对外任何内容不点名报告人", en: "names no reporter in anything that goes out" },
      holds: (told) => [
        isTrue(!/"p-\d"|"h-1"/.test(JSON.stringify(told.alone().outputs)), "no output names a reporter"),
      ],
    },
  ],
});
