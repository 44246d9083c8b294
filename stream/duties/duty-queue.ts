/** What waits for the watermark, for all duties in one order. */
import type { CityEvent } from "../../twin/events/event.ts";
import type { Pending } from "../pending.ts";
import { PendingSpans } from "../pending-spans.ts";

export class DutyQueue {
  readonly #items = new PendingSpans();
  /** Rises with every change: who has looked at the list looks again. */
  version = 0;

  insert(item: Pending): void {
    this.#items.insert(item);
    this.version++;
  }

  /** Takes out what is due up to `until` (ms since epoch), in order. */
  takeDue(until: number): CityEvent[] {
    const due = this.#items.takeDue(until);
    if (due.length > 0) this.version++;
    return eventsIn(due);
  }

  /** In order. */
  get events(): CityEvent[] {
    return eventsIn(this.#items.save());
  }

  save(): Pending[] {
    return this.#items.save();
  }

  restore(saved: readonly Pending[]): void {
    this.#items.restore(saved);
    this.version++;
  }
}

function eventsIn(items: readonly Pending[]): CityEvent[] {
  return items.flatMap(({ input }) => (input.kind === "event" ? [input.event] : []));
}
