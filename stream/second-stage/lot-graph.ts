/**
 * The way of lots through the city, one up and one down (DOMAIN R28): which supplier passed which lot to whom and under
 * which name, which kitchens received it, what is recalled. Rule D08 keeps it; `/v1/trace` reads it.
 *
 *   S-001 --L7--> S-014, as D7 --> kitchens with D7        names of L7 and of D7: both
 */
import type { Level } from "../../twin/events/fields.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import { LotBook, type SavedLots } from "./lot-book.ts";

/** A supplier passed a lot on, and it has another name from there on. */
export interface Renaming {
  /** Key of the lot's new name. */
  readonly to: string;
  /** Id of the supplier that passed it on; `null` = another source told of it. */
  readonly supplier: string | null;
  /** Id of the supplier whose name for it is the new one; `null` = not said. */
  readonly by: string | null;
  /** ms since epoch. */
  readonly time: number;
  readonly cause: Cause;
}

/** A supplier passed a lot on to another, under whatever name. */
export interface Passing {
  readonly from: string | null;
  readonly to: string | null;
  /** The first time, ms since epoch. */
  readonly time: number;
}

/** A lot is recalled. */
export interface Notice {
  readonly recall: string;
  readonly level: Level;
  /** Event time of the recall, ms since epoch. */
  readonly time: number;
  readonly exercise: boolean;
  /** The recall, and the transfers that lead from its lot to this one. */
  readonly because: readonly Cause[];
}

export interface SavedLotGraph {
  readonly book: SavedLots;
  readonly renamings: [string, Renaming[]][];
  readonly passings: [string, Passing[]][];
  readonly notices: [string, Notice[]][];
}

export class LotGraph {
  readonly book: LotBook;
  /** Key of a lot -> the names that it was passed on under. */
  readonly renamings: Map<string, Renaming[]>;
  readonly notices: Map<string, Notice[]>;
  readonly #passings: Map<string, Passing[]>;

  constructor(saved?: SavedLotGraph) {
    this.book = new LotBook(saved?.book);
    this.renamings = new Map(saved?.renamings);
    this.notices = new Map(saved?.notices);
    this.#passings = new Map(saved?.passings);
  }

  pass(key: string, passing: Passing): void {
    const known = this.#passings.get(key) ?? [];
    if (known.some(({ from, to }) => from === passing.from && to === passing.to)) return;
    this.#passings.set(key, [...known, passing]);
  }

  passingsOf(key: string): readonly Passing[] {
    return this.#passings.get(key) ?? [];
  }

  /** Whether anybody received it, passed it on, or recalled it. */
  knows(key: string): boolean {
    return [this.book, this.renamings, this.#passings, this.notices].some((known) => known.has(key));
  }

  /** Keys of all lots of this name, whatever the product, in order. */
  named(lot: string): string[] {
    const keys = new Set(this.book.named(lot));
    for (const known of [this.renamings, this.#passings, this.notices]) {
      for (const key of known.keys()) if (key.endsWith(`\n${lot}`)) keys.add(key);
    }
    for (const { to } of [...this.renamings.values()].flat()) if (to.endsWith(`\n${lot}`)) keys.add(to);
    return [...keys].sort();
  }

  /** Every name that the lot had before, and has had since, on any way; its own first. */
  namesOf(key: string): string[] {
    const before = (name: string) => this.originsOf(name).map(({ from }) => from);
    const after = (name: string) => (this.renamings.get(name) ?? []).map(({ to }) => to);
    return [...new Set([...reached(key, after), ...reached(key, before)])];
  }

  /** The names from which the lot got this one, with how. Looks at every renaming kept. */
  originsOf(key: string): (Renaming & { readonly from: string })[] {
    return [...this.renamings].flatMap(([from, renamings]) =>
      renamings.filter(({ to }) => to === key).map((renaming) => ({ ...renaming, from })),
    );
  }

  save(): SavedLotGraph {
    return {
      book: this.book.save(),
      renamings: [...this.renamings],
      passings: [...this.#passings],
      notices: [...this.notices],
    };
  }
}

/** All that one comes to from a name, step by step; the name itself first. */
function reached(key: string, next: (name: string) => readonly string[]): Set<string> {
  const seen = new Set([key]);
  for (const name of seen) for (const other of next(name)) seen.add(other);
  return seen;
}

const SUPPLIERS = "/suppliers/";

/** Id of the supplier that an event comes from; `null` = it comes from somebody else. */
export function supplierOf(source: string): string | null {
  return source.startsWith(SUPPLIERS) ? source.slice(SUPPLIERS.length) : null;
}
