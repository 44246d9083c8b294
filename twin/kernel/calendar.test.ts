import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DaySpan } from "../city/kitchen.ts";
import {
  addWorkdays,
  endOfDay,
  isKnown,
  isOpenAt,
  isOperatingDay,
  isSchoolDay,
  isWorkday,
  openMsBetween,
  unknownYears,
  whenOpenFor,
  whenWindowFor,
  whenWindowOpens,
  withinSpans,
  workdayDeadline,
} from "./calendar.ts";
import { holidays2025 } from "./holidays-2025.ts";
import { holidays2026 } from "./holidays-2026.ts";
import { holidays2027 } from "./holidays-2027.ts";
import {
  civilFromDays,
  DAY_MS,
  formatDate,
  formatTime,
  HOUR_MS,
  hours,
  MINUTE_MS,
  minutes,
  parseDate,
  parseTime,
  shanghaiDay,
} from "./time.ts";

const day = (date: string): number => parseDate(date);
const at = (text: string): number => parseTime(`${text.replace(" ", "T")}:00+08:00`);
const shown = (time: number | null): string | null =>
  time === null ? null : formatTime(time).slice(0, 16).replace("T", " ");
const span = (from: number, to: number): DaySpan => ({ fromMs: from * HOUR_MS, toMs: to * HOUR_MS });

describe("isWorkday()", () => {
  it("has 248 working days in 2026", () => {
    let workdays = 0;
    for (let d = day("2026-01-01"); d <= day("2026-12-31"); d++) if (isWorkday(d)) workdays++;
    const weekdays = 261;
    const holidaysOnWeekdays = 2 + 6 + 1 + 3 + 1 + 1 + 5;
    expect(workdays).toBe(weekdays - holidaysOnWeekdays + holidays2026.makeUpWorkdays.length);
    expect(workdays).toBe(248);
  });

  it.each([
    ["2026-01-01", "2026-01-03"],
    ["2026-02-15", "2026-02-23"],
    ["2026-04-04", "2026-04-06"],
    ["2026-05-01", "2026-05-05"],
    ["2026-06-19", "2026-06-21"],
    ["2026-09-25", "2026-09-27"],
    ["2026-10-01", "2026-10-07"],
  ])("rests from %s to %s", (from, to) => {
    for (let d = day(from); d <= day(to); d++)
      expect([formatDate(d), isWorkday(d)]).toEqual([formatDate(d), false]);
  });

  it.each(["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"])(
    "works on the make-up day %s, a weekend day",
    (date) => {
      expect([0, 6]).toContain(civilFromDays(day(date)).weekday);
      expect(isWorkday(day(date))).toBe(true);
    },
  );

  it("rests on the days that the law fixes in a year whose arrangement is not published, and says so", () => {
    expect([2025, 2026, 2027, 2028].map(isKnown)).toEqual([true, true, false, false]);
    expect(isWorkday(day("2027-01-01"))).toBe(false);
    expect(isWorkday(day("2027-02-04"))).toBe(true);
    expect(isWorkday(day("2027-02-05"))).toBe(false);
    expect(isWorkday(day("2027-02-08"))).toBe(false);
    expect(isWorkday(day("2027-02-09"))).toBe(true);
    expect(unknownYears(day("2026-03-01"), day("2026-12-31"))).toEqual([]);
    expect(unknownYears(day("2024-12-31"), day("2028-01-01"))).toEqual([2024, 2027, 2028]);
  });

  it("goes by weekday alone in a year of which nothing is on file", () => {
    expect(isWorkday(day("2028-01-03"))).toBe(true);
    expect(isWorkday(day("2028-01-01"))).toBe(false);
    expect(isWorkday(day("2028-02-29"))).toBe(true);
  });

  it.each([holidays2025, holidays2026, holidays2027])("has a sound year $year", (year) => {
    const off = year.holidays.flatMap(({ from, to }) => [from, to]);
    expect(off).toEqual([...off].sort());
    for (const date of [...off, ...year.makeUpWorkdays]) expect(date.slice(0, 4)).toBe(String(year.year));
    for (const date of year.makeUpWorkdays) expect([0, 6]).toContain(civilFromDays(day(date)).weekday);
    const statutory = ["-01-01", "-05-01", "-05-02", "-10-01", "-10-02", "-10-03"];
    for (const date of statutory)
      expect([date, isWorkday(day(`${year.year}${date}`))]).toEqual([date, false]);
  });
});

