/**
 * Turnover by payments and orders of a month, by banner and type; and the units near the threshold of the statistics
 * (限额以上餐饮业: 2 M yuan a year) whom the city may advise. A proxy: cash is not in it.
 */
import type { City } from "../../../twin/city/city.ts";
import type { MonthSum } from "../../duties/turnover.ts";
import type { CityFold } from "../../fold.ts";
import type { Statistics } from "../../server/city-duty-answers.ts";

const THRESHOLD_YUAN = 2_000_000;
/** From this share of the threshold on a unit is near. */
const NEAR_SHARE = 0.8;

export function statistics(
  city: City,
  fold: CityFold,
  indices: readonly number[],
  month: string,
): Statistics {
  const groups = new Map<string, Statistics["items"][number]>();
  const near: Statistics["nearThreshold"][number][] = [];
  for (const index of indices) {
    const months = fold.duties.books.turnover.stateOf(index)?.months ?? {};
    const { id, banner, type } = city.kitchens[index]!;
    const sum = months[month];
    if (sum !== undefined) {
      const key = `${banner} ${type}`;
      const known = groups.get(key) ?? { banner, type, kitchens: 0, payments: 0, yuan: 0, orders: 0 };
      groups.set(key, { ...known, kitchens: known.kitchens + 1, ...added(known, sum) });
    }
    const yuanOfYear = lastYear(months, month);
    if (yuanOfYear >= NEAR_SHARE * THRESHOLD_YUAN) near.push({ kitchen: id, yuanOfYear });
  }
  return {
    month,
    items: [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group),
    nearThreshold: near.sort((a, b) => b.yuanOfYear - a.yuanOfYear),
  };
}

function added(a: MonthSum, b: MonthSum): MonthSum {
  return {
    payments: a.payments + b.payments,
    yuan: Math.round((a.yuan + b.yuan) * 100) / 100,
    orders: a.orders + b.orders,
  };
}

/** Twelve months up to and including this one. */
function lastYear(months: Readonly<Record<string, MonthSum>>, month: string): number {
  const [year = 0, number = 0] = month.split("-").map(Number);
  const from = `${year - 1}-${String(number).padStart(2, "0")}`;
  let yuan = 0;
  for (const [name, sum] of Object.entries(months)) if (name > from && name <= month) yuan += sum.yuan;
  return Math.round(yuan);
}
