import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  civilFromDays,
  DAY_MS,
  days,
  daysFromCivil,
  endOf,
  formatDate,
  formatTime,
  hours,
  minutes,
  parseDate,
  parseTime,
  parseTimeOfDay,
  seconds,
  shanghaiDay,
  startOfShanghaiDay,
  timeOfDay,
} from "./time.ts";

/** Whole ms of the years 0001 to 9998. */
const moment = fc.integer({ min: Date.UTC(2000, 0) - days(365 * 1_900), max: Date.UTC(9998, 0) });
const iso = (time: number): string => new Date(time).toISOString();

describe("the calendar", () => {
  it("agrees with the platform's for every moment", () => {
    fc.assert(
      fc.property(moment, (time) => {
        const day = Math.floor(time / DAY_MS);
        const date = new Date(time);
        expect(civilFromDays(day)).toEqual({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
          weekday: date.getUTCDay(),
        });
      }),
    );
  });

  it("finds the way back from every day of 400 years", () => {
    let lost = 0;
    for (let day = daysFromCivil(1999, 12, 31); day < daysFromCivil(2400, 1, 2); day++) {
      const { year, month, day: dayOfMonth } = civilFromDays(day);
      if (daysFromCivil(year, month, dayOfMonth) !== day) lost++;
    }
    expect(lost).toBe(0);
  });

  it("begins the Shanghai day at 16:00 UTC the day before", () => {
    const day = parseDate("2026-03-01");
    expect(iso(startOfShanghaiDay(day))).toBe("2026-02-28T16:00:00.000Z");
    expect(shanghaiDay(startOfShanghaiDay(day))).toBe(day);
    expect(shanghaiDay(startOfShanghaiDay(day) - 1)).toBe(day - 1);
    expect(timeOfDay(startOfShanghaiDay(day))).toBe(0);
    expect(timeOfDay(startOfShanghaiDay(day) - 1)).toBe(DAY_MS - 1);
  });

  it("counts units in milliseconds", () => {
    expect([seconds(2), minutes(2), hours(2), days(2)]).toEqual([2_000, 120_000, 7_200_000, 172_800_000]);
  });
});

describe("parseTime()", () => {
  it("reads what the platform writes, and formatTime() writes what the platform reads", () => {
    fc.assert(
      fc.property(moment, (time) => {
        expect(parseTime(iso(time))).toBe(time);
        expect(Date.parse(formatTime(time))).toBe(time);
        expect(parseTime(formatTime(time))).toBe(time);
      }),
    );
  });

  it("reads every zone as the platform does", () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 }), (time, offset) => {
        const [hour, minute] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
        const zone = `${offset < 0 ? "-" : "+"}${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
        expect(parseTime(iso(time).replace("Z", zone))).toBe(time - offset * 60_000);
      }),
    );
  });

  it.each([
    ["2026-11-23T08:00:00+08:00", "2026-11-23T00:00:00.000Z"],
    ["2026-11-23t08:00:00z", "2026-11-23T08:00:00.000Z"],
    ["2026-11-23 08:00:00Z", "2026-11-23T08:00:00.000Z"],
    ["2026-11-23T08:00:00.1Z", "2026-11-23T08:00:00.100Z"],
    ["2026-11-23T08:00:00.123999999Z", "2026-11-23T08:00:00.123Z"],
    ["2024-02-29T23:59:59.999-12:00", "2024-03-01T11:59:59.999Z"],
    ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"],
  ])("reads %s", (text, expected) => {
    expect(iso(parseTime(text))).toBe(expected);
  });

  it.each([
    "",
    "2026-11-23",
    "2026-11-23T08:00:00",
    "2026-11-23T08:00Z",
    "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z",
    "2026-02-30T00:00:00Z",
    "2025-02-29T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-11-23T24:00:00Z",
    "2026-11-23T08:60:00Z",
    "2026-11-23T08:00:61Z",
    "2026-11-23T08:00:00+24:00",
    "2026-11-23T08:00:00+08:60",
    "2026-11-23T08:00:00+0800",
    "2026-11-23T08:00:00.Z",
    "2026-11-23T08:00:00.1234567890Z",
    " 2026-11-23T08:00:00Z",
    "2026-11-23T08:00:00Z ",
    "+02026-11-23T08:00:00Z",
    "２０２６-11-23T08:00:00Z",
    "1790000000000",
  ])("knows that %j is no time", (text) => {
    expect(parseTime(text)).toBeNaN();
  });
});

describe("formatTime()", () => {
  it("writes +08:00 with milliseconds", () => {
    expect(formatTime(0)).toBe("1970-01-01T08:00:00.000+08:00");
    expect(formatTime(-1)).toBe("1970-01-01T07:59:59.999+08:00");
    expect(formatTime(Date.UTC(2026, 10, 22, 16))).toBe("2026-11-23T00:00:00.000+08:00");
  });
});

describe("dates", () => {
  it("come back as they were written", () => {
    fc.assert(
      fc.property(moment, (time) => {
        const text = iso(time).slice(0, 10);
        expect(formatDate(parseDate(text))).toBe(text);
      }),
    );
  });

  it("hold to their end in Asia/Shanghai; a time stands for itself", () => {
    expect(iso(endOf("2027-06-30"))).toBe("2027-06-30T16:00:00.000Z");
    expect(iso(endOf("2028-02-29"))).toBe("2028-02-29T16:00:00.000Z");
    expect(endOf("2027-06-30T12:00:00Z")).toBe(Date.UTC(2027, 5, 30, 12));
    expect(endOf("2027-06-31")).toBeNaN();
    expect(endOf("soon")).toBeNaN();
  });
});

describe("parseTimeOfDay()", () => {
  it.each([
    ["00:00", 0],
    ["05:30", 19_800_000],
    ["24:00", 86_400_000],
  ])("reads %s", (text, expected) => {
    expect(parseTimeOfDay(text)).toBe(expected);
  });

  it.each(["24:01", "25:00", "5:30", "05:60", "05:3", "", "05:30:00"])(
    "knows that %j is no time of day",
    (text) => {
      expect(parseTimeOfDay(text)).toBeNaN();
    },
  );
});