describe("addWorkdays()", () => {
  it.each([
    ["2026-06-30", -15, "2026-06-08", "T - 15 working days over the Dragon Boat Festival"],
    ["2026-06-18", 1, "2026-06-22", "over a holiday"],
    ["2026-02-13", 1, "2026-02-14", "onto a make-up Saturday"],
    ["2026-02-14", 1, "2026-02-24", "over the Spring Festival"],
    ["2026-02-24", -2, "2026-02-13", "back over it"],
    ["2026-12-31", 1, "2027-01-04", "over New Year into a year that is not arranged"],
    ["2027-02-04", 1, "2027-02-09", "over the days of the Spring Festival that the law fixes"],
    ["2027-12-31", 1, "2028-01-03", "into a year by weekday alone"],
    ["2026-01-05", -1, "2026-01-04", "back onto a make-up Sunday"],
    ["2026-01-04", -1, "2025-12-31", "back into the year before"],
    ["2028-02-28", 1, "2028-02-29", "onto a leap day"],
    ["2028-02-29", 1, "2028-03-01", "off a leap day"],
    ["2026-06-20", 0, "2026-06-20", "nowhere for n = 0"],
    ["2026-06-20", 1, "2026-06-22", "from a holiday"],
  ])("%s %i working days = %s (%s)", (from, n, to) => {
    expect(formatDate(addWorkdays(day(from), n))).toBe(to);
  });

  it("counts exactly n working days in between, and comes back to a working day it left", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: day("2025-01-01"), max: day("2028-12-31") }),
        fc.integer({ min: 1, max: 120 }),
        (from, n) => {
          const to = addWorkdays(from, n);
          let counted = 0;
          for (let d = from + 1; d <= to; d++) if (isWorkday(d)) counted++;
          expect(counted).toBe(n);
          expect(isWorkday(to)).toBe(true);
          if (isWorkday(from)) expect(addWorkdays(to, -n)).toBe(from);
        },
      ),
    );
  });
});

describe("workdayDeadline()", () => {
  it("is the end of the nth working day after, whatever the hour", () => {
    expect(shown(workdayDeadline(at("2026-06-18 00:00"), 1))).toBe("2026-06-23 00:00");
    expect(shown(workdayDeadline(at("2026-06-18 23:59"), 1))).toBe("2026-06-23 00:00");
    expect(shown(workdayDeadline(at("2026-06-19 00:00"), 1))).toBe("2026-06-23 00:00");
  });
});

describe("endOfDay()", () => {
  it("is the next midnight, also at midnight itself", () => {
    expect(shown(endOfDay(at("2026-06-18 00:00")))).toBe("2026-06-19 00:00");
    expect(shown(endOfDay(at("2026-06-18 23:59")))).toBe("2026-06-19 00:00");
    expect(shown(endOfDay(at("2026-12-31 12:00")))).toBe("2027-01-01 00:00");
  });
});

describe("isSchoolDay() and isOperatingDay()", () => {
  it.each([
    ["2026-03-02", true, "the first Monday of term"],
    ["2026-02-27", false, "before term, a workday"],
    ["2026-05-09", true, "a make-up Saturday in term"],
    ["2026-05-04", false, "a holiday in term"],
    ["2026-07-10", true, "the last day of term"],
    ["2026-07-13", false, "the summer holidays"],
    ["2026-08-31", true, "the autumn term"],
    ["2026-12-31", true, "a term that runs over New Year"],
    ["2027-01-08", true, "its end"],
    ["2027-01-11", false, "after it"],
    ["2026-11-28", false, "a Saturday"],
  ])("%s: %s (%s)", (date, expected) => {
    expect(isSchoolDay(day(date))).toBe(expected);
    expect(isOperatingDay("school", day(date))).toBe(expected);
  });

  it("lets restaurants work daily, offices on working days, banquets by filing only", () => {
    expect(isOperatingDay("daily", day("2026-02-17"))).toBe(true);
    expect(isOperatingDay("workday", day("2026-02-17"))).toBe(false);
    expect(isOperatingDay("workday", day("2026-02-14"))).toBe(true);
    expect(isOperatingDay("event", day("2026-05-16"))).toBe(false);
  });
});

describe("withinSpans()", () => {
  const spans = [span(11, 14), span(17, 1)];

  it.each([
    ["2026-05-12 10:59", false],
    ["2026-05-12 11:00", true],
    ["2026-05-12 13:59", true],
    ["2026-05-12 14:00", false],
    ["2026-05-12 23:59", true],
    ["2026-05-13 00:00", true],
    ["2026-05-13 00:59", true],
    ["2026-05-13 01:00", false],
  ])("%s: %s", (time, expected) => {
    expect(withinSpans(spans, at(time))).toBe(expected);
  });

  it("takes a span to 24:00, one that ends where it begins, and none", () => {
    expect(withinSpans([span(0, 24)], at("2026-05-12 23:59"))).toBe(true);
    expect(withinSpans([span(6, 6)], at("2026-05-12 05:59"))).toBe(true);
    expect(withinSpans([], at("2026-05-12 12:00"))).toBe(false);
  });
});

