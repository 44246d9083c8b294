/**
 * Which kitchen received which lot, how much of it went back and how much was used: the one-up one-down graph below the
 * suppliers (DOMAIN R28). 54,000 lines a day, so a lot is one flat row of numbers per kitchen, about 100 bytes a line;
 * nothing is searched but the lot in hand. A lot is kept as long as the law has its papers kept: shelf life and six
 * months, two years where the shelf life is not known.
 */
import type { EventOf } from "../../twin/events/event.ts";
import type { Bilingual, Cause } from "../../twin/events/output-events.ts";
import { days, endOf, formatTime, shanghaiDay } from "../../twin/kernel/time.ts";
import { worded } from "../rules/cause.ts";
import { mealNumber, startOfMeal } from "../rules/meal.ts";

const AFTER_SHELF_LIFE_MS = days(183);
const WITHOUT_SHELF_LIFE_MS = days(731);
/** Sums of decimal quantities are off by less than this. */
const NOTHING = 1e-6;

/**
 * Columns of a row: kitchen index, received, returned, used (issued or discarded), time and log position of the first
 * receipt, number of its supplier in the list of all (-1 = not said).
 */
const STRIDE = 7;

interface Lot {
  /** Event time after which nobody asks for it any more, ms since epoch. */
  keepUntil: number;
  /** Rows of `STRIDE` numbers, one per kitchen, in order of first receipt. */
  readonly rows: number[];
  /** `<source>\n<id>` of each row's first receipt; a source that is the kitchen itself is left out. */
  readonly receipts: string[];
  /** Pairs (kitchen index, supplier number): a kitchen got more of it from another supplier than the first. Seldom. */
  others?: number[];
  /** By row: the meals in which the kitchen used it, see `packedMeals`; 0 = in none that is known. */
  meals?: number[];
}

/** What one kitchen has of a lot. */
export interface Holding {
  readonly kitchen: number;
  readonly received: number;
  readonly returned: number;
  /** Issued or discarded. */
  readonly used: number;
  /** Beginnings of the first and the last meal for which it was issued, ms since epoch; `null` = for none. */
  readonly usedMeals: { readonly first: number; readonly last: number } | null;
  /** Event time of its first receipt, ms since epoch. */
  readonly receivedAt: number;
  /** Ids, the first receipt's first; empty = not said. */
  readonly suppliers: readonly string[];
  /** Quantity neither returned nor used, never below 0. */
  readonly left: number;
  readonly isAllReturned: boolean;
  /** Its first receipt. */
  readonly receipt: Cause;
}

export interface SavedLots {
  readonly lots: [string, Lot][];
  readonly suppliers: string[];
  readonly prunedOn: number;
}

/** A lot is a product and a lot name; no supplier, no date (CONTRACT §9). */
export function lotKey(product: string, lot: string): string {
  return `${product}\n${lot}`;
}

/** `lot:<product>/<lot>` (CONTRACT §4). */
export function lotAsset(key: string): string {
  return `lot:${key.replace("\n", "/")}`;
}

export class LotBook {
  readonly #lots: Map<string, Lot>;
  /** Ids; rows hold their places in it. */
  readonly #suppliers: string[];
  readonly #numberOf: Map<string, number>;
  /** Shanghai day number. */
  #prunedOn: number;

  constructor({ lots, suppliers, prunedOn }: SavedLots = { lots: [], suppliers: [], prunedOn: 0 }) {
    this.#lots = new Map(lots);
    this.#suppliers = [...suppliers];
    this.#numberOf = new Map(suppliers.map((id, number) => [id, number]));
    this.#prunedOn = prunedOn;
  }

  /** Lots kept at present. */
  get size(): number {
    return this.#lots.size;
  }

  receive(key: string, event: EventOf<"warmcity.goods.received">, kitchenId: string): Holding {
    const { quantity, bestBefore } = event.data;
    let lot = this.#lots.get(key);
    if (lot === undefined) {
      lot = { keepUntil: Number.NEGATIVE_INFINITY, rows: [], receipts: [] };
      this.#lots.set(key, lot);
    }
    const keepUntil =
      bestBefore == null ? event.time + WITHOUT_SHELF_LIFE_MS : endOf(bestBefore) + AFTER_SHELF_LIFE_MS;
    lot.keepUntil = Math.max(lot.keepUntil, keepUntil);
    const supplier = this.#number(event.data.supplier ?? null);
    let at = rowOf(lot, event.kitchen);
    if (at >= 0) noteOther(lot, at, supplier);
    else {
      at = lot.rows.length;
      lot.rows.push(event.kitchen, 0, 0, 0, event.time, event.position, supplier);
      const source = event.source === `/kitchens/${kitchenId}` ? "" : event.source;
      lot.receipts.push(`${source}\n${event.id}`);
    }
    lot.rows[at + 1]! += quantity;
    return this.#holdingAt(lot, at, kitchenId);
  }

