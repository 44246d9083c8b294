/**
 * Event time: whole milliseconds since 1970-01-01T00:00:00Z, as a plain number.
 *
 * The core never asks a clock: time reaches it in events and ticks. All calendar rules are those of Asia/Shanghai,
 * which has been UTC+8 without summer time since 1991, so wall times need no time-zone database (RFC 3339 in and out).
 */

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Asia/Shanghai is UTC+8 all year. */
export const SHANGHAI_OFFSET_MS = 8 * HOUR_MS;

export const seconds = (n: number): number => n * SECOND_MS;
export const minutes = (n: number): number => n * MINUTE_MS;
export const hours = (n: number): number => n * HOUR_MS;
export const days = (n: number): number => n * DAY_MS;

/** Days since 1970-01-01 of a proleptic Gregorian date (Howard Hinnant, "chrono-compatible date algorithms"). */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** A calendar date in Asia/Shanghai. `month` and `day` count from 1; `weekday` 0 = Sunday. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
}

/** The date of a day number (days since 1970-01-01). */
export function civilFromDays(dayNumber: number): CivilDate {
  const z = dayNumber + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day, weekday: (((dayNumber + 4) % 7) + 7) % 7 };
}

/** The Shanghai day number of a moment. */
export function shanghaiDay(time: number): number {
  return Math.floor((time + SHANGHAI_OFFSET_MS) / DAY_MS);
}

/** The moment at which a Shanghai day begins (00:00:00+08:00). */
export function startOfShanghaiDay(dayNumber: number): number {
  return dayNumber * DAY_MS - SHANGHAI_OFFSET_MS;
}

/** Milliseconds since Shanghai midnight. */
export function timeOfDay(time: number): number {
  return time - startOfShanghaiDay(shanghaiDay(time));
}

/** `"HH:MM"` (00:00 … 24:00) to ms since midnight; `NaN` if it is no such time. */
export function parseTimeOfDay(text: string): number {
  const match = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(text);
  if (match === null) return Number.NaN;
  const ms = Number(match[1]) * HOUR_MS + Number(match[2]) * MINUTE_MS;
  return ms <= DAY_MS ? ms : Number.NaN;
}

/** `"YYYY-MM-DD"` to a day number; `NaN` if it is no date of the calendar. */
export function parseDate(text: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return Number.NaN;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const dayNumber = daysFromCivil(year, month, day);
  const back = civilFromDays(dayNumber);
  return back.month === month && back.day === day ? dayNumber : Number.NaN;
}

/** The date that was written last: nearly all times that are written one after the other are of one day. */
let lastWritten = { dayNumber: Number.NaN, text: "" };

/** A day number to `"YYYY-MM-DD"`. */
export function formatDate(dayNumber: number): string {
  if (dayNumber === lastWritten.dayNumber) return lastWritten.text;
  const { year, month, day } = civilFromDays(dayNumber);
  const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  lastWritten = { dayNumber, text };
  return text;
}

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/;

/**
 * An RFC 3339 date-time with zone to event time; digits beyond the millisecond are cut. `NaN` if it is none
 * (no zone, 13th month, 30 February, …). A leap second (`:60`) counts as the first instant of the next minute.
 */
export function parseTime(text: string): number {
  const match = RFC3339.exec(text);
  if (match === null) return Number.NaN;
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6])];
  if (hour > 23 || minute > 59 || second > 60) return Number.NaN;
  const dayNumber = parseDate(`${match[1]}-${match[2]}-${match[3]}`);
  const fraction = match[7] === undefined ? 0 : Number(match[7].padEnd(3, "0").slice(0, 3));
  const offset = parseOffset(match[8] ?? "Z");
  return dayNumber * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS + fraction - offset;
}

function parseOffset(zone: string): number {
  if (zone === "Z" || zone === "z") return 0;
  const [hour, minute] = [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))];
  if (hour > 23 || minute > 59) return Number.NaN;
  return (zone.startsWith("-") ? -1 : 1) * (hour * HOUR_MS + minute * MINUTE_MS);
}

/** Event time as RFC 3339 in +08:00 with milliseconds, the only form this project writes. */
export function formatTime(time: number): string {
  const local = time + SHANGHAI_OFFSET_MS;
  const dayNumber = Math.floor(local / DAY_MS);
  const rest = local - dayNumber * DAY_MS;
  const hour = Math.floor(rest / HOUR_MS);
  const minute = Math.floor((rest % HOUR_MS) / MINUTE_MS);
  const second = Math.floor((rest % MINUTE_MS) / SECOND_MS);
  return `${formatDate(dayNumber)}T${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}.${pad(rest % SECOND_MS, 3)}+08:00`;
}

/**
 * The end of what a date or time stands for: a date without a time (`validTo`, `bestBefore`, …) holds to the end of
 * that day in Asia/Shanghai (CONTRACT §1); a date-time stands for itself. `NaN` if it is neither.
 */
export function endOf(dateOrTime: string): number {
  const dayNumber = parseDate(dateOrTime);
  return Number.isNaN(dayNumber) ? parseTime(dateOrTime) : startOfShanghaiDay(dayNumber + 1);
}

function pad(value: number, width: number): string {
  const digits = String(value);
  return digits.length < width ? digits.padStart(width, "0") : digits;
}