describe("opening hours", () => {
  const canteen = { opens: [span(6, 14)], calendar: "workday" } as const;
  const barbecue = { opens: [span(17, 1)], calendar: "workday" } as const;

  it("a span over midnight belongs to the day it begins on", () => {
    expect(isOpenAt(barbecue, at("2026-05-16 00:30"))).toBe(true);
    expect(isOpenAt(barbecue, at("2026-05-16 18:00"))).toBe(false);
    expect(isOpenAt(barbecue, at("2026-05-18 00:30"))).toBe(false);
  });

  it("openMsBetween() counts only open time, over nights, weekends and closings", () => {
    expect(openMsBetween(canteen, at("2026-05-12 05:00"), at("2026-05-12 07:30"))).toBe(minutes(90));
    expect(openMsBetween(canteen, at("2026-05-15 13:00"), at("2026-05-18 07:00"))).toBe(hours(2));
    expect(openMsBetween(barbecue, at("2026-05-15 23:00"), at("2026-05-18 18:00"))).toBe(hours(3));
    expect(openMsBetween(canteen, at("2026-05-12 09:00"), at("2026-05-12 08:00"))).toBe(0);
  });

  it("counts overlapping spans once", () => {
    const twice = { opens: [span(10, 14), span(9, 12), span(20, 11)], calendar: "daily" } as const;
    expect(openMsBetween(twice, at("2026-05-12 00:00"), at("2026-05-13 00:00"))).toBe(hours(18));
  });

  it("whenOpenFor() finds 30 minutes in hours", () => {
    expect(shown(whenOpenFor(canteen, at("2026-05-12 09:10"), minutes(30)))).toBe("2026-05-12 09:40");
    expect(shown(whenOpenFor(canteen, at("2026-05-12 13:45"), minutes(30)))).toBe("2026-05-13 06:15");
    expect(shown(whenOpenFor(canteen, at("2026-05-12 13:30"), minutes(30)))).toBe("2026-05-12 14:00");
    expect(shown(whenOpenFor(canteen, at("2026-04-30 13:45"), minutes(30)))).toBe("2026-05-06 06:15");
    expect(shown(whenOpenFor(barbecue, at("2026-05-12 00:45"), minutes(30)))).toBe("2026-05-12 17:15");
    expect(whenOpenFor({ opens: [], calendar: "daily" }, at("2026-05-12 00:45"), 1)).toBeNull();
    expect(whenOpenFor({ opens: [span(5, 16)], calendar: "event" }, at("2026-05-12 06:00"), 1)).toBeNull();
    expect(shown(whenOpenFor(canteen, at("2026-05-12 20:00"), 0))).toBe("2026-05-12 20:00");
  });

  it("whenWindowFor() gives a review of 2 h between 07 and 22 from 02:31 until 09:00", () => {
    expect(shown(whenWindowFor(span(7, 22), at("2026-05-12 02:31"), hours(2)))).toBe("2026-05-12 09:00");
    expect(shown(whenWindowFor(span(7, 22), at("2026-05-12 21:00"), hours(2)))).toBe("2026-05-13 08:00");
    expect(shown(whenWindowFor(span(7, 22), at("2026-05-12 08:20"), hours(2)))).toBe("2026-05-12 10:20");
  });

  it("whenWindowOpens() waits for the morning only outside the window", () => {
    expect(shown(whenWindowOpens(span(7, 22), at("2026-05-12 02:31")))).toBe("2026-05-12 07:00");
    expect(shown(whenWindowOpens(span(7, 22), at("2026-05-12 22:00")))).toBe("2026-05-13 07:00");
    expect(shown(whenWindowOpens(span(7, 22), at("2026-05-12 07:00")))).toBe("2026-05-12 07:00");
    expect(shown(whenWindowOpens(span(7, 22), at("2026-05-12 21:59")))).toBe("2026-05-12 21:59");
  });

  it("openMsBetween() and isOpenAt() agree minute by minute, and whenOpenFor() is its inverse", () => {
    const minute = fc.integer({ min: 0, max: 24 * 60 }).map((n) => n * MINUTE_MS);
    fc.assert(
      fc.property(
        fc.array(fc.record({ fromMs: minute.filter((ms) => ms < DAY_MS), toMs: minute }), { maxLength: 3 }),
        fc.constantFrom("daily", "workday", "school"),
        fc.integer({ min: 0, max: 3 * 24 * 60 }),
        fc.integer({ min: 1, max: 2 * 24 * 60 }),
        (opens, calendar, start, length) => {
          const kitchen = { opens, calendar };
          const from = at("2026-04-30 00:00") + start * MINUTE_MS;
          const to = from + length * MINUTE_MS;
          let open = 0;
          for (let t = from; t < to; t += MINUTE_MS) if (isOpenAt(kitchen, t)) open += MINUTE_MS;
          expect(openMsBetween(kitchen, from, to)).toBe(open);
          if (open === 0) return;
          const end = whenOpenFor(kitchen, from, open)!;
          expect(end).toBeLessThanOrEqual(to);
          expect(openMsBetween(kitchen, from, end)).toBe(open);
          expect(isOpenAt(kitchen, end - MINUTE_MS)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("knows the day of a moment by Shanghai's midnight, not by UTC's", () => {
    expect(formatDate(shanghaiDay(parseTime("2026-06-30T15:59:59Z")))).toBe("2026-06-30");
    expect(formatDate(shanghaiDay(parseTime("2026-06-30T16:00:00Z")))).toBe("2026-07-01");
  });
});
