import { expect, it } from "vitest";
import { parseDate } from "../twin/kernel/time.ts";
import { daysAhead, renewalDay } from "./renewal-day.ts";

const LAST = parseDate("2026-06-30");

it("renews by habit, or at the last moment where a run begins after that day", () => {
  expect(renewalDay(LAST, 31, parseDate("2026-05-01"), 0)).toBe(parseDate("2026-05-30"));
  expect(renewalDay(LAST, 31, parseDate("2026-05-30"), 1)).toBe(parseDate("2026-05-30"));
  expect(renewalDay(LAST, 31, parseDate("2026-06-01"), 0)).toBe(LAST);
  expect(renewalDay(LAST, 31, parseDate("2026-06-01"), 1)).toBe(LAST - 1);
  expect(renewalDay(LAST, 31, LAST, 1)).toBe(LAST);
});

it("finds the days ahead by their dates", () => {
  const ahead = daysAhead(LAST, 2);
  expect([...ahead.keys()]).toEqual(["2026-06-30", "2026-07-01", "2026-07-02"]);
  expect(ahead.get("2026-07-02")).toBe(LAST + 2);
});
