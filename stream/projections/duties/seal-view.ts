/** How many delivery seals a kitchen should still have, and for how many days they last. */
import { formatTime, shanghaiDay } from "../../../twin/kernel/time.ts";
import type { CityFold } from "../../fold.ts";
import type { SealView } from "../../server/duty-answers.ts";

/** The mean is of the last full days. */
const DAYS = 7;
/** Less than this is low: time to order (P). */
const LOW_DAYS = 3;

export function sealView(fold: CityFold, index: number): SealView {
  const state = fold.duties.books.sealStock.stateOf(index);
  const today = shanghaiDay(fold.now);
  let sealed = 0;
  for (const [day, count] of Object.entries(state?.sealed ?? {}))
    if (Number(day) < today && Number(day) >= today - DAYS) sealed += count;
  const perDay = Math.round((sealed / DAYS) * 10) / 10;
  const counted = state?.counted ?? null;
  const left = counted === null ? null : counted.left - (state?.sinceCount ?? 0);
  const daysLeft = left === null || perDay === 0 ? null : Math.round((left / perDay) * 10) / 10;
  return {
    left,
    countedAt: counted === null ? null : formatTime(counted.at),
    stockedAt: state?.stockedAt == null ? null : formatTime(state.stockedAt),
    perDay,
    daysLeft,
    low: (left !== null && left <= 0) || (daysLeft !== null && daysLeft < LOW_DAYS),
  };
}
