import type { Incident } from "../simulator/incidents.ts";
import { minutes } from "../twin/kernel/time.ts";
import { alertsOf, type Happening, noticesOf } from "./happenings.ts";

import { defineScenario } from "./scenario.ts";
import { at, type NamedKitchen, Story } from "./story.ts";
import { atLeast, equal, hasNot, isTrue } from "./verdict.ts";

/**
 * The city at 1:200, and the last two days of the holiday (正月初五, 初六) with the restart on 初七: of 56 kitchens 27
 * (48 %) have declared that they are closed, one (with a single sensor) is closed without a word, 28 go on, a hospital
 * and a home for the elderly among them.
 */
const DECLARED = Array.from({ length: 27 }, (_, i) => `SC22-D${String(i + 1).padStart(2, "0")}`);
const OPEN = Array.from({ length: 26 }, (_, i) => `SC22-O${String(i + 1).padStart(2, "0")}`);
const QUIET = "SC22-Q";
const HOSPITAL = "SC22-H";
const ELDERLY = "SC22-E";
const WARM = DECLARED[0]!;
const IDLE = DECLARED[1]!;
const BACK_FROM = at("02-23 07:00");

const unit = (id: string): NamedKitchen => {
  const sensor = (name: string, kind: string) => ({
    id: `${id}/${name}`,
    kind,
    zone: "cold-store",
    reportEveryMs: id === OPEN[0] ? 60_000 : 300_000,
    gateway: `${id}/gw`,
  });
  return {
    id,
    type: id === HOSPITAL ? "hospital" : id === ELDERLY ? "elder-care" : "small",
    opens: [["06:00", "22:00"]],
    calendar: "daily",
    devices: [
      sensor("fridge-1", "fridge-temperature"),
      ...(id === QUIET ? [] : [sensor("freezer-1", "freezer-temperature")]),
    ],
  };
};
const closing = (kitchen: string, to: number, declared: boolean): Incident => ({
  kind: "closing",
  kitchen,
  from: at("02-21 00:00"),
  to,
  declared,
});
const warm = (kitchen: string, from: string, to: string): Incident => ({
  kind: "sensor-profile",
  device: `${kitchen}/fridge-1`,
  points: [
    [at(`${from}:00`), 12],
    [at(`${to}:00`), 12],
  ],
});
const story = new Story({
  from: "02-20 20:00",
  until: "02-24 01:00",
  kitchens: [...DECLARED, ...OPEN, QUIET, HOSPITAL, ELDERLY].map(unit),
  incidents: [
    ...DECLARED.map((kitchen, i) => closing(kitchen, BACK_FROM + i * minutes(6.5), true)),
    closing(QUIET, at("02-23 08:00"), false),
    warm(WARM, "02-23 07:10", "02-23 15:00"),
    warm(HOSPITAL, "02-23 07:10", "02-23 09:00"),
    { kind: "neglect", what: "no-self-checks", kitchen: IDLE, from: BACK_FROM, to: at("02-24 01:00") },
  ],
});

const REOPENED = [...DECLARED, QUIET];
const RAMP_UNTIL = at("02-23 12:59");
const of = (told: Story, kitchen: string, which = /./): Happening[] =>
  alertsOf(told.alone(), kitchen).filter(({ what }) => which.test(what));
/** What is said of the cold of a kitchen while it cools down. */
const duringRamp = (told: Story, kitchen: string) =>
  of(told, kitchen, /^T0[12]/).filter(({ time }) => time < RAMP_UNTIL);

