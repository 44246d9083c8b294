/**
 * A binary heap in the one total order of this project: time, then sequence. Equal times leave in the order in which
 * they came (or by the sequence given), so a run is the same on every machine.
 */

export interface Timed {
  /** Event time, ms since epoch. */
  readonly time: number;
  /** Breaks ties; unique within a heap. */
  readonly sequence: number;
}

function before(a: Timed, b: Timed): boolean {
  return a.time < b.time || (a.time === b.time && a.sequence < b.sequence);
}

export class TimeHeap<T extends Timed> {
  readonly #items: T[] = [];

  get size(): number {
    return this.#items.length;
  }

  /** The earliest item, or `undefined` when empty. */
  peek(): T | undefined {
    return this.#items[0];
  }

  push(item: T): void {
    const items = this.#items;
    let index = items.length;
    items.push(item);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = items[parent]!;
      if (!before(item, above)) break;
      items[index] = above;
      index = parent;
    }
    items[index] = item;
  }

  /** Removes and returns the earliest item. */
  pop(): T | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return top;
    let index = 0;
    const half = items.length >> 1;
    while (index < half) {
      let child = 2 * index + 1;
      if (child + 1 < items.length && before(items[child + 1]!, items[child]!)) child++;
      if (!before(items[child]!, last)) break;
      items[index] = items[child]!;
      index = child;
    }
    items[index] = last;
    return top;
  }

  /** All items, earliest first, leaving the heap as it is. */
  sorted(): T[] {
    return [...this.#items].sort((a, b) => (before(a, b) ? -1 : 1));
  }
}
