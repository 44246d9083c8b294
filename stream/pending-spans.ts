/**
 * Many inputs of many subjects that wait for their turn: a list for each second of event time, so that what joins moves
 * few others. Their order is that of `isBefore`.
 */
import { SECOND_MS } from "../twin/kernel/time.ts";
import { insert, type Pending } from "./pending.ts";

const SPAN_MS = SECOND_MS;
/** The next span is looked for so far ahead by its number; then among all. */
const NEAR_SPANS = 64;

export class PendingSpans {
  /** Number of the span -> what waits in it, in order; none is empty. */
  readonly #spans = new Map<number, Pending[]>();
  /** The first span that holds anything; Infinity = none does. */
  #first = Number.POSITIVE_INFINITY;

  insert(item: Pending): void {
    const span = Math.floor(item.time / SPAN_MS);
    const items = this.#spans.get(span);
    if (items === undefined) this.#spans.set(span, [item]);
    else insert(items, item);
    if (span < this.#first) this.#first = span;
  }

  /** Takes out what is due up to and including `until` (ms since epoch), in order. */
  takeDue(until: number): Pending[] {
    const due: Pending[] = [];
    const last = Math.floor(until / SPAN_MS);
    while (this.#first <= last) {
      const items = this.#spans.get(this.#first) ?? [];
      let count = 0;
      while (count < items.length && items[count]!.time <= until) count++;
      for (let at = 0; at < count; at++) due.push(items[at]!);
      if (count < items.length) {
        items.splice(0, count);
        break;
      }
      this.#spans.delete(this.#first);
      this.#first = this.#after(this.#first);
    }
    return due;
  }

  /** The first span that holds anything after one that is gone. */
  #after(span: number): number {
    if (this.#spans.size === 0) return Number.POSITIVE_INFINITY;
    for (let next = span + 1; next <= span + NEAR_SPANS; next++) if (this.#spans.has(next)) return next;
    return this.#numbers()[0] ?? Number.POSITIVE_INFINITY;
  }

  #numbers(): number[] {
    return [...this.#spans.keys()].sort((a, b) => a - b);
  }

  /** All that waits, in order. */
  save(): Pending[] {
    return this.#numbers().flatMap((span) => this.#spans.get(span) ?? []);
  }

  /** Takes up what `save` gave. */
  restore(saved: readonly Pending[]): void {
    this.#spans.clear();
    this.#first = Number.POSITIVE_INFINITY;
    for (const item of saved) this.insert(item);
  }
}
