import { describe, expect, it } from "vitest";
import { selfCheckMissing } from "./d04-self-check-missing.ts";
import { RuleTrial } from "./rule-trial.ts";

const unit = (kitchen = {}, begins = "00:00") => new RuleTrial(selfCheckMissing, { kitchen, begins });

function filed(
  to: RuleTrial,
  at: string,
  claimed: string,
  cadence: "daily" | "weekly" | "monthly" = "daily",
  more: { receivedAt?: string; deviceTimeTrusted?: boolean } = {},
): RuleTrial {
  const { receivedAt, ...rest } = more;
  const arrival = receivedAt === undefined ? {} : { receivedAt };
  return to.says(
    "warmcity.selfcheck.submitted",
    at,
    { cadence, claimed: `2026-${claimed}`, ...rest },
    arrival,
  );
}
/** A daily form at 20:00 of each of these days of March. */
const daily = (to: RuleTrial, ...days: readonly string[]) =>
  days.reduce((trial, day) => filed(trial, `03-${day} 20:00`, `03-${day}T20:00:00+08:00`), to);

describe("D04 self-check missing", () => {
  it("rings at 00:30 of the next day, and is L3 after three operating days in a row", () => {
    expect(unit().run("03-06 12:00")).toEqual(["03-03 00:30:00 raised L4 -", "03-05 00:30:00 rose to L3 -"]);
    expect(unit().alerts("03-05 12:00")[0]).toMatchObject({
      asset: null,
      value: { number: 3, unit: "d" },
      because: [{ summary: "no daily self-check of 2026-03-02" }, {}, {}],
    });
  });

  it("takes a form that arrives at 00:30 for in time, not one that arrives later", () => {
    expect(filed(unit(), "03-03 00:30", "03-02T20:00:00+08:00").run("03-03 12:00")).toEqual([]);
    expect(filed(unit(), "03-03 00:30:01", "03-02T20:00:00+08:00").run("03-03 12:00")).toHaveLength(1);
    const carried = filed(unit(), "20:00", "03-02", "daily", { receivedAt: "03-03 00:31" });
    expect(carried.run("03-03 12:00")).toHaveLength(1);
    const trusted = { receivedAt: "03-03 00:20", deviceTimeTrusted: true };
    expect(filed(unit(), "20:00", "03-02", "daily", trusted).run("03-03 12:00")).toEqual([]);
  });

  it("is a level graver for a school", () => {
    const lines = unit({ type: "school" }).run("03-06 12:00");
    expect(lines).toEqual(["03-03 00:30:00 raised L3 -", "03-05 00:30:00 rose to L2 -"]);
  });

  it("asks for nothing on days off: by the calendar, by declaration", () => {
    expect(unit({ type: "office" }, "03-07 00:00").run("03-08 12:00")).toEqual([]);
    const resting = unit().says("warmcity.kitchen.declared", "00:10", {
      state: "rest-day",
      from: "2026-03-02T00:00:00+08:00",
      to: "2026-03-03T00:00:00+08:00",
    });
    expect(resting.run("03-03 12:00")).toEqual([]);
    const halfDay = unit().says("warmcity.kitchen.declared", "00:10", {
      state: "closed",
      from: "2026-03-02T14:00:00+08:00",
      to: "2026-03-03T06:00:00+08:00",
    });
    expect(halfDay.run("03-03 12:00")).toEqual([
      "03-03 00:30:00 suppressed L4 - (closed-unit)",
      "03-03 06:00:00 raised L4 -",
    ]);
  });

  it("counts only days that the log covers from their first opening on", () => {
    expect(unit({}, "09:00").run("03-03 00:30")).toHaveLength(1);
    expect(unit({}, "09:01").run("03-03 00:30")).toEqual([]);
  });

  it("clears with the next form in time, not with late ones", () => {
    const late = filed(filed(unit(), "03-03 08:00", "03-02T20:00:00+08:00"), "03-03 08:01", "03-02");
    expect(late.run("03-03 23:00")).toEqual(["03-03 00:30:00 raised L4 -"]);
    expect(daily(late, "03").run("03-03 23:00")).toEqual([
      "03-03 00:30:00 raised L4 -",
      "03-03 20:00:00 resolved L4 -",
    ]);
  });

  it("starts counting anew after a form in time", () => {
    expect(
      daily(unit(), "04")
        .run("03-07 12:00")
        .filter((line) => line.includes("L3")),
    ).toEqual([]);
  });

  it("asks for the week's report by Monday 00:30 and clears with the next week's", () => {
    const week = daily(unit(), "02", "03", "04", "05", "06", "07", "08", "09", "10");
    expect(week.run("03-10 23:00")).toEqual(["03-09 00:30:00 raised L4 -"]);
    expect(filed(week, "03-11 20:00", "03-15", "weekly").run("03-11 21:00")).toEqual([
      "03-09 00:30:00 raised L4 -",
      "03-11 20:00:00 resolved L4 -",
    ]);
    const reported = daily(unit(), "02", "03", "04", "05", "06", "07", "08", "09");
    expect(filed(reported, "03-08 21:00", "03-08", "weekly").run("03-09 12:00")).toEqual([]);
    expect(daily(unit({}, "03-02 09:01"), "03", "04", "05", "06", "07", "08").run("03-09 00:30")).toEqual([]);
  });

  it("asks for the month's meeting by the 5th 00:30", () => {
    const days = Array.from({ length: 31 }, (_, i) => String(i + 1).padStart(2, "0"));
    const month = daily(unit({}, "03-01 00:00"), ...days);
    for (const day of ["01", "08", "15", "22", "29"]) filed(month, `03-${day} 21:00`, `03-${day}`, "weekly");
    for (const day of ["01", "02", "03", "04"]) filed(month, `04-${day} 20:00`, `04-${day}`);
    expect(month.run("04-05 00:29")).toEqual([]);
    expect(month.run("04-05 00:30")).toEqual(["04-05 00:30:00 raised L4 -"]);
    expect(filed(month, "04-04 21:00", "03-31", "monthly").run("04-05 00:30")).toEqual([]);
  });

  it("follows SC12: late forms claim six days, Sunday's own is valid, the week's report joins the case", () => {
    const unitR = unit();
    for (const day of ["02", "03", "04", "05", "06", "07", "08"]) {
      filed(unitR, `03-08 23:40:${day}`, `03-${day}T20:00:00+08:00`);
    }
    expect(unitR.run("03-09 12:00")).toEqual([
      "03-03 00:30:00 raised L4 -",
      "03-05 00:30:00 rose to L3 -",
      "03-08 23:40:08 resolved L3 -",
      "03-09 00:30:00 raised L4 -",
    ]);
    expect(new Set(unitR.alerts("03-09 12:00").map((alert) => alert.case)).size).toBe(1);
    expect(unitR.alerts("03-08 12:00")[0]).toMatchObject({ level: "L3", state: "firing" });
  });

  it("gives the same alerts for input without receipts, thrice and shuffled", () => {
    const trial = daily(unit(), "03", "05");
    const clean = trial.run("03-06 12:00");
    expect(clean).toHaveLength(4);
    for (const seed of [1, 2, 3]) expect(trial.run("03-06 12:00", { shuffled: seed })).toEqual(clean);
  });
});
