/**
 * A set of 53-bit numbers that only grows: a table with open addressing, because JavaScript's own set boxes every such
 * number and asks half a microsecond for it, once per event.
 */
const SIZE_MIN = 1_024;
/** No identity number is negative. */
const FREE = -1;

export class IdentitySet {
  #table = new Float64Array(SIZE_MIN).fill(FREE);
  #size = 0;
  /** What `values` gave; `null` = something was added since. Days that are over are asked for with every snapshot. */
  #values: readonly number[] | null = null;

  constructor(numbers: Iterable<number> = []) {
    for (const number of numbers) this.add(number);
  }

  /** Adds a whole number from 0 to 2^53-1; false = it was there. */
  add(number: number): boolean {
    const at = placeOf(this.#table, number);
    if (this.#table[at] === number) return false;
    this.#table[at] = number;
    this.#size++;
    this.#values = null;
    if (2 * this.#size > this.#table.length) this.#grow();
    return true;
  }

  #grow(): void {
    const larger = new Float64Array(2 * this.#table.length).fill(FREE);
    for (const number of this.#table) if (number !== FREE) larger[placeOf(larger, number)] = number;
    this.#table = larger;
  }

  /** In rising order: a set that grew in another way has other places, but the same values. */
  values(): readonly number[] {
    this.#values ??= Array.from(this.#table.filter((number) => number !== FREE).sort());
    return this.#values;
  }
}

/** Where the number is, or belongs. */
function placeOf(table: Float64Array, number: number): number {
  const mask = table.length - 1;
  // The low 32 bits, which are those of a hash.
  let at = (number >>> 0) & mask;
  while (table[at] !== FREE && table[at] !== number) at = (at + 1) & mask;
  return at;
}
