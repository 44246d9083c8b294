/**
 * The docket as the desk holds it: every case that was not over when it was first seen, as newly as it is known. A case
 * that ends stays until it is let go, so that nothing vanishes from under a reader.
 */
import { type DeskFilter, LEVELS, OPEN_STATES, type SortKey } from "./desk-filter.ts";
import type { Alert, CaseChange, CaseState, CaseView, Level } from "./wire-types.ts";

/** Where a case belongs. */
export interface Place {
  /** Name of the kitchen or area, "" = not known. */
  readonly name: string;
  readonly banner: string | null;
  readonly office: string | null;
}

export interface DeskRow {
  readonly work: CaseView;
  /** The one that is open now. */
  readonly alert: Alert | null;
  readonly place: Place;
  /** Since when the present episode is: its alert, else the case. */
  readonly since: string;
}

export interface DeskKnowledge {
  readonly alert: (id: string) => Alert | undefined;
  readonly place: (work: CaseView) => Place;
}

const OPEN: ReadonlySet<CaseState> = new Set(OPEN_STATES);

export function isOpen({ state }: Pick<CaseView, "state">): boolean {
  return OPEN.has(state);
}

export class DeskBook {
  readonly #known: DeskKnowledge;
  readonly #cases = new Map<string, CaseView>();
  /** Grows with every change. */
  version = 0;

  constructor(known: DeskKnowledge) {
    this.#known = known;
  }

  get size(): number {
    return this.#cases.size;
  }

  work(id: string): CaseView | undefined {
    return this.#cases.get(id);
  }

  /** Takes a case over, unless more of it is known already. */
  put(work: CaseView): void {
    const before = this.#cases.get(work.case);
    if (before === undefined && !isOpen(work)) return;
    if (before !== undefined && before.steps.length > work.steps.length) return;
    this.#cases.set(work.case, work);
    this.version++;
  }

  /** What the stream says of a case at once; who has to act and what one may do is read anew. */
  step({ case: id, to, due }: CaseChange): void {
    const before = this.#cases.get(id);
    if (before === undefined) return;
    this.#cases.set(id, { ...before, state: to, due });
    this.version++;
  }

  /** Forgets what is over, and what a fresh docket (`null` = none) does not hold any more. */
  letGo(docket: ReadonlySet<string> | null = null): void {
    for (const [id, work] of this.#cases)
      if (!isOpen(work) || (docket !== null && !docket.has(id))) this.#cases.delete(id);
    this.version++;
  }

  row(id: string): DeskRow | undefined {
    const work = this.#cases.get(id);
    return work === undefined ? undefined : this.#rowOf(work);
  }

  rows(): DeskRow[] {
    return [...this.#cases.values()].filter(isOpen).map((work) => this.#rowOf(work));
  }

  #rowOf(work: CaseView): DeskRow {
    let alert: Alert | null = null;
    for (const id of work.alerts) alert = this.#known.alert(id) ?? alert;
    return { work, alert, place: this.#known.place(work), since: alert?.raisedAt ?? work.openedAt };
  }
}

/** Its last limit has passed, and no other runs: it rests with its owner. */
export function hasRunOut({ due, steps }: Pick<CaseView, "due" | "steps">): boolean {
  return due === null && steps.at(-1)?.what === "limit-passed";
}

/** `now`: event time, ms since epoch. */
export function isOverdue(work: Pick<CaseView, "due" | "steps">, now: number): boolean {
  return work.due === null ? hasRunOut(work) : Date.parse(work.due) < now;
}

export interface Reader {
  /** `null` = whoever: nothing is theirs before all others. */
  readonly role: string | null;
  readonly now: number;
}

export function isWanted({ work, place }: DeskRow, filter: DeskFilter, { role, now }: Reader): boolean {
  const { levels, code, banner, office, state, mine, overdue } = filter;
  return (
    (levels.length === 0 || levels.includes(work.level)) &&
    (code === null || work.code === code) &&
    (banner === null || place.banner === banner) &&
    (office === null || place.office === office) &&
    (state === null || work.state === state) &&
    (!mine || work.owner === role) &&
    (!overdue || isOverdue(work, now)) &&
    hasText({ work, place }, filter.text)
  );
}

function hasText({ work, place }: Pick<DeskRow, "work" | "place">, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return true;
  return [place.name, work.kitchen ?? "", work.code, work.case, work.asset ?? ""].some((field) =>
    field.toLowerCase().includes(wanted),
  );
}

type Order = (a: DeskRow, b: DeskRow) => number;
const by =
  (key: (row: DeskRow) => string): Order =>
  (a, b) => {
    const [x, y] = [key(a), key(b)];
    return x === y ? 0 : x < y ? -1 : 1;
  };
const NEVER = "9999";
const ORDERS: Readonly<Record<SortKey, Order>> = {
  level: by(({ work }) => work.level),
  code: by(({ work }) => work.code),
  kitchen: by(({ place }) => place.name),
  place: by(({ place }) => place.office ?? place.banner ?? NEVER),
  since: (a, b) => by(({ since }) => since)(b, a),
  due: by(({ work }) => work.due ?? (hasRunOut(work) ? "" : NEVER)),
  state: by(({ work }) => String(OPEN_STATES.indexOf(work.state)).padStart(2, "0")),
  owner: by(({ work }) => work.owner ?? NEVER),
};

/** Equals by level, then what is due first, then the newest. */
export function orderOf({ sort, reversed }: Pick<DeskFilter, "sort" | "reversed">): Order {
  const sign = reversed ? -1 : 1;
  return (a, b) =>
    sign * ORDERS[sort](a, b) ||
    ORDERS.level(a, b) ||
    ORDERS.due(a, b) ||
    ORDERS.since(a, b) ||
    (a.work.case < b.work.case ? -1 : 1);
}

export function countLevels(rows: readonly DeskRow[]): Record<Level, number> {
  const counts = { L1: 0, L2: 0, L3: 0, L4: 0 };
  for (const { work } of rows) if (LEVELS.includes(work.level)) counts[work.level]++;
  return counts;
}
