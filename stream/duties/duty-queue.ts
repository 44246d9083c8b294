/**
 * What waits for the watermark, for all duties in one order: a list for each ten seconds of event time, so that what joins
 * moves nothing else.
 */
import type { CityEvent } from "../../twin/events/event.ts";
import { SECOND_MS } from "../../twin/kernel/time.ts";
import { insert, type Pending } from "../pending.ts";

const SPAN_MS = 10 * SECOND_MS;

export class DutyQueue {
  /** Number of the span -> what waits in it, in order. */
  readonly #spans = new Map<number, Pending[]>();
  /** The first span that may hold anything. */
  #first = Number.POSITIVE_INFINITY;
  /** Rises with every change: who has looked at the list looks again. */
  version = 0;

  insert(item: Pending): void {
    const span = Math.floor(item.time / SPAN_MS);
    const items = this.#spans.get(span);
    if (items === undefined) this.#spans.set(span, [item]);
    else insert(items, item);
    if (span < this.#first) this.#first = span;
    this.version++;
  }

  /** Takes out what is due up to `until` (ms since epoch), in order. */
  takeDue(until: number): CityEvent[] {
    const last = Math.floor(until / SPAN_MS);
    if (this.#spans.size === 0 || this.#first > last) return [];
    const due: Pending[] = [];
    for (const span of this.#spanNumbers()) {
      if (span > last) break;
      const items = this.#spans.get(span) ?? [];
      let count = 0;
      while (count < items.length && items[count]!.time <= until) count++;
      for (let at = 0; at < count; at++) due.push(items[at]!);
      if (count === items.length) this.#spans.delete(span);
      else items.splice(0, count);
    }
    this.#first = this.#spans.size === 0 ? Number.POSITIVE_INFINITY : (this.#spanNumbers()[0] ?? last);
    if (due.length > 0) this.version++;
    return eventsIn(due);
  }

  #spanNumbers(): number[] {
    return [...this.#spans.keys()].sort((a, b) => a - b);
  }

  /** In order. */
  get events(): CityEvent[] {
    return eventsIn(this.save());
  }

  save(): Pending[] {
    return this.#spanNumbers().flatMap((span) => this.#spans.get(span) ?? []);
  }

  restore(saved: readonly Pending[]): void {
    this.#spans.clear();
    this.#first = Number.POSITIVE_INFINITY;
    for (const item of saved) this.insert(item);
    this.version++;
  }
}

function eventsIn(items: readonly Pending[]): CityEvent[] {
  return items.flatMap(({ input }) => (input.kind === "event" ? [input.event] : []));
}
