import { formatDate, parseDate } from "../twin/kernel/time.ts";
import { casesOf, noticesOf } from "./happenings.ts";
import { defineScenario } from "./scenario.ts";
import { filesDaily, filesSelfChecks } from "./self-checks-of.ts";
import { type NamedKitchen, Story } from "./story.ts";
import { equal, has, matches } from "./verdict.ts";

const unit = (id: string): NamedKitchen => ({ id, type: "medium", opens: [["09:00", "22:00"]] });

/** SC12 back-dates; the tablet of SC12-Q was without network for nine hours; SC12-R rests for two days. */
const story = new Story({
  from: "05-11 00:00",
  until: "05-18 12:00",
  kitchens: [unit("SC12"), unit("SC12-Q"), unit("SC12-R")],
  lives: false,
});
const MONDAY = parseDate("2026-05-11");
const [TUESDAY, WEDNESDAY, SUNDAY] = [MONDAY + 1, MONDAY + 2, MONDAY + 6];

// Somebody reads the code of a shop: the log begins, and its clock goes on at the times that matter.
const clocks = ["05-11 00:00", "05-17 23:41:05", "05-17 23:41:45"];
for (let day = TUESDAY; day <= SUNDAY + 1; day++) clocks.push(`${formatDate(day).slice(5)} 00:30:20`);
for (const time of clocks) {
  story.says("warmcity.kitchen.activity", time, { kind: "scan" }, { kitchen: "SC12-Q" });
}

for (let n = 0; n < 7; n++) {
  const photo = n < 5 ? "a" : String(n);
  story.says(
    "warmcity.selfcheck.submitted",
    `05-17 23:40:${String(Math.floor(n * 7.5)).padStart(2, "0")}`,
    {
      cadence: "daily",
      claimed: `${formatDate(MONDAY + n)}T20:00:00+08:00`,
      photos: [{ sha256: photo.repeat(64) }],
    },
    { kitchen: "SC12", source: "/persons/SC12/officer" },
  );
}

filesSelfChecks(story, "SC12-Q", MONDAY, TUESDAY);
story.says(
  "warmcity.selfcheck.submitted",
  "05-13 11:00",
  { cadence: "daily", claimed: "2026-05-13T11:00:00+08:00", deviceTimeTrusted: true },
  { kitchen: "SC12-Q", receivedAt: "05-13 20:00" },
);
filesSelfChecks(story, "SC12-Q", WEDNESDAY + 1, SUNDAY);

story.says(
  "warmcity.kitchen.declared",
  "05-11 21:00",
  { state: "rest-day", from: "2026-05-12T00:00:00+08:00", to: "2026-05-14T00:00:00+08:00" },
  { kitchen: "SC12-R" },
);
filesDaily(story, "SC12-R", MONDAY, "20:00");
filesSelfChecks(story, "SC12-R", WEDNESDAY + 1, SUNDAY);

export const backDated = defineScenario({
  name: "sc12-back-dated",
  title: { zh: "自查一周不报，周日夜里补七张", en: "self-checks back-dated" },
  story,
  ways: { load: ["05-17 23:20", "05-18 00:40"], tickMs: 30_000 },
  expects: [
    {
      says: {
        zh: "每天 00:30 缺报，周四升三级；周日夜里的补报一次查出作假",
        en: "misses each day at 00:30, is graver on Thursday, and finds the seven forms of Sunday night false, once",
      },
      alertsOf: "SC12",
      are: [
        ["05-12 00:30", "D04 raised L4", 0],
        ["05-14 00:30", "D04 rose to L3", 0],
        ["05-17 23:40:45", "D04 resolved L3", 0],
        ["05-17 23:41", "D05 raised L3", 1],
        ["05-18 00:30", "D04 raised L4", 0],
      ],
    },
    {
      says: { zh: "作假由人复核", en: "leaves the false forms to a reviewer" },
      stepsOf: { kitchen: "SC12", code: "D05" },
      are: ["new", "verifying"],
    },
  ],
  never: [
    {
      says: {
        zh: "平板断网者与已报休息者无可指摘",
        en: "has nothing to say of who was without network, nor of who rests as declared",
      },
      alertsOf: ["SC12-Q", "SC12-R"],
      which: /./,
    },
  ],
  checks: [
    {
      says: {
        zh: "只有周日当天那张结束缺报，迟到的一张也不算数",
        en: "ends the missing days with Sunday's own form alone: the late ones came before it and cured nothing",
      },
      holds: (told) => {
        const resolved = told
          .alone()
          .outputs.find(({ type, data }) => type === "warmcity.alert.resolved" && "raisedAt" in data);
        return [
          matches(resolved?.data, {
            code: "D04",
            because: [
              { summary: "no daily self-check of 2026-05-11" },
              { summary: "no daily self-check of 2026-05-12" },
              { summary: "no daily self-check of 2026-05-13" },
              { time: "2026-05-17T23:40:45.000+08:00" },
            ],
          }),
        ];
      },
    },
    {
      says: {
        zh: "缺周报并入缺日报的案件",
        en: "takes the week's missing report into the case of the missing days",
      },
      holds: (told) => [equal(casesOf(told.alone().outputs, "SC12", "D04").size, 1, "cases")],
    },
    {
      says: { zh: "三级起告知包保干部", en: "tells the cadre of the unit from L3 on" },
      holds: (told) => {
        const toCadre = noticesOf(told.alone(), "SC12", "D04").filter(({ what }) =>
          what.includes(" to B by"),
        );
        return [
          ...has(
            toCadre.map(({ what }) => what.slice(0, 7)),
            "L3 to B",
          ),
          equal(toCadre.filter(({ what }) => what.startsWith("L4")).length, 0, "at L4"),
        ];
      },
    },
    {
      says: {
        zh: "三个工作日内复核，六张表和照片俱在",
        en: "shows all six forms, and the photo, to who reviews them within three working days",
      },
      holds: (told) => {
        const { outputs } = told.alone();
        const raised = outputs.find(({ data }) => "raisedAt" in data && data.code === "D05");
        const because = raised !== undefined && "because" in raised.data ? raised.data.because : [];
        const copied = because.filter(({ summary }) => summary.includes("photo of another self-check"));
        const review = outputs.find(
          ({ data }) => "evidence" in data && data.case.startsWith("C-D05") && data.to === "verifying",
        );
        return [
          equal(because.length, 6, "forms"),
          equal(copied.length, 4, "with the photo of another"),
          matches(review?.data, { due: "2026-05-21T00:00:00.000+08:00" }),
        ];
      },
    },
  ],
});
