/**
 * The part of the alert list that is in sight. While it is held (the pointer rests on it) the list stands still, however
 * much happens, and only counts what is new.
 */
import type { AlertBook } from "./alert-book.ts";
import type { Alert, Level } from "./wire-types.ts";

export const ROW_PX = 78;
const SPARE_ROWS = 4;

export interface AlertView {
  readonly rows: readonly Alert[];
  /** Place of the first of `rows` in the whole list. */
  readonly first: number;
  readonly total: number;
  /** Alerts that are not in the list because it is held. */
  readonly fresh: number;
  /** How many there are of each level, whichever level is shown. */
  readonly counts: Readonly<Record<Level, number>>;
}

export const EMPTY_VIEW: AlertView = {
  rows: [],
  first: 0,
  total: 0,
  fresh: 0,
  counts: { L1: 0, L2: 0, L3: 0, L4: 0 },
};

export class AlertWindow {
  readonly #book: AlertBook;
  #level: Level | null = null;
  #isWanted: ((alert: Alert) => boolean) | null = null;
  #held: { readonly list: readonly Alert[]; readonly ids: ReadonlySet<string> } | null = null;

  constructor(book: AlertBook) {
    this.#book = book;
  }

  /** Only this level, and only what is wanted; `null`: all. What was held is let go. */
  show(level: Level | null, isWanted: ((alert: Alert) => boolean) | null = null): void {
    this.#level = level;
    this.#isWanted = isWanted;
    this.#held = null;
  }

  hold(): void {
    const list = this.#now();
    this.#held ??= { list, ids: new Set(list.map(({ alert }) => alert)) };
  }

  release(): void {
    this.#held = null;
  }

  /** What to show of a list scrolled by `top` px in a box of `height` px. */
  view(top: number, height: number): AlertView {
    const now = this.#now();
    const list = this.#held?.list ?? now;
    const ids = this.#held?.ids;
    const first = Math.max(0, Math.floor(top / ROW_PX) - SPARE_ROWS);
    const until = first + Math.ceil(height / ROW_PX) + 2 * SPARE_ROWS;
    return {
      rows: list.slice(first, until),
      first,
      total: list.length,
      counts: this.#counts(),
      fresh: ids === undefined ? 0 : now.filter(({ alert }) => !ids.has(alert)).length,
    };
  }

  /** The alert at a place of the list as it is shown. */
  at(place: number): Alert | undefined {
    return (this.#held?.list ?? this.#now())[place];
  }

  #now(): readonly Alert[] {
    const level = this.#level;
    const all = this.#wanted();
    return level === null ? all : all.filter((alert) => alert.level === level);
  }

  #wanted(): readonly Alert[] {
    const all = this.#book.list();
    return this.#isWanted === null ? all : all.filter(this.#isWanted);
  }

  #counts(): Record<Level, number> {
    const counts = { L1: 0, L2: 0, L3: 0, L4: 0 };
    for (const { level } of this.#wanted()) counts[level]++;
    return counts;
  }
}
