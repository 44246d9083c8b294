/** A segment file: blocks one after another, named after the position of its first record. */

const NAME = /^(\d{16})\.segment$/;
/** Distance of index entries: what a seek reads in vain, at most, and 1,000 entries per 64 MB. */
const INDEX_EVERY_BYTES = 64 * 1024;

export function segmentName(first: number): string {
  return `${String(first).padStart(16, "0")}.segment`;
}

/** Position of the first record in the file of that name; `null` when it is no segment. */
export function segmentFirst(name: string): number | null {
  const digits = NAME.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The segments among the names, in order. */
export function segmentsAmong(names: readonly string[]): Segment[] {
  return names.flatMap((name) => {
    const first = segmentFirst(name);
    return first === null ? [] : [new Segment(first)];
  });
}

export class Segment {
  readonly name: string;
  readonly first: number;
  /** Durable bytes; `null` = closed long ago, the file ends where it ends. */
  bytes: number | null = null;
  /** Sparse index: blocks met so far, at least `INDEX_EVERY_BYTES` apart, in order. */
  readonly #firsts: number[];
  readonly #offsets: number[] = [0];

  constructor(first: number) {
    this.name = segmentName(first);
    this.first = first;
    this.#firsts = [first];
  }

  /** A block that begins with the record at `first` stands at `offset`. */
  note(first: number, offset: number): void {
    if (offset < this.#offsets.at(-1)! + INDEX_EVERY_BYTES) return;
    this.#firsts.push(first);
    this.#offsets.push(offset);
  }

  /** Offset of a block at or before the one with the record at `position`. */
  seek(position: number): number {
    return this.#offsets[lastAtMost(this.#firsts, position)] ?? 0;
  }
}

/** Index of the last of the ascending `values` that is at most `limit`; -1 when none is. */
export function lastAtMost(values: readonly number[], limit: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
