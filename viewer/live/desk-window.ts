/**
 * The part of the docket that is in sight. Its order stands still until it is asked for anew: what changes changes in its
 * place, what is new waits and is counted, what is over or no longer fits stays and is marked.
 */
import {
  countLevels,
  type DeskBook,
  type DeskRow,
  isOpen,
  isWanted,
  orderOf,
  type Reader,
} from "./desk-book.ts";
import { ALL, type DeskFilter } from "./desk-filter.ts";
import type { Level } from "./wire-types.ts";

export const DESK_ROW_PX = 34;
const SPARE_ROWS = 6;

interface DeskCounts {
  /** Cases that fit and are not in the list yet. */
  readonly fresh: number;
  /** How many fit of each level, whichever levels are shown; of each banner likewise. */
  readonly levels: Readonly<Record<Level, number>>;
  readonly banners: Readonly<Record<string, number>>;
  readonly overdue: number;
  /** Codes of all open cases, for the choice of one. */
  readonly codes: readonly string[];
}

export interface DeskView extends DeskCounts {
  readonly rows: readonly DeskRow[];
  /** Place of the first of `rows` in the whole list. */
  readonly first: number;
  readonly total: number;
}

export const EMPTY_DESK: DeskView = {
  rows: [],
  first: 0,
  total: 0,
  fresh: 0,
  levels: { L1: 0, L2: 0, L3: 0, L4: 0 },
  banners: {},
  overdue: 0,
  codes: [],
};

export class DeskWindow {
  readonly #book: DeskBook;
  #filter: DeskFilter = ALL;
  #order: readonly string[] = [];
  #listed: ReadonlySet<string> = new Set();
  #counted: { readonly of: string; readonly counts: DeskCounts } | null = null;

  constructor(book: DeskBook) {
    this.#book = book;
  }

  /** Lists anew what fits now; what is over is let go. */
  show(filter: DeskFilter, reader: Reader): void {
    this.#filter = filter;
    this.#counted = null;
    this.#book.letGo();
    const wanted = this.#book.rows().filter((row) => isWanted(row, filter, reader));
    this.#order = wanted.sort(orderOf(filter)).map(({ work }) => work.case);
    this.#listed = new Set(this.#order);
  }

  /** What to show of a list scrolled by `top` px in a box of `height` px. */
  view(top: number, height: number, reader: Reader): DeskView {
    const first = Math.max(0, Math.floor(top / DESK_ROW_PX) - SPARE_ROWS);
    const until = first + Math.ceil(height / DESK_ROW_PX) + 2 * SPARE_ROWS;
    return {
      rows: this.#order.slice(first, until).flatMap((id) => this.#book.row(id) ?? []),
      first,
      total: this.#order.length,
      ...this.#counts(reader),
    };
  }

  /** Counted once a second and when something has changed: to scroll is no reason to count. */
  #counts(reader: Reader): DeskCounts {
    const of = `${this.#book.version} ${Math.floor(reader.now / 1_000)}`;
    if (this.#counted?.of !== of) this.#counted = { of, counts: this.#count(reader) };
    return this.#counted.counts;
  }

  #count(reader: Reader): DeskCounts {
    const all = this.#book.rows();
    const fits = (change: Partial<DeskFilter>) => {
      const filter = { ...this.#filter, ...change };
      return all.filter((row) => isWanted(row, filter, reader));
    };
    return {
      fresh: fits({}).filter(({ work }) => !this.#listed.has(work.case)).length,
      levels: countLevels(fits({ levels: [] })),
      banners: tally(fits({ banner: null, office: null })),
      overdue: fits({ overdue: true }).length,
      codes: [...new Set(all.map(({ work }) => work.code))].sort(),
    };
  }

  /** Ids in the order of the list. */
  get order(): readonly string[] {
    return this.#order;
  }

  /** Whether a row that is shown would be there if it were listed now. */
  stillFits(row: DeskRow, reader: Reader): boolean {
    return isOpen(row.work) && isWanted(row, this.#filter, reader);
  }
}

function tally(rows: readonly DeskRow[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { place } of rows)
    if (place.banner !== null) counts[place.banner] = (counts[place.banner] ?? 0) + 1;
  return counts;
}
