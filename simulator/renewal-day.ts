/** When people renew what runs out: some time before its last day, or at the last moment. Days are Shanghai day numbers. */
import { formatDate } from "../twin/kernel/time.ts";

/**
 * The day on which somebody renews what ends with `lastDay`, who does so `lead` days before by habit. A run that begins
 * at `first` has not seen what should have been done before it: that is done on the last day, or the one before.
 */
export function renewalDay(lastDay: number, lead: number, first: number, draw: number): number {
  const usual = lastDay - lead;
  return usual >= first ? usual : Math.max(first, lastDay - (draw % 2));
}

/** Dates (`YYYY-MM-DD`) from `day` to `count` days later -> their day numbers: dates are found without reading them. */
export function daysAhead(day: number, count: number): Map<string, number> {
  return new Map(Array.from({ length: count + 1 }, (_, n) => [formatDate(day + n), day + n]));
}
