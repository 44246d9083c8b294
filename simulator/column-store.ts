/**
 * Memory for columns: views into large blocks, since an `ArrayBuffer` of its own costs more than the numbers in it; and
 * columns that many messages have in common, one per length.
 */

const BLOCK = 1 << 15;

export class ColumnStore {
  #block = new Float64Array(BLOCK);
  #used = 0;
  readonly #ramps = new Map<number, Uint32Array>();
  readonly #zeros = new Map<number, Int32Array>();
  readonly #nothing = new Map<number, Float64Array>();
  readonly #pairs = new Map<number, Uint32Array>();
  readonly #steps = new Map<string, Int32Array>();

  /** Room for `length` numbers, zero at first. */
  floats(length: number): Float64Array {
    if (length > BLOCK) return new Float64Array(length);
    if (this.#used + length > BLOCK) {
      this.#block = new Float64Array(BLOCK);
      this.#used = 0;
    }
    this.#used += length;
    return this.#block.subarray(this.#used - length, this.#used);
  }

  /** 0, 1, 2, … */
  ramp(length: number): Uint32Array {
    return kept(this.#ramps, length, () => Uint32Array.from({ length }, (_, i) => i));
  }

  zeros(length: number): Int32Array {
    return kept(this.#zeros, length, () => new Int32Array(length));
  }

  /** NaN, NaN, …: heartbeats. */
  nothing(length: number): Float64Array {
    return kept(this.#nothing, length, () => new Float64Array(length).fill(Number.NaN));
  }

  /** 0, 0, 1, 1, 2, 2, … */
  pairs(count: number): Uint32Array {
    return kept(this.#pairs, count, () => Uint32Array.from({ length: 2 * count }, (_, i) => i >> 1));
  }

  /** 0, step, 0, step, … */
  steps(count: number, step: number): Int32Array {
    return kept(this.#steps, `${count}/${step}`, () =>
      Int32Array.from({ length: 2 * count }, (_, i) => (i % 2) * step),
    );
  }
}

function kept<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}