export const springFestival = defineScenario({
  name: "sc22-spring-festival",
  title: { zh: "春节歇业与初七开业", en: "the Spring Festival: closed, and open again" },
  story,
  ways: {
    load: ["02-23 06:30", "02-23 08:30"],
    areasAsKnown: true,
    liveUntil: "02-21 07:00",
    tickMs: 30_000,
    floodedUntil: "02-21 07:00",
  },
  expects: [
    {
      says: {
        zh: "无声的单位 24 小时后问一次是否歇业，开口前按歇业对待",
        en: "asks once whether the quiet one is closed, after 24 h without a sign, and takes it as closed until it speaks",
      },
      alertsOf: QUIET,
      which: /^O01 \S+ L4$/,
      are: [
        ["02-22 00:00", "O01 raised L4", 6],
        ["02-23 08:00", "O01 resolved L4", 3],
      ],
    },
    {
      says: {
        zh: "六小时后仍热的冷藏柜照报",
        en: "rings at the end of the 6 h for the fridge that is still warm",
      },
      alertsOf: WARM,
      which: /^T01 (raised|resolved)/,
      are: [
        ["02-23 13:00", `T01 raised L2 ${WARM}/fridge-1`, 1],
        ["02-23 15:57", `T01 resolved L2 ${WARM}/fridge-1`, 40],
      ],
    },
    {
      says: { zh: "从未停业的医院不静默", en: "mutes nothing of a hospital that was never closed" },
      alertsOf: HOSPITAL,
      which: /^T01 raised/,
      are: [["02-23 07:42", `T01 raised L3 ${HOSPITAL}/fridge-1`, 6]],
    },
    {
      says: { zh: "复工当天起恢复自查要求", en: "asks for self-checks again from the day of the restart on" },
      alertsOf: IDLE,
      which: /^D04/,
      are: [["02-24 00:30", "D04 raised L4", 1]],
    },
  ],
  never: [
    {
      says: { zh: "申报停业期间无任何告警", en: "says nothing of those that are closed as declared" },
      alertsOf: DECLARED,
      which: /./,
      until: "02-23 07:00",
    },
    {
      says: { zh: "照常营业者不缺报", en: "misses no form of those that went on" },
      alertsOf: [...OPEN, QUIET, HOSPITAL, ELDERLY],
      which: /^D04/,
    },
    {
      says: { zh: "养老机构安然无事", en: "says nothing of the home for the elderly" },
      alertsOf: [ELDERLY],
      which: /./,
    },
    {
      says: {
        zh: "开业六小时内冷柜从室温降下不报",
        en: "raises nothing while fridges cool down from the warmth of the kitchen, for 6 h",
      },
      alertsOf: REOPENED,
      which: /^T0[12] raised /,
      until: "02-23 12:59",
    },
  ],
  checks: [
    {
      says: {
        zh: "在线率只算营业单位：一半设备断电仍在 96% 以上",
        en: "reckons the online rate of open units: 96 % and more, where half of all devices are off",
      },
      holds: (told) => {
        const { city, fold } = told.upTo(at("02-21 12:00"));
        const { known, online, kitchens } = fold.stage.areas.count("city")!;
        return [
          equal(kitchens, 29, "kitchens"),
          isTrue(online / known > 0.96, "more than 96 % of the open ones online"),
          isTrue(online / city.devices.length < 0.52, "less than 52 % of all online"),
          equal(alertsOf(told.alone(), null), [], "areas"),
        ];
      },
    },
    {
      says: {
        zh: "问话前设备各自报过，问话时一并交出，全程静默",
        en: "hands the quiet one's devices over to the question, in silence",
      },
      holds: (told) => {
        const asked = of(told, QUIET, /^O01 raised L4$/);
        const devices = of(told, QUIET, /^O01 raised L4 SC22/).map(({ time }) => time);
        const given = of(told, QUIET, /^O01 resolved .* \(closed-unit\)$/);
        const notices = noticesOf(told.alone(), QUIET, "O01");
        return [
          atLeast(devices.length, 1, "devices"),
          atLeast(Math.min(...devices), at("02-21 06:30"), "the first at"),
          equal(
            given.map(({ time }) => time),
            devices.map(() => asked[0]!.time),
          ),
          isTrue(
            notices.every(({ what }) => what.endsWith("(silent)")),
            "every notice is silent",
          ),
        ];
      },
    },
    {
      says: {
        zh: "爬坡期的告警被静默，且不通知任何人",
        en: "suppresses what rises in those 6 h, and tells nobody",
      },
      holds: (told) => {
        const muted = REOPENED.flatMap((kitchen) => duringRamp(told, kitchen)).filter(({ what }) =>
          / suppressed .* \(ramp\)$/.test(what),
        );
        const notices = REOPENED.flatMap((kitchen) =>
          ["T01", "T02"].flatMap((code) => noticesOf(told.alone(), kitchen, code)),
        );
        return [
          atLeast(muted.length, REOPENED.length + 1, "suppressed"),
          equal(
            notices.filter(({ time }) => time < RAMP_UNTIL),
            [],
            "notices",
          ),
        ];
      },
    },
    {
      says: { zh: "复工单位中只有一家缺报", en: "misses the form of one of those that opened again" },
      holds: (told) => [equal(REOPENED.flatMap((kitchen) => of(told, kitchen, /^D04/)).length, 1)],
    },
    {
      says: { zh: "沉默不使任何单位得好评", en: "rates nobody good for being silent" },
      holds: (told) => {
        const rated = new Set(
          told
            .alone()
            .outputs.flatMap(({ type, subject }) =>
              type === "warmcity.index.changed" && subject !== null ? [subject] : [],
            ),
        );
        return [atLeast(rated.size, 1, "rated"), ...hasNot(rated, ...DECLARED)];
      },
    },
  ],
});
