/** The slots of all kitchens, and when each of them next has something to do: most turns concern few of them, or none. */
import type { City } from "../twin/city/city.ts";
import type { KitchenFacts } from "./facts.ts";
import type { KitchenFold } from "./kitchen-fold.ts";
import { KitchenSlot, type SavedSlot } from "./kitchen-slot.ts";
import type { Output } from "./output.ts";
import type { Pending } from "./pending.ts";

type Suspects = KitchenFacts["suspects"];

/** An item joined the queue and is noted: most of a day's turns have no more to do. Or: more may have changed. */
const JOINED = 1;
const CHANGED = 2;

export class KitchenSlots {
  readonly #slots: readonly KitchenSlot[];
  readonly #emit: (output: Output) => void;
  readonly #suspected: (before: Suspects, now: Suspects) => void;
  /** The settled suspects of each kitchen, as they were seen last. */
  readonly #suspects: Suspects[];
  /** Per kitchen: when settling, and running ahead, next have something to do; event time in ms. */
  readonly #nextSettled: Float64Array;
  readonly #nextEarly: Float64Array;
  /** Kitchens whose queue changed since the last turn, and for each of them how. */
  #touched: number[] = [];
  readonly #isTouched: Uint8Array;
  readonly #folds: Uint32Array;

  /** `suspected` hears when the settled suspects of a kitchen change. */
  constructor(
    city: City,
    fold: KitchenFold,
    emit: (output: Output) => void,
    suspected: (before: Suspects, now: Suspects) => void,
  ) {
    this.#slots = city.kitchens.map((kitchen, index) => new KitchenSlot(index, kitchen, fold));
    this.#emit = emit;
    this.#suspected = suspected;
    this.#suspects = this.#slots.map((slot) => slot.settled.facts.suspects);
    this.#nextSettled = new Float64Array(city.kitchens.length).fill(Number.POSITIVE_INFINITY);
    this.#nextEarly = new Float64Array(city.kitchens.length).fill(Number.POSITIVE_INFINITY);
    this.#isTouched = new Uint8Array(city.kitchens.length);
    this.#folds = new Uint32Array(city.kitchens.length);
  }

  of(kitchen: number): Pick<KitchenSlot, "state" | "settled"> {
    return this.#slots[kitchen]!;
  }

  /** How often a kitchen was folded so far: while that stands, its state does. Counts modulo 2^32. */
  foldsOf(kitchen: number): number {
    return this.#folds[kitchen]!;
  }

  begin(time: number): void {
    this.#slots.forEach((slot, kitchen) => {
      slot.begin(time, this.#emit);
      this.#note(kitchen);
    });
  }

  insert(kitchen: number, item: Pending): void {
    const joined = this.#slots[kitchen]!.insert(item);
    if (joined) {
      this.#nextSettled[kitchen] = Math.min(this.#nextSettled[kitchen]!, item.time);
      this.#nextEarly[kitchen] = Math.min(this.#nextEarly[kitchen]!, item.time);
    }
    this.#touch(kitchen, joined ? JOINED : CHANGED);
  }

  /** Takes back what was inserted provisionally under this name. */
  retract(kitchen: number, name: string): void {
    this.#slots[kitchen]!.retract(name);
    this.#touch(kitchen, CHANGED);
  }

  #touch(kitchen: number, how: number): void {
    const before = this.#isTouched[kitchen]!;
    if (before === 0) this.#touched.push(kitchen);
    if (how > before) this.#isTouched[kitchen] = how;
  }

  /** Folds what was inserted since the last turn: up to `settledTo` for good, and ahead to `clock`; `null` = not ahead. */
  turn(settledTo: number, clock: number | null): void {
    if (this.#touched.length === 0) return;
    for (const kitchen of this.#touched) {
      const hasMore = clock !== null || this.#isTouched[kitchen] === CHANGED;
      if (!hasMore && this.#nextSettled[kitchen]! >= settledTo) {
        this.#isTouched[kitchen] = 0;
        continue;
      }
      const slot = this.#slots[kitchen]!;
      if (slot.nextSettled < settledTo) slot.settle(settledTo, clock, this.#emit);
      if (clock !== null) slot.runAhead(clock, this.#emit);
      this.#note(kitchen);
      this.#isTouched[kitchen] = 0;
    }
    this.#touched = [];
  }

  /** Timers come due without any input. */
  runAhead(clock: number): void {
    for (let kitchen = 0; kitchen < this.#nextEarly.length; kitchen++) {
      if (this.#nextEarly[kitchen]! > clock) continue;
      this.#slots[kitchen]!.runAhead(clock, this.#emit);
      this.#note(kitchen);
    }
  }

  /** Folds for good everything up to the watermark, and where that shows it to be needed, ahead to `clock` again. */
  settle(watermark: number, clock: number | null): void {
    for (let kitchen = 0; kitchen < this.#nextSettled.length; kitchen++) {
      if (this.#nextSettled[kitchen]! > watermark && this.#isTouched[kitchen] === 0) continue;
      this.#slots[kitchen]!.settle(watermark, clock, this.#emit);
      this.#note(kitchen);
    }
  }

  #note(kitchen: number): void {
    this.#folds[kitchen]!++;
    const slot = this.#slots[kitchen]!;
    const { suspects } = slot.settled.facts;
    if (suspects !== this.#suspects[kitchen]) {
      this.#suspected(this.#suspects[kitchen]!, suspects);
      this.#suspects[kitchen] = suspects;
    }
    this.#nextSettled[kitchen] = slot.nextSettled;
    this.#nextEarly[kitchen] = slot.nextEarly;
  }

  save(): SavedSlot[] {
    return this.#slots.map((slot) => slot.save());
  }

  /** Takes up what `save` gave (after a round through JSON); throws a RangeError if it is of another city. */
  restore(saved: readonly SavedSlot[]): void {
    if (saved.length !== this.#slots.length) {
      throw new RangeError(`Cannot restore snapshot: ${saved.length} kitchens, wanted ${this.#slots.length}`);
    }
    saved.forEach((slot, kitchen) => {
      this.#slots[kitchen]!.restore(slot);
      this.#suspects[kitchen] = this.#slots[kitchen]!.settled.facts.suspects;
      this.#note(kitchen);
    });
  }
}
