import { publicKitchen } from "../stream/projections/public-kitchen.ts";
import { parseDate } from "../twin/kernel/time.ts";
import { noticesOf } from "./happenings.ts";
import type { Wanted } from "./scenario.ts";
import { defineScenario } from "./scenario.ts";
import { filesSelfChecks } from "./self-checks-of.ts";
import { at, type NamedKitchen, Story } from "./story.ts";
import { equal, hasNot, isTrue } from "./verdict.ts";

/** 41 people whose certificates end with 30 June: 15 come to work on 1 July, 12 of them to ready-to-eat food. */
const CREWS = {
  "SC19-M": { type: "medium", rte: 10, others: 9 },
  "SC19-S": { type: "school", rte: 5, others: 6 },
  "SC19-H": { type: "hospital", rte: 4, others: 7 },
} as const;
const UNITS = ["SC19-M", "SC19-S", "SC19-H"] as const;

const staffOf = (id: keyof typeof CREWS) => {
  const { rte, others } = CREWS[id];
  return Array.from({ length: rte + others }, (_, n) => ({
    id: `${id}/s-${n + 1}`,
    job: n < rte ? "rte" : n === rte ? "cashier" : "cook",
    certificateValidTo: "2026-06-30",
  }));
};
const unit = (id: keyof typeof CREWS): NamedKitchen => ({
  id,
  type: CREWS[id].type,
  calendar: "daily",
  opens: [["05:00", "19:00"]],
  staff: staffOf(id),
});
const story = new Story({
  from: "05-30 12:00",
  until: "07-02 12:00",
  kitchens: UNITS.map(unit),
  lives: false,
});

// Somebody reads the code of a shop: the log begins, and its clock goes on at the midnights that matter.
for (const time of ["05-30 12:00", "05-31 00:00:20", "07-01 00:00:20"]) {
  story.says("warmcity.kitchen.activity", time, { kind: "scan" }, { kitchen: "SC19-M" });
}
for (const kitchen of UNITS)
  filesSelfChecks(story, kitchen, parseDate("2026-05-30"), parseDate("2026-07-01"));

const clocksIn = (kitchen: string, n: number, time: string) => {
  const staff = `${kitchen}/s-${n}`;
  story.says("warmcity.staff.clocked-in", time, { staff }, { kitchen, source: `/persons/${staff}` });
};
const certified = (kitchen: string, n: number, time: string, state: "submitted" | "approved") => {
  const staff = `${kitchen}/s-${n}`;
  const certificate = { staff, validTo: "2027-06-30", state };
  story.says("warmcity.staff.certificate", time, certificate, { kitchen, source: "/systems/clinic" });
};

/** Who works on ready-to-eat food on 1 July, and when that person clocks in. */
const SHIFTS: readonly (readonly [kitchen: keyof typeof CREWS, n: number, clock: string])[] = [
  ["SC19-S", 1, "05:00"],
  ["SC19-H", 1, "05:05"],
  ["SC19-H", 2, "05:20"],
  ["SC19-S", 2, "05:40"],
  ["SC19-S", 3, "06:10"],
  ["SC19-M", 1, "07:00"],
  ["SC19-M", 2, "07:30"],
  ["SC19-M", 3, "08:00"],
  ["SC19-H", 3, "08:30"],
  ["SC19-M", 4, "09:10"],
  ["SC19-M", 5, "10:00"],
  ["SC19-M", 6, "10:30"],
];
for (const [kitchen, n, clock] of SHIFTS) clocksIn(kitchen, n, `07-01 ${clock}`);
for (const kitchen of UNITS) {
  clocksIn(kitchen, CREWS[kitchen].rte + 1, "07-01 06:30");
  // The evening before, when all of them still hold, and again after the break.
  clocksIn(kitchen, 1, "06-30 22:30");
  clocksIn(kitchen, 1, "07-01 13:00");
}
/** Two hand in their renewals at 09:00. */
const RENEWED: readonly (readonly [kitchen: keyof typeof CREWS, n: number, approved: string])[] = [
  ["SC19-M", 2, "09:20"],
  ["SC19-S", 3, "09:45"],
];
for (const [kitchen, n, approved] of RENEWED) {
  certified(kitchen, n, "07-01 09:00", "submitted");
  certified(kitchen, n, `07-01 ${approved}`, "approved");
}

