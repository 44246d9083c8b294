/**
 * Whether bad reviews look ordered (刷评, the bomb flag of C03): most accounts are new, half had no order, and the texts
 * are alike. A pure measure, so that whoever counts ratings (the index) can leave such reviews out by the same rule.
 */
import { bigramsOf, diceOf } from "./text-likeness.ts";

export interface Review {
  readonly isNewAccount: boolean;
  readonly hasOrder: boolean;
  readonly text: string;
}

export interface BombLimits {
  readonly newAccountShare: number;
  readonly noOrderShare: number;
  readonly likenessShare: number;
}

export interface BombSigns {
  /** Shares from 0 to 1. */
  readonly newAccounts: number;
  readonly noOrder: number;
  /** How alike the middle one of the texts is to the most typical of them (Dice's coefficient of letter pairs). */
  readonly likeness: number;
  readonly isBomb: boolean;
}

/** Newest texts that are compared, each with each. */
const TEXTS_MAX = 32;

/** `reviews`: the bad ones of the window, oldest first. */
export function bombSigns(reviews: readonly Review[], limits: BombLimits): BombSigns {
  const share = (has: (review: Review) => boolean) =>
    reviews.filter(has).length / Math.max(1, reviews.length);
  const newAccounts = share(({ isNewAccount }) => isNewAccount);
  const noOrder = share(({ hasOrder }) => !hasOrder);
  const likeness = likenessOf(reviews.slice(-TEXTS_MAX).map(({ text }) => text));
  const isBomb =
    newAccounts >= limits.newAccountShare &&
    noOrder >= limits.noOrderShare &&
    likeness >= limits.likenessShare;
  return { newAccounts, noOrder, likeness, isBomb };
}

/** The median, not the mean: the few honest reviews among many copies do not hide them. */
function likenessOf(texts: readonly string[]): number {
  if (texts.length < 2) return 0;
  const all = texts.map(bigramsOf);
  return all.reduce((best, typical, i) => {
    const others = all.filter((_, j) => j !== i).map((other) => diceOf(typical, other));
    return Math.max(best, medianOf(others));
  }, 0);
}

/** The middle value, or the lower one of the two in the middle; `NaN` of none. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
}
