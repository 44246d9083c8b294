import { describe, expect, it } from "vitest";
import { formatDate, parseDate } from "../twin/kernel/time.ts";
import { tellEveryWay } from "./every-way.ts";
import { against, alertsOf, casesOf, type Expected, noticesOf, stepsOf, wordsOf } from "./happenings.ts";
import { filesDaily, filesSelfChecks } from "./self-checks-of.ts";
import { type NamedKitchen, Story } from "./story.ts";

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

describe("SC12 self-checks back-dated", () => {
  it("misses each day at 00:30, is graver on Thursday, and finds the seven forms of Sunday night false, once", () => {
    const expected: Expected[] = [
      ["05-12 00:30", "D04 raised L4", 0],
      ["05-14 00:30", "D04 rose to L3", 0],
      ["05-17 23:40:45", "D04 resolved L3", 0],
      ["05-17 23:41", "D05 raised L3", 1],
      ["05-18 00:30", "D04 raised L4", 0],
    ];
    expect(against(alertsOf(story.alone(), "SC12"), expected)).toEqual(wordsOf(expected));
  });

  it("ends the missing days with Sunday's own form alone: the late ones came before it and cured nothing", () => {
    const resolved = story
      .alone()
      .outputs.find(({ type, data }) => type === "warmcity.alert.resolved" && "raisedAt" in data);
    expect(resolved?.data).toMatchObject({
      code: "D04",
      because: [
        { summary: "no daily self-check of 2026-05-11" },
        { summary: "no daily self-check of 2026-05-12" },
        { summary: "no daily self-check of 2026-05-13" },
        { time: "2026-05-17T23:40:45.000+08:00" },
      ],
    });
  });

  it("takes the week's missing report into the case of the missing days", () => {
    expect(casesOf(story.alone().outputs, "SC12", "D04").size).toBe(1);
  });

  it("tells the cadre of the unit from L3 on", () => {
    const toCadre = noticesOf(story.alone(), "SC12", "D04").filter(({ what }) => what.includes(" to B by"));
    expect(toCadre.map(({ what }) => what.slice(0, 7))).toEqual(expect.arrayContaining(["L3 to B"]));
    expect(toCadre.filter(({ what }) => what.startsWith("L4"))).toEqual([]);
  });

  it("shows all six forms, and the photo, to who reviews them within three working days", () => {
    const raised = story.alone().outputs.find(({ data }) => "raisedAt" in data && data.code === "D05");
    const because = raised !== undefined && "because" in raised.data ? raised.data.because : [];
    expect(because).toHaveLength(6);
    expect(because.filter(({ summary }) => summary.includes("photo of another self-check"))).toHaveLength(4);
    expect(stepsOf(story.alone(), "SC12", "D05").map(({ what }) => what)).toEqual(["new", "verifying"]);
    const review = story
      .alone()
      .outputs.find(
        ({ data }) => "evidence" in data && data.case.startsWith("C-D05") && data.to === "verifying",
      );
    expect(review?.data).toMatchObject({ due: "2026-05-21T00:00:00.000+08:00" });
  });

  it.each(["SC12-Q", "SC12-R"])("has nothing to say of %s", (kitchen) => {
    expect(alertsOf(story.alone(), kitchen)).toEqual([]);
  });

  tellEveryWay(story, { load: ["05-17 23:20", "05-18 00:40"], tickMs: 30_000 });
});