/** A reminder for all on ready-to-eat work, a rise for each who clocks in, an end for each renewal. */
const wantedOf = (kitchen: keyof typeof CREWS): readonly Wanted[] => {
  const level = kitchen === "SC19-M" ? "L3" : "L2";
  const asset = (n: number) => `staff:${kitchen}/s-${n}`;
  const reminded = Array.from(
    { length: CREWS[kitchen].rte },
    (_, i): Wanted => ["05-31 00:00", `D02 raised L4 ${asset(i + 1)}`, 0],
  );
  const rises = SHIFTS.filter(([of]) => of === kitchen).map(
    ([, n, clock]): Wanted => [`07-01 ${clock}`, `D02 rose to ${level} ${asset(n)}`, 1],
  );
  const ends = RENEWED.filter(([of]) => of === kitchen).map(
    ([, n, clock]): Wanted => [`07-01 ${clock}`, `D02 resolved ${level} ${asset(n)}`, 5],
  );
  return [...reminded, ...rises, ...ends];
};

export const certificatesEnd = defineScenario({
  name: "sc19-health-certificates",
  title: { zh: "健康证午夜集中到期", en: "health certificates end at midnight" },
  story,
  ways: { load: ["07-01 05:00", "07-01 06:00"], tickMs: 30_000 },
  expects: [
    {
      says: {
        zh: "直接入口岗位 30 天前提醒，到期后打卡才升级，每人一次，续证批准即结束",
        en: "reminds of those on ready-to-eat work 30 d before, and finds who clocks in after the end, once a person",
      },
      alertsOfEach: Object.fromEntries(UNITS.map((kitchen) => [kitchen, wantedOf(kitchen)])),
      inAnyOrder: true,
    },
  ],
  checks: [
    {
      says: {
        zh: "四十一张证，次日 12 人上直接入口岗位",
        en: "counts 41 certificates, 12 at ready-to-eat work the next day",
      },
      holds: () => [
        equal(UNITS.flatMap((id) => staffOf(id)).length, 41, "certificates"),
        equal(SHIFTS.length, 12, "at work"),
      ],
    },
    {
      says: {
        zh: "零点不告警，08:00 也不为没来的人告警",
        en: "says nothing at midnight, nor at 08:00 for who does not come",
      },
      holds: (told) => {
        const atMidnight = told
          .alone()
          .outputs.filter(
            ({ type, time }) =>
              type.startsWith("warmcity.alert.") && time > at("05-31 00:00") && time < at("07-01 05:00"),
          );
        return [equal(atMidnight.length, 0, "alerts")];
      },
    },
    {
      says: { zh: "续证批准时办结该三级案件", en: "closes the case of the renewed L3 with the approval" },
      holds: (told) => {
        const closed = told
          .alone()
          .outputs.filter(
            ({ subject, data }) => subject === "SC19-M" && "evidence" in data && data.to === "closed",
          );
        return [
          equal(
            closed.map(({ time }) => time),
            [at("07-01 09:20")],
          ),
        ];
      },
    },
    {
      says: {
        zh: "对公众不提任何人和证号，对单位只提员工编号",
        en: "names nobody and no certificate to the public, and to the unit only by the number of the person",
      },
      holds: (told) => {
        const { city, fold, outputs } = told.alone();
        const texts = outputs.flatMap(({ data }) => ("channel" in data ? [data.text.zh] : []));
        const toOffice = noticesOf(told.alone(), "SC19-S", "D02");
        return [
          ...UNITS.flatMap((id) =>
            hasNot(JSON.stringify(publicKitchen(city, fold, city.kitchenIndex(id))), "/s-", "2026-06-30"),
          ),
          isTrue(
            texts.some((text) => /^【L3】健康证到期：.+ 员工 s-1$/.test(text)),
            "the unit is told the number",
          ),
          isTrue(
            toOffice.some(({ what }) => what.startsWith("L2 to S")),
            "the office is told of an L2",
          ),
        ];
      },
    },
  ],
});
