/** Items of the last so many ms, in time order; old ones leave at the front, late ones find their place. */

interface Timed {
  /** Event time, ms since epoch. */
  readonly time: number;
}

/** So many items that have left are kept before the list is cut; cutting at each would move the whole list. */
const SLACK = 1_024;

export class SlidingWindow<T extends Timed> {
  #items: T[];
  /** Index of the first item that is still in. */
  #head = 0;

  constructor(items: readonly T[] = []) {
    this.#items = [...items];
  }

  get size(): number {
    return this.#items.length - this.#head;
  }

  /** Inserts after all items that are not newer. */
  add(item: T): void {
    let at = this.#items.length;
    while (at > this.#head && item.time < this.#items[at - 1]!.time) at--;
    if (at === this.#items.length) this.#items.push(item);
    else this.#items.splice(at, 0, item);
  }

  /** Items older than `time` leave, oldest first. */
  expire(time: number, left: (item: T) => void): void {
    while (this.#head < this.#items.length && this.#items[this.#head]!.time < time) {
      left(this.#items[this.#head]!);
      this.#head++;
    }
    if (this.#head > SLACK && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
  }

  /** Oldest first. */
  *[Symbol.iterator](): Generator<T> {
    for (let i = this.#head; i < this.#items.length; i++) yield this.#items[i]!;
  }

  save(): T[] {
    return this.#items.slice(this.#head);
  }
}
