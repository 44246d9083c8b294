/**
 * The calendar behind every rule that counts days: working days with the official holidays and make-up workdays,
 * school days, operating days and opening hours. A *day* is a Shanghai day number (days since 1970-01-01), a *time*
 * event time in ms.
 *
 * A year whose arrangement is not on file is counted by weekday and by the days off that the law fixes, if those are on
 * file; `isKnown` and `unknownYears` let a caller say so.
 */
import type { DaySpan, OperatingCalendar } from "../city/kitchen.ts";
import type { HolidayYear } from "./holiday-year.ts";
import { holidays2025 } from "./holidays-2025.ts";
import { holidays2026 } from "./holidays-2026.ts";
import { holidays2027 } from "./holidays-2027.ts";
import { type SchoolTerm, schoolTerms } from "./school-terms.ts";
import { civilFromDays, DAY_MS, parseDate, shanghaiDay, startOfShanghaiDay, timeOfDay } from "./time.ts";

const YEARS: readonly HolidayYear[] = [holidays2025, holidays2026, holidays2027];

const knownYears: ReadonlySet<number> = new Set(
  YEARS.filter(({ arranged }) => arranged).map(({ year }) => year),
);
const holidays: ReadonlySet<number> = new Set(
  YEARS.flatMap((year) => year.holidays.flatMap(({ from, to }) => daysOf(from, to))),
);
const makeUpWorkdays: ReadonlySet<number> = new Set(
  YEARS.flatMap((year) => year.makeUpWorkdays.map((date) => parseDate(date))),
);

function daysOf(from: string, to: string): number[] {
  const first = parseDate(from);
  return Array.from({ length: parseDate(to) - first + 1 }, (_, i) => first + i);
}

/** Whether the official arrangement of the year's holidays is on file. */
export function isKnown(year: number): boolean {
  return knownYears.has(year);
}

/** The years of a stretch of days (both ends belong to it) whose working days may still change. */
export function unknownYears(fromDay: number, toDay: number): number[] {
  const years: number[] = [];
  const last = civilFromDays(toDay).year;
  for (let year = civilFromDays(fromDay).year; year <= last; year++) if (!isKnown(year)) years.push(year);
  return years;
}

/** Working day (工作日): Monday to Friday but for public holidays, and the make-up workdays. */
export function isWorkday(day: number): boolean {
  if (makeUpWorkdays.has(day)) return true;
  const { weekday } = civilFromDays(day);
  return weekday !== 0 && weekday !== 6 && !holidays.has(day);
}

/** The nth working day after (n < 0: before) a day, which itself does not count; n = 0 is the day itself. */
export function addWorkdays(day: number, n: number): number {
  const step = n < 0 ? -1 : 1;
  let at = day;
  for (let left = Math.abs(n); left > 0; at += step) if (isWorkday(at + step)) left--;
  return at;
}

/** The end of the nth working day after the day of `time`: a limit of n working days may be used to its last minute. */
export function workdayDeadline(time: number, n: number): number {
  return startOfShanghaiDay(addWorkdays(shanghaiDay(time), n) + 1);
}

/** The end of the Shanghai day of `time`; always later than `time`. */
export function endOfDay(time: number): number {
  return startOfShanghaiDay(shanghaiDay(time) + 1);
}

/** School day: a working day in term; make-up workdays are taught. */
export function isSchoolDay(day: number): boolean {
  const { month, day: ofMonth } = civilFromDays(day);
  const monthDay = `${pad(month)}-${pad(ofMonth)}`;
  return schoolTerms.some((term) => inTerm(term, monthDay)) && isWorkday(day);
}

function inTerm({ from, to }: SchoolTerm, monthDay: string): boolean {
  return from <= to ? from <= monthDay && monthDay <= to : from <= monthDay || monthDay <= to;
}

const pad = (value: number): string => String(value).padStart(2, "0");

/**
 * Whether a kitchen of this calendar works on the day, its declarations aside. An `event` kitchen works when a banquet
 * is filed, which no calendar knows: `false`.
 */
