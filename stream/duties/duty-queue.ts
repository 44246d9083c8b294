/** What waits for the watermark, for all duties in one order: most is rare, so one short list serves them all. */
import type { CityEvent } from "../../twin/events/event.ts";
import { insert, type Pending } from "../pending.ts";

export class DutyQueue {
  #items: Pending[] = [];
  /** Rises with every change: who has looked at the list looks again. */
  version = 0;

  insert(item: Pending): void {
    insert(this.#items, item);
    this.version++;
  }

  /** Takes out what is due up to `until` (ms since epoch), in order. */
  takeDue(until: number): CityEvent[] {
    let count = 0;
    while (count < this.#items.length && this.#items[count]!.time <= until) count++;
    if (count === 0) return [];
    this.version++;
    return eventsIn(this.#items.splice(0, count));
  }

  /** In order. */
  get events(): CityEvent[] {
    return eventsIn(this.#items);
  }

  save(): Pending[] {
    return this.#items;
  }

  restore(saved: readonly Pending[]): void {
    this.#items = [...saved];
    this.version++;
  }
}

function eventsIn(items: readonly Pending[]): CityEvent[] {
  return items.flatMap(({ input }) => (input.kind === "event" ? [input.event] : []));
}
