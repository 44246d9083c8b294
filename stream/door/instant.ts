/**
 * RFC 3339 to event time, for the door's hot path: the usual layouts are read by position (about 30 ns), every other
 * spelling goes to `parseTime`, which decides what is valid. Both give the same answer for every text.
 */
import { DAY_MS, daysFromCivil, HOUR_MS, MINUTE_MS, parseTime, SECOND_MS } from "../../twin/kernel/time.ts";

const ZERO = 48;
/** Days since 1970-01-01 at the start of each month of the years that the contract allows. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2110;
const MONTH_STARTS = monthStarts();

/** ms since epoch; `NaN` if the text is no RFC 3339 date-time with zone. */
export function parseInstant(text: string): number {
  const length = text.length;
  if (length < 20 || length > 29) return parseTime(text);
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  const plain =
    year >= FIRST_YEAR &&
    year < LAST_YEAR &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 28 + 3 &&
    hour >= 0 &&
    hour < 24 &&
    minute >= 0 &&
    minute < 60 &&
    second >= 0 &&
    second < 60 &&
    text.charCodeAt(4) === 45 &&
    text.charCodeAt(7) === 45 &&
    text.charCodeAt(10) === 84 &&
    text.charCodeAt(13) === 58 &&
    text.charCodeAt(16) === 58;
  if (!plain) return parseTime(text);
  const slot = (year - FIRST_YEAR) * 12 + month - 1;
  const days = MONTH_STARTS[slot]! + day - 1;
  if (days >= MONTH_STARTS[slot + 1]!) return Number.NaN;
  let at = 19;
  let fraction = 0;
  if (text.charCodeAt(at) === 46) {
    fraction = digits(text, 20, 3);
    at = 23;
    if (fraction < 0) return parseTime(text);
  }
  const offset = zoneMs(text, at);
  if (Number.isNaN(offset)) return parseTime(text);
  return days * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS + fraction - offset;
}

/** `Z`, or `+hh:mm` / `-hh:mm`, at the end of the text; `NaN` for any other rest. */
function zoneMs(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  if (sign === 90) return text.length === at + 1 ? 0 : Number.NaN;
  if (text.length !== at + 6 || (sign !== 43 && sign !== 45) || text.charCodeAt(at + 3) !== 58)
    return Number.NaN;
  const hour = digits(text, at + 1, 2);
  const minute = digits(text, at + 4, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return Number.NaN;
  const ms = hour * HOUR_MS + minute * MINUTE_MS;
  return sign === 43 ? ms : -ms;
}

/** The number that `count` decimal digits at `at` spell; negative if one of them is no digit. */
function digits(text: string, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function monthStarts(): Float64Array {
  const starts = new Float64Array((LAST_YEAR - FIRST_YEAR) * 12 + 1);
  for (let i = 0; i < starts.length; i++) {
    starts[i] = daysFromCivil(FIRST_YEAR + Math.floor(i / 12), (i % 12) + 1, 1);
  }
  return starts;
}
