/** All duties beside one another: hands each event to the books that read it, and settles them with the watermark. */
import type { EventType } from "../../twin/events/event.ts";
import type { Pending } from "../pending.ts";
import { type DutyBooks, openBooks } from "./catalogue.ts";
import type { DutyBook, SavedBook } from "./duty-book.ts";

export type SavedDuties = Record<string, SavedBook>;

export class DutyStage {
  readonly books: DutyBooks = openBooks();
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

  /** Takes an event, if any duty reads it. Drills have no effect here (CONTRACT §2). */
  insert(item: Pending): void {
    if (item.input.kind !== "event" || item.exercise) return;
    for (const book of this.#readers.get(item.input.event.type) ?? []) book.insert(item);
  }

  reads(type: EventType): boolean {
    return this.#readers.has(type);
  }

  /** Settles up to `until`, ms since epoch. */
  advance(until: number): void {
    for (const book of this.#all) book.advance(until);
  }

  save(): SavedDuties {
    return Object.fromEntries(this.#all.map((book) => [book.duty.name, book.save()]));
  }

  /** Takes up what `save` gave (after a round through JSON). */
  restore(saved: SavedDuties): void {
    for (const book of this.#all) book.restore(saved[book.duty.name] ?? {});
  }
}
