/**
 * Memory for columns: views into large blocks, since an `ArrayBuffer` of its own costs more than the numbers in it; and
 * columns that many messages have in common, one per length.
 */

import type { Columns } from "../twin/events/columns.ts";

const BLOCK = 1 << 15;

export class ColumnStore {
  #block = new Float64Array(BLOCK);
  #used = 0;
  #counts = new Uint32Array(BLOCK);
  #counted = 0;
  readonly #ramps = new Map<number, Columns["device"]>();
  readonly #zeros = new Map<number, Int32Array>();
  readonly #nothing = new Map<number, Float64Array>();
  readonly #pairs = new Map<number, Columns["device"]>();
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

  /** Room for `length` sequences. */
  sequences(length: number): Uint32Array {
    if (length > BLOCK) return new Uint32Array(length);
    if (this.#counted + length > BLOCK) {
      this.#counts = new Uint32Array(BLOCK);
      this.#counted = 0;
    }
    this.#counted += length;
    return this.#counts.subarray(this.#counted - length, this.#counted);
  }

  /** 0, 1, 2, … */
  ramp(length: number): Columns["device"] {
    return kept(this.#ramps, length, () => narrow(Uint32Array.from({ length }, (_, i) => i)));
  }

  zeros(length: number): Int32Array {
    return kept(this.#zeros, length, () => new Int32Array(length));
  }

  /** NaN, NaN, …: heartbeats. */
  nothing(length: number): Float64Array {
    return kept(this.#nothing, length, () => new Float64Array(length).fill(Number.NaN));
  }

  /** 0, 0, 1, 1, 2, 2, … */
  pairs(count: number): Columns["device"] {
    return kept(this.#pairs, count, () => narrow(Uint32Array.from({ length: 2 * count }, (_, i) => i >> 1)));
  }

  /** 0, step, 0, step, … */
  steps(count: number, step: number): Int32Array {
    return kept(this.#steps, `${count}/${step}`, () =>
      Int32Array.from({ length: 2 * count }, (_, i) => (i % 2) * step),
    );
  }
}

/** The indices in two bytes each, where they fit. */
function narrow(indices: Uint32Array): Columns["device"] {
  return indices.length <= 0x1_0000 ? Uint16Array.from(indices) : indices;
}

function kept<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}
