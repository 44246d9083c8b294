/**
 * 统计分析、升规纳统: what a kitchen took in by payments, and how many orders it sealed, by month. A proxy of turnover for the
 * statistics office and for advice, never for supervision; no payment is kept, only sums.
 */
import { civilFromDays, shanghaiDay } from "../../twin/kernel/time.ts";
import { defineDuty } from "./duty.ts";

export interface MonthSum {
  payments: number;
  yuan: number;
  orders: number;
}

/** `YYYY-MM` -> sums. */
export interface Turnover {
  months: Record<string, MonthSum>;
}

const MONTHS_KEPT = 13;

export const turnover = defineDuty<Turnover>({
  name: "turnover",
  version: 1,
  events: ["warmcity.payment.completed", "warmcity.order.sealed"],
  initial: () => ({ months: {} }),
  fold({ months }, event) {
    const { year, month } = civilFromDays(shanghaiDay(event.time));
    const name = `${year}-${String(month).padStart(2, "0")}`;
    const sum = months[name] ?? { payments: 0, yuan: 0, orders: 0 };
    if (event.type === "warmcity.payment.completed") {
      sum.payments++;
      sum.yuan = Math.round((sum.yuan + event.data.amount) * 100) / 100;
    } else if (event.type === "warmcity.order.sealed") sum.orders++;
    if (months[name] === undefined) {
      months[name] = sum;
      const [oldest] = Object.keys(months).sort();
      if (Object.keys(months).length > MONTHS_KEPT && oldest !== undefined) delete months[oldest];
    }
  },
});
