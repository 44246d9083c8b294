/** All duties beside one another: each event waits for the watermark once, then goes to the books that read it. */
import type { EventType } from "../../twin/events/event.ts";
import type { Pending } from "../pending.ts";
import { type DutyBooks, openBooks } from "./catalogue.ts";
import type { DutyBook, SavedBook } from "./duty-book.ts";
import { DutyQueue } from "./duty-queue.ts";

export interface SavedDuties {
  readonly queue: Pending[];
  /** By the duty's name. */
  readonly books: Record<string, SavedBook>;
}

export class DutyStage {
  readonly #queue = new DutyQueue();
  readonly books: DutyBooks = openBooks(this.#queue);
  readonly #all: readonly DutyBook<object>[] = Object.values(this.books);
  readonly #readers = new Map<EventType, DutyBook<object>[]>();

  constructor() {
    for (const book of this.#all) {
      for (const type of book.duty.events) {
        const readers = this.#readers.get(type);
        if (readers === undefined) this.#readers.set(type, [book]);
        else readers.push(book);
      }
    }
  }

  reads(type: EventType): boolean {
    return this.#readers.has(type);
  }

  /** Takes nothing more from here on, and settles nothing: for a run of which nobody asks what people owe. */
  rest(): void {
    this.#readers.clear();
    this.#queue.restore([]);
  }

  /** Takes an event that any duty reads. Drills have no effect here (CONTRACT §2). */
  insert(item: Pending): void {
    if (item.input.kind === "event" && !item.exercise) this.#queue.insert(item);
  }

  /** Settles up to `until`, ms since epoch. */
  advance(until: number): void {
    for (const event of this.#queue.takeDue(until))
      for (const book of this.#readers.get(event.type) ?? []) book.settle(event);
  }

  save(): SavedDuties {
    const books = Object.fromEntries(this.#all.map((book) => [book.duty.name, book.save()]));
    return { queue: this.#queue.save(), books };
  }

  /** Takes up what `save` gave (after a round through JSON). */
  restore({ queue, books }: SavedDuties): void {
    this.#queue.restore(queue);
    for (const book of this.#all) book.restore(books[book.duty.name] ?? {});
  }
}