  #number(supplier: string | null): number {
    if (supplier === null) return -1;
    let number = this.#numberOf.get(supplier);
    if (number === undefined) {
      number = this.#suppliers.push(supplier) - 1;
      this.#numberOf.set(supplier, number);
    }
    return number;
  }

  /** The kitchen gave some of it back; `null` if it is not known to have had any. */
  giveBack(key: string, kitchen: number, quantity: number, kitchenId: string): Holding | null {
    return this.#move(key, kitchen, 2, quantity, kitchenId);
  }

  /** The kitchen threw some of it away. */
  discard(key: string, kitchen: number, quantity: number, kitchenId: string): void {
    this.#move(key, kitchen, 3, quantity, kitchenId);
  }

  /** The kitchen used some of it at `time`. */
  use(key: string, kitchen: number, quantity: number, kitchenId: string, time: number): void {
    this.#move(key, kitchen, 3, quantity, kitchenId);
    const lot = this.#lots.get(key);
    const at = lot === undefined ? -1 : rowOf(lot, kitchen);
    if (lot === undefined || at < 0) return;
    const row = at / STRIDE;
    lot.meals ??= [];
    while (lot.meals.length <= row) lot.meals.push(0);
    lot.meals[row] = packedMeals(lot.meals[row]!, mealNumber(time));
  }

  #move(key: string, kitchen: number, column: number, quantity: number, kitchenId: string): Holding | null {
    const lot = this.#lots.get(key);
    const at = lot === undefined ? -1 : rowOf(lot, kitchen);
    if (lot === undefined || at < 0) return null;
    lot.rows[at + column]! += quantity;
    return this.#holdingAt(lot, at, kitchenId);
  }

  /** Every kitchen that ever received it, in order of first receipt. */
  *holdings(key: string, kitchens: readonly { readonly id: string }[]): Generator<Holding> {
    const lot = this.#lots.get(key);
    if (lot === undefined) return;
    for (let at = 0; at < lot.rows.length; at += STRIDE) {
      yield this.#holdingAt(lot, at, kitchens[lot.rows[at]!]!.id);
    }
  }

  /** Whether any kitchen received it. */
  has(key: string): boolean {
    return this.#lots.has(key);
  }

  /** All lots of this name, whatever the product. Looks at every lot kept: for people's questions, not for the fold. */
  *named(lot: string): Generator<string> {
    for (const key of this.#lots.keys()) if (key.endsWith(`\n${lot}`)) yield key;
  }

  #holdingAt(lot: Lot, at: number, kitchenId: string): Holding {
    const { rows, receipts, others = [], meals = [] } = lot;
    const [kitchen, received, returned, used, time, position, supplier] = [0, 1, 2, 3, 4, 5, 6].map(
      (i) => rows[at + i]!,
    );
    const receipt = receipts[at / STRIDE]!;
    const cut = receipt.indexOf("\n");
    const numbers = [supplier!, ...others.filter((_, i) => i % 2 === 1 && others[i - 1] === kitchen)];
    return {
      kitchen: kitchen!,
      received: rounded(received!),
      returned: rounded(returned!),
      used: rounded(used!),
      usedMeals: mealsIn(meals[at / STRIDE] ?? 0),
      receivedAt: time!,
      suppliers: numbers.flatMap((number) => this.#suppliers[number] ?? []),
      left: Math.max(0, rounded(received! - returned! - used!)),
      isAllReturned: returned! >= received! - NOTHING,
      receipt: {
        source: cut === 0 ? `/kitchens/${kitchenId}` : receipt.slice(0, cut),
        id: receipt.slice(cut + 1),
        time: formatTime(time!),
        position: position! < 0 ? null : position!,
        ...worded(receivedText(received!)),
      },
    };
  }

  /** Once a day, lots that nobody asks for any more go. */
  prune(now: number): void {
    const today = shanghaiDay(now);
    if (today <= this.#prunedOn) return;
    this.#prunedOn = today;
    for (const [key, { keepUntil }] of this.#lots) if (keepUntil < now) this.#lots.delete(key);
  }

  save(): SavedLots {
    return { lots: [...this.#lots], suppliers: [...this.#suppliers], prunedOn: this.#prunedOn };
  }
}

function rowOf({ rows }: Lot, kitchen: number): number {
  for (let at = rows.length - STRIDE; at >= 0; at -= STRIDE) if (rows[at] === kitchen) return at;
  return -1;
}

/** What a receipt says as evidence. */
export function receivedText(quantity: number): Bilingual {
  return { zh: `收货 ${quantity}`, en: `received ${quantity}` };
}

function noteOther(lot: Lot, at: number, supplier: number): void {
  const { rows, others = [] } = lot;
  if (supplier < 0 || rows[at + 6] === supplier) return;
  const kitchen = rows[at]!;
  if (rows[at + 6] === -1) rows[at + 6] = supplier;
  else if (!others.some((other, i) => i % 2 === 1 && other === supplier && others[i - 1] === kitchen))
    lot.others = [...others, kitchen, supplier];
}

/** A span of meals in one small number: the first, and how many later the last was. */
const SPAN = 1_024;

function packedMeals(known: number, meal: number): number {
  const first = known === 0 ? meal : Math.min(Math.floor(known / SPAN), meal);
  const last = known === 0 ? meal : Math.max(Math.floor(known / SPAN) + (known % SPAN), meal);
  return first * SPAN + Math.min(last - first, SPAN - 1);
}

function mealsIn(packed: number): Holding["usedMeals"] {
  if (packed === 0) return null;
  const first = Math.floor(packed / SPAN);
  return { first: startOfMeal(first), last: startOfMeal(first + (packed % SPAN)) };
}

function rounded(quantity: number): number {
  return Math.round(quantity * 1_000) / 1_000;
}
