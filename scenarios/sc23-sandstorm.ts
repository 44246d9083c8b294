import type { Incident } from "../simulator/incidents.ts";
import { minutes } from "../twin/kernel/time.ts";
import { alertsOf, type Happening, noticesOf } from "./happenings.ts";
import { paired } from "./judge.ts";
import { lived } from "./lived.ts";
import { defineScenario } from "./scenario.ts";
import { at, type NamedKitchen, Story } from "./story.ts";
import { atLeast, atMost, equal, has } from "./verdict.ts";

/**
 * Three banners with six kitchens each, and twelve kitchens of Dongsheng outside the storm. All lines hold again within
 * 15 min (the scenario gives them 30; its outage is over at 15:20, which is 10 min after 95 % are back).
 */
const STORM = ["150624", "150625", "150626"];
const EACH = 6;
const OUTSIDE = 12;
const unitOf = (banner: string, n: number): NamedKitchen => {
  const id = `SC23-${banner.slice(-2)}-${n}`;
  const sensor = (name: string, kind: string) => ({
    id: `${id}/${name}`,
    kind,
    zone: "cooking",
    reportEveryMs: 60_000,
    gateway: `${id}/gw`,
  });
  const camera = (name: string) => ({
    id: `${id}/${name}`,
    kind: "camera",
    zone: "cooking",
    reportEveryMs: 60_000,
  });
  return {
    id,
    type: "small",
    banner,
    office: `${banner}-0${1 + (n % 2)}`,
    opens: [["06:00", "23:00"]],
    devices: [
      sensor("fridge-1", "fridge-temperature"),
      sensor("freezer-1", "freezer-temperature"),
      sensor("gas-1", "gas"),
      camera("cam-1"),
      camera("cam-2"),
    ],
  };
};
const stormy = STORM.flatMap((banner) => Array.from({ length: EACH }, (_, i) => unitOf(banner, i + 1)));
const outside = Array.from({ length: OUTSIDE }, (_, i) => unitOf("150602", i + 1));
const WARM = stormy.slice(0, 11).map(({ id }) => id);
/** The fridges of these two are still warm when the lines hold again. */
const STILL_WARM = WARM.slice(9);
const GASSY = stormy[11]!.id;
const LEAKING = outside[0]!.id;

const warm = WARM.map(
  (kitchen, i): Incident => ({
    kind: "cold-failure",
    device: `${kitchen}/fridge-1`,
    at: at("04-14 10:10") + i * minutes(1),
    start: 4,
    slopePerMin: 0.5,
    ambient: 14,
    repairAt: STILL_WARM.includes(kitchen) ? at("04-14 16:00") : at("04-14 11:00"),
    recoveryPerMin: 0.5,
  }),
);
const gas = (kitchen: string, steps: [string, number][], until: string): Incident => ({
  kind: "gas-release",
  device: `${kitchen}/gas-1`,
  steps: steps.map(([clock, lel]) => [at(`04-14 ${clock}`), lel] as const),
  until: at(`04-14 ${until}`),
});
const story = new Story({
  from: "04-14 09:40",
  until: "04-14 16:00",
  kitchens: [...stormy, ...outside],
  incidents: [
    {
      kind: "link-flaps",
      kitchens: stormy.map(({ id }) => id),
      from: at("04-14 10:00"),
      to: at("04-14 15:00"),
      lastTo: at("04-14 15:15"),
      spellMs: [minutes(2), minutes(7)],
    },
    ...warm,
    gas(GASSY, [["12:00:00", 12]], "12:02:00"),
    gas(
      LEAKING,
      [
        ["15:05:00", 12],
        ["15:05:10", 26],
      ],
      "15:07:00",
    ),
  ],
});
story.says(
  "warmcity.weather.warned",
  "04-14 08:30",
  {
    kind: "dust",
    level: "orange",
    banners: STORM,
    from: "2026-04-14T10:00:00+08:00",
    to: "2026-04-14T16:00:00+08:00",
  },
  { kitchen: null, source: "/systems/weather", receivedAt: "04-14 09:40" },
);

const GASSY_ZONE = `zone:${GASSY}/cooking`;
const ofAreas = (told: Story, which: RegExp): Happening[] =>
  alertsOf(told.alone(), null).filter(({ what }) => which.test(what));

