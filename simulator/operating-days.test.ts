import { describe, expect, test } from "vitest";
import { HOUR_MS, parseDate, startOfShanghaiDay } from "../twin/kernel/time.ts";
import { oneKitchen } from "./one-kitchen.ts";
import { mealsOn, spansOn, worksOn } from "./operating-days.ts";

const sunday = parseDate("2026-06-07");
const monday = parseDate("2026-06-08");

describe("worksOn()", () => {
  test("follows the calendar of the kitchen", () => {
    expect(worksOn("daily", sunday, 1)).toBe(true);
    expect(worksOn("workday", sunday, 1)).toBe(false);
    expect(worksOn("workday", monday, 1)).toBe(true);
    expect(worksOn("school", monday, 1)).toBe(true);
    expect(worksOn("school", parseDate("2026-08-03"), 1)).toBe(false);
  });

  test("lets caterers work more often on summer weekends, and always alike for the same kitchen", () => {
    const share = (day: number) =>
      Array.from({ length: 2_000 }, (_, seed) => worksOn("event", day, seed)).filter(Boolean).length / 2_000;
    expect(share(sunday)).toBeCloseTo(0.6, 1);
    expect(share(monday)).toBeCloseTo(0.15, 1);
    expect(worksOn("event", sunday, 77)).toBe(worksOn("event", sunday, 77));
  });
});

test("spansOn() ends a span that crosses midnight on the next day", () => {
  const start = startOfShanghaiDay(monday);
  expect(spansOn([{ fromMs: 17 * HOUR_MS, toMs: HOUR_MS }], start)).toEqual([
    { from: start + 17 * HOUR_MS, to: start + 25 * HOUR_MS },
  ]);
});

test("mealsOn() leaves out meals at which the kitchen is closed", () => {
  const city = oneKitchen({
    opens: [["10:00", "14:00"]],
    meals: [
      ["07:00", "09:00"],
      ["11:30", "13:00"],
    ],
  });
  expect(mealsOn(city.kitchens[0]!, 0)).toHaveLength(1);
});
