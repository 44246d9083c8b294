/** How far times have moved: median and greatest, in minutes, however many there are. */
import { MINUTE_MS } from "../../twin/kernel/time.ts";

const PARTS = 10;

export class MinuteSpread {
  /** How often each move came, by tenths of a minute: as many entries as there are different moves, not moves. */
  readonly #counts = new Map<number, number>();

  /** `ms` from 0. */
  add(ms: number, times = 1): void {
    const tenths = Math.round((ms * PARTS) / MINUTE_MS);
    this.#counts.set(tenths, (this.#counts.get(tenths) ?? 0) + times);
  }

  addAll(other: MinuteSpread): void {
    for (const [tenths, times] of other.#counts) this.add((tenths * MINUTE_MS) / PARTS, times);
  }

  /** To a tenth of a minute; of an even number, halfway between the two in the middle. `null` = there are none. */
  get minutes(): { readonly median: number; readonly max: number } | null {
    const sorted = [...this.#counts].sort(([a], [b]) => a - b);
    const total = sorted.reduce((sum, [, times]) => sum + times, 0);
    if (total === 0) return null;
    const middle = (nthOf(sorted, Math.ceil(total / 2)) + nthOf(sorted, Math.floor(total / 2) + 1)) / 2;
    return { median: Math.round(middle) / PARTS, max: nthOf(sorted, total) / PARTS };
  }
}

/** `n` from 1. */
function nthOf(sorted: readonly (readonly [value: number, times: number])[], n: number): number {
  let seen = 0;
  for (const [value, times] of sorted) {
    seen += times;
    if (seen >= n) return value;
  }
  return 0;
}
