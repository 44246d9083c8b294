/**
 * Which units are closed, for the second stage: the same facts as in the kitchens (`foldFacts`), kept here so that both
 * stages stay pure functions of the log and neither waits for the other.
 */
import type { City } from "../../twin/city/city.ts";
import { TimeHeap } from "../../twin/kernel/heap.ts";
import {
  type FactTimers,
  factsDue,
  foldFacts,
  initialFacts,
  type KitchenFacts,
  operationAt,
} from "../facts.ts";
import type { RuleInput } from "../rules/rule.ts";

interface FactTimer {
  readonly time: number;
  readonly sequence: number;
  readonly kitchen: number;
  readonly key: string;
}

export class OpenUnits {
  readonly #city: City;
  readonly #facts: (KitchenFacts | undefined)[];
  readonly #heap = new TimeHeap<FactTimer>();
  /** The one due time in force per kitchen and key; heap entries that differ are void. */
  readonly #due = new Map<string, number>();
  #sequence = 0;
  /** Whose facts are being folded. */
  #armed = -1;
  readonly #timers: FactTimers = {
    set: (key, due) => this.#arm(this.#armed, key, due),
    cancel: (key) => this.#due.delete(`${this.#armed} ${key}`),
  };

  constructor(city: City) {
    this.#city = city;
    this.#facts = new Array<KitchenFacts | undefined>(city.kitchens.length);
  }

  /** Folds one input of a kitchen; returns whether the kitchen is closed now. */
  fold(kitchen: number, input: RuleInput, now: number): boolean {
    const facts = this.#factsOf(kitchen);
    this.#armed = kitchen;
    foldFacts(facts, input, now, this.#timers);
    return isClosed(facts, now);
  }

  #factsOf(kitchen: number): KitchenFacts {
    let facts = this.#facts[kitchen];
    if (facts === undefined) {
      facts = initialFacts(this.#city.kitchens[kitchen]!.licence);
      this.#facts[kitchen] = facts;
    }
    return facts;
  }

  #arm(kitchen: number, key: string, due: number): void {
    const name = `${kitchen} ${key}`;
    if (this.#due.get(name) === due) return;
    this.#due.set(name, due);
    this.#heap.push({ time: due, sequence: this.#sequence++, kitchen, key });
  }

  /** Earliest timer in force; Infinity = none. */
  get nextDue(): number {
    for (let top = this.#heap.peek(); top !== undefined; top = this.#heap.peek()) {
      if (this.#due.get(`${top.kitchen} ${top.key}`) === top.time) return top.time;
      this.#heap.pop();
    }
    return Number.POSITIVE_INFINITY;
  }

  /** Fires the earliest timer; returns the kitchen and whether it is closed now. Call only when `nextDue` has come. */
  fire(): { kitchen: number; closed: boolean } | null {
    const timer = this.#heap.pop();
    if (timer === undefined) return null;
    this.#due.delete(`${timer.kitchen} ${timer.key}`);
    const facts = this.#factsOf(timer.kitchen);
    factsDue(facts, timer.key, timer.time);
    return { kitchen: timer.kitchen, closed: isClosed(facts, timer.time) };
  }

  save(): { facts: [number, KitchenFacts][]; timers: { kitchen: number; key: string; due: number }[] } {
    const facts: [number, KitchenFacts][] = [];
    this.#facts.forEach((known, kitchen) => {
      if (known !== undefined) facts.push([kitchen, known]);
    });
    // One that was moved away and back lies in the heap twice.
    const inForce = new Map(
      this.#heap
        .sorted()
        .filter((timer) => this.#due.get(`${timer.kitchen} ${timer.key}`) === timer.time)
        .map(({ kitchen, key, time }) => [`${kitchen} ${key}`, { kitchen, key, due: time }] as const),
    );
    return { facts, timers: [...inForce.values()] };
  }

  restore(saved: ReturnType<OpenUnits["save"]>): void {
    for (const [kitchen, facts] of saved.facts) this.#facts[kitchen] = facts;
    for (const { kitchen, key, due } of saved.timers) this.#arm(kitchen, key, due);
  }
}

/** Closed for every rate: declared or presumed, and until somebody or something speaks after a declared closing. */
function isClosed(facts: KitchenFacts, now: number): boolean {
  return operationAt(facts, now) !== "open" || isStillAway(facts, now);
}

/** A closing has ended by itself, at night perhaps: the unit's devices are off until people come. */
function isStillAway({ declarations, lastSignAt, offline, heard }: KitchenFacts, now: number): boolean {
  const ended = declarations.findLast(({ state, to }) => state !== "open" && to !== null && to <= now);
  if (ended === undefined || lastSignAt >= (ended.to ?? now)) return false;
  return heard > 0 && Object.keys(offline).length >= heard;
}
