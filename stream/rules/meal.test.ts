import { describe, expect, it } from "vitest";
import { formatTime, parseTime } from "../../twin/kernel/time.ts";
import { mealEnd, mealStart } from "./meal.ts";

describe("mealEnd()", () => {
  it.each([
    ["03:59", "2026-03-02T04:00"],
    ["04:00", "2026-03-02T10:00"],
    ["09:59", "2026-03-02T10:00"],
    ["10:00", "2026-03-02T15:00"],
    ["15:00", "2026-03-02T22:00"],
    ["22:00", "2026-03-03T04:00"],
    ["23:59", "2026-03-03T04:00"],
  ])("of the meal at %s is %s; a border begins the next meal", (at, end) => {
    expect(formatTime(mealEnd(parseTime(`2026-03-02T${at}:00+08:00`)))).toBe(`${end}:00.000+08:00`);
  });
});

describe("mealStart()", () => {
  it.each([
    ["03:59", "2026-03-01T22:00"],
    ["04:00", "2026-03-02T04:00"],
    ["14:59", "2026-03-02T10:00"],
    ["22:00", "2026-03-02T22:00"],
  ])("of the meal at %s is %s", (at, start) => {
    expect(formatTime(mealStart(parseTime(`2026-03-02T${at}:00+08:00`)))).toBe(`${start}:00.000+08:00`);
  });
});