export function isOperatingDay(calendar: OperatingCalendar, day: number): boolean {
  switch (calendar) {
    case "daily":
      return true;
    case "workday":
      return isWorkday(day);
    case "school":
      return isSchoolDay(day);
    case "event":
      return false;
  }
}

/** Length of a span, ms; one that ends where it begins is the whole day round. */
function lengthOf({ fromMs, toMs }: DaySpan): number {
  return toMs > fromMs ? toMs - fromMs : toMs - fromMs + DAY_MS;
}

/** Whether the clock stands in one of the spans, whatever the day; `from` belongs to a span, `to` does not. */
export function withinSpans(spans: readonly DaySpan[], time: number): boolean {
  const now = timeOfDay(time);
  return spans.some((span) => (now - span.fromMs + DAY_MS) % DAY_MS < lengthOf(span));
}

/** When a kitchen is open: a registry's kitchen is one. A span that crosses midnight belongs to the day it begins on. */
export interface OpeningHours {
  readonly opens: readonly DaySpan[];
  readonly calendar: OperatingCalendar;
}

/** In hours: within `opens` on an operating day (CONTRACT §9), declarations aside. */
export function isOpenAt(hours: OpeningHours, time: number): boolean {
  const today = shanghaiDay(time);
  return openOn(hours, today, time) || openOn(hours, today - 1, time);
}

function openOn(hours: OpeningHours, day: number, time: number): boolean {
  const sinceMidnight = time - startOfShanghaiDay(day);
  const open = hours.opens.some(
    (span) => sinceMidnight >= span.fromMs && sinceMidnight < span.fromMs + lengthOf(span),
  );
  return open && isOperatingDay(hours.calendar, day);
}

/** Opening time between two moments, ms; 0 if `to` is not after `from`. */
export function openMsBetween(hours: OpeningHours, from: number, to: number): number {
  let open = 0;
  for (const stretch of openStretches(hours, from, shanghaiDay(to))) {
    open += Math.max(0, Math.min(stretch.to, to) - Math.max(stretch.from, from));
  }
  return open;
}

/** A year and a month without opening: the kitchen does not open by its calendar. */
const LOOK_AHEAD_DAYS = 400;

/**
 * The moment at which `ms` of opening time have passed since `from` (a limit "in hours"); `from` itself for `ms` ≤ 0;
 * `null` if the kitchen does not open that long within 400 days.
 */
export function whenOpenFor(hours: OpeningHours, from: number, ms: number): number | null {
  if (ms <= 0) return from;
  let left = ms;
  for (const stretch of openStretches(hours, from, shanghaiDay(from) + LOOK_AHEAD_DAYS)) {
    const begin = Math.max(stretch.from, from);
    if (stretch.to - begin >= left) return begin + left;
    left -= Math.max(0, stretch.to - begin);
  }
  return null;
}

/** The same for a window of every day ("2 h, 07–22"). */
export function whenWindowFor(window: DaySpan, from: number, ms: number): number {
  const at = whenOpenFor({ opens: [window], calendar: "daily" }, from, ms);
  if (at === null)
    throw new RangeError(`Cannot wait ${ms} ms in a daily window: wanted 400 days of it at most`);
  return at;
}

/** `time` itself within the daily window, else the next moment at which the window begins. */
export function whenWindowOpens(window: DaySpan, time: number): number {
  const wait = window.fromMs - timeOfDay(time);
  return withinSpans([window], time) ? time : time + (wait >= 0 ? wait : wait + DAY_MS);
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Open stretches that end after `from` and begin on or before `lastDay`, in order, without overlap. */
function* openStretches(hours: OpeningHours, from: number, lastDay: number): Generator<Stretch> {
  const spans = [...hours.opens].sort((a, b) => a.fromMs - b.fromMs);
  let covered = from;
  for (let day = shanghaiDay(from) - 1; day <= lastDay; day++) {
    if (spans.length === 0 || !isOperatingDay(hours.calendar, day)) continue;
    const midnight = startOfShanghaiDay(day);
    for (const span of spans) {
      const begin = Math.max(midnight + span.fromMs, covered);
      const end = midnight + span.fromMs + lengthOf(span);
      if (end <= begin) continue;
      yield { from: begin, to: end };
      covered = end;
    }
  }
}