export const sandstorm = defineScenario({
  name: "sc23-sandstorm",
  title: { zh: "沙尘暴致网络时断时续", en: "a sandstorm" },
  story,
  ways: {
    load: ["04-14 14:30", "04-14 15:50"],
    liveUntil: "04-14 15:50",
    tickMs: 5_000,
    areasAsKnown: true,
    floodedUntil: "04-14 12:00",
  },
  expects: [
    {
      says: { zh: "每个旗区各成一次区域中断", en: "is one outage per banner" },
      alertsOf: null,
      which: /^O06 raised L2 banner:/,
      are: STORM.map((banner) => `O06 raised L2 banner:${banner}`),
      inAnyOrder: true,
    },
    {
      says: {
        zh: "并入全市一次中断，线路稳定满 10 分钟才结束",
        en: "is rolled into one of the city until the lines have held for 10 min",
      },
      alertsOf: null,
      which: /^O06 .* city/,
      are: [
        ["04-14 10:03", "O06 raised L2 city", 3],
        ["04-14 15:20", "O06 resolved L2 city", 10],
      ],
    },
    {
      says: { zh: "中午的燃气事后记录", en: "notes the gas of noon" },
      alertsOf: GASSY,
      which: /^T09/,
      are: [
        ["04-14 12:01", `T09 raised L3 ${GASSY_ZONE} (retro, delayed)`],
        ["04-14 12:12", `T09 resolved L3 ${GASSY_ZONE} (retro, delayed)`],
      ],
    },
    {
      says: { zh: "已过去的燃气不通知任何人", en: "rings nobody for the gas that is over" },
      noticesOf: { kitchen: GASSY, code: "T09" },
      are: [],
    },
  ],
  never: [
    {
      says: {
        zh: "线路再怎么时断时续也不为单台设备告警",
        en: "rings for no device alone, however often its line comes and goes",
      },
      alertsOf: "any kitchen",
      which: /^O01 raised/,
    },
  ],
  checks: [
    {
      says: { zh: "区域告警不反复", en: "does not flap" },
      holds: (told) => [
        equal(ofAreas(told, /^O06/).length, 2 + 2 * STORM.length, "words about outages"),
        equal(ofAreas(told, /^O02 raised .* city/).length, 1, "O02 of the city"),
      ],
    },
    {
      says: {
        zh: "15:30 前补传完，一条不丢，全部计为迟到",
        en: "has drained the backlog by 15:30, loses none of it, and counts all of it as late",
      },
      holds: (told) => {
        const { lines, summary } = told.alone();
        const pushed = lines.filter(({ text }) => text.includes('"/gateways/SC23'));
        return [
          atMost(pushed.at(-1)!.at, at("04-14 15:30"), "the last at"),
          atLeast(summary.late, Math.floor(0.9 * stormy.length * 3 * 290) + 1, "late"),
          equal(summary.accepted, summary.processed + summary.late, "accepted"),
        ];
      },
    },
    {
      says: {
        zh: "事后查出十一台过热冷柜：已恢复的静默，仍热的响铃",
        en: "finds the eleven warm fridges afterwards: silently where it is over, ringing where it is not",
      },
      holds: (told) =>
        WARM.flatMap((kitchen) => {
          const [first, ...more] = alertsOf(told.alone(), kitchen).filter(({ what }) =>
            what.startsWith("T01"),
          );
          const isOver = more.at(-1)!.what.startsWith("T01 resolved");
          const notices = noticesOf(told.alone(), kitchen, "T01");
          return [
            equal(first!.what, `T01 raised L3 ${kitchen}/fridge-1 (retro, delayed)`),
            equal(isOver, !STILL_WARM.includes(kitchen), `${kitchen} is over:`),
            ...(isOver
              ? [equal(notices, [], "notices")]
              : [
                  ...has(
                    notices.map(({ what }) => what),
                    "L2 to O by sms",
                  ),
                  atLeast(
                    Math.min(...notices.map(({ time }) => time)),
                    at("04-14 15:00"),
                    "the first notice",
                  ),
                ]),
          ];
        }),
    },
    {
      says: {
        zh: "补传期间，沙尘区外的燃气立即响铃",
        en: "rings at once for gas outside the storm while the backlog comes in",
      },
      holds: (told) => {
        const [raised] = alertsOf(told.alone(), LEAKING).filter(({ what }) =>
          what.startsWith("T09 raised L1"),
        );
        const until = at("04-14 15:10");
        const { city, lines } = told.upTo(until);
        const out = lived(city, lines, { until }).given.find(
          ({ output: { subject, data } }) => subject === LEAKING && "raisedAt" in data && data.level === "L1",
        );
        return [
          ...paired([raised!], [["04-14 15:05:15", `T09 raised L1 zone:${LEAKING}/cooking`, 0.1]]),
          atMost(out!.at - raised!.time, 5_000, "ms until it is out"),
        ];
      },
    },
  ],
});
