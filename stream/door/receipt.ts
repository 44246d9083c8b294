/** When an event may have happened, given when it was received (CONTRACT §2). */
import { DAY_MS, daysFromCivil, formatTime, startOfShanghaiDay } from "../../twin/kernel/time.ts";

/** 2020-01-01 and 2100-01-01, 00:00 in Asia/Shanghai. */
export const EARLIEST = startOfShanghaiDay(daysFromCivil(2020, 1, 1));
const END = startOfShanghaiDay(daysFromCivil(2100, 1, 1));
/** A clock may be ahead of the receipt by this much and no more. */
const AHEAD_MS = DAY_MS;

export interface Receipt {
  /** ms since epoch; `null` = not known. */
  readonly at: number | null;
  /** Event times are accepted from here … */
  readonly earliest: number;
  /** … up to and including here. */
  readonly latest: number;
}

export function receipt(at: number | null): Receipt {
  return { at, earliest: EARLIEST, latest: at === null ? END - 1 : Math.min(END - 1, at + AHEAD_MS) };
}

/** Why an event time cannot be; only for times outside the receipt's bounds. */
export function timeReason(time: number, bounds: Receipt): string {
  if (Number.isNaN(time)) return "is no RFC 3339 time with zone";
  if (time < bounds.earliest) return `is before ${formatTime(bounds.earliest)}`;
  if (time >= END) return `is not before ${formatTime(END)}`;
  return `is more than 24 h after its receipt at ${formatTime(bounds.at ?? 0)}`;
}

/** Why a `receivedtime` given in a file cannot be; `null` if it can. */
export function receivedTimeReason(time: number): string | null {
  if (Number.isNaN(time)) return "is no RFC 3339 time with zone";
  return time < EARLIEST || time >= END
    ? `is not between ${formatTime(EARLIEST)} and ${formatTime(END)}`
    : null;
}
