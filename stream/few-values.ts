/**
 * One of few values per device (a step of its kind), kept as two bytes each: the loops that see
 * every reading then find it in the processor's cache.
 */

const DISTINCT_MAX = 65_536;

export class FewValues {
  readonly #place: Uint16Array;
  readonly #values: Float64Array;

  /** Throws a RangeError if there are more than 65,536 different values. */
  constructor(values: ArrayLike<number>) {
    const places = new Map<number, number>();
    this.#place = new Uint16Array(values.length);
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      const place = places.get(value) ?? places.size;
      places.set(value, place);
      this.#place[i] = place;
    }
    if (places.size > DISTINCT_MAX)
      throw new RangeError(`Cannot keep ${places.size} different values: at most ${DISTINCT_MAX}`);
    this.#values = Float64Array.from(places.keys());
  }

  at(i: number): number {
    return this.#values[this.#place[i]!]!;
  }
}
