import { expect, it } from "vitest";
import { DAY_MS, MINUTE_MS, parseTime } from "../../twin/kernel/time.ts";
import { placeOf, spanned, ticksOf } from "./time-axis.ts";

const FROM = parseTime("2026-05-12T13:58:00+08:00");
const axis = (to: number) => ({ from: FROM, to, left: 100, width: 500 });

it("puts times on the line, those outside at its ends", () => {
  const hour = axis(FROM + 60 * MINUTE_MS);
  expect(placeOf(hour, FROM + 30 * MINUTE_MS)).toBe(350);
  expect([placeOf(hour, FROM - 1), placeOf(hour, FROM + DAY_MS)]).toEqual([100, 600]);
});

it("writes round times of the city, dates where days count", () => {
  expect(ticksOf(axis(FROM + 60 * MINUTE_MS)).map(({ text }) => text)).toEqual([
    "14:00",
    "14:10",
    "14:20",
    "14:30",
    "14:40",
    "14:50",
  ]);
  expect(ticksOf(axis(FROM + 20 * 60 * MINUTE_MS)).map(({ text }) => text)).toContain("05-13");
  expect(ticksOf(axis(FROM + 6 * DAY_MS)).map(({ text }) => text)[0]).toBe("05-13");
});

it("shows the time in which something happens, within that of the story", () => {
  const until = FROM + DAY_MS;
  expect(spanned([FROM + 60 * MINUTE_MS, FROM + 120 * MINUTE_MS], FROM, until)).toEqual({
    from: FROM + 55 * MINUTE_MS,
    to: FROM + 125 * MINUTE_MS,
  });
  expect(spanned([], FROM, until)).toEqual({ from: FROM, to: until });
  expect(spanned([FROM, until, until + DAY_MS], FROM, until)).toEqual({ from: FROM, to: until });
});
