/**
 * The states of one duty: settled up to the watermark, in event time, so that the order of arrival never shows; and, for
 * whoever asks, as of all that has arrived.
 */
import type { CityEvent, EventType } from "../../twin/events/event.ts";
import { copyJson } from "../copy-json.ts";
import type { Duty } from "./duty.ts";
import type { DutyQueue } from "./duty-queue.ts";

/** Key -> state. */
export type SavedBook = Record<string, object>;

export class DutyBook<State extends object> {
  readonly duty: Duty<State>;
  readonly #types: ReadonlySet<EventType>;
  readonly #queue: DutyQueue;
  readonly #settled = new Map<string, State>();
  /** Of the keys for which something waits: what waits, as of this version of the queue. */
  #waiting = new Map<string, CityEvent[]>();
  #seenVersion = -1;
  /** Of those that were asked for: the state with what waits folded in. */
  #ahead = new Map<string, State>();

  constructor(duty: Duty<State>, queue: DutyQueue) {
    this.duty = duty;
    this.#types = new Set(duty.events);
    this.#queue = queue;
  }

  /** Folds an event for good. */
  settle(event: CityEvent): void {
    const key = this.duty.keyOf(event);
    if (key === null) return;
    let state = this.#settled.get(key);
    if (state === undefined) {
      state = this.duty.initial();
      this.#settled.set(key, state);
    }
    this.duty.fold(state, event);
  }

  get keys(): Iterable<string> {
    this.#look();
    return new Set([...this.#settled.keys(), ...this.#waiting.keys()]);
  }

  /** The state of a key as of all that has arrived, not to be changed; `undefined` = nothing was ever said. */
  stateOf(key: string | number): State | undefined {
    this.#look();
    const name = String(key);
    const waiting = this.#waiting.get(name);
    const settled = this.#settled.get(name);
    if (waiting === undefined) return settled;
    let ahead = this.#ahead.get(name);
    if (ahead === undefined) {
      ahead = settled === undefined ? this.duty.initial() : copyJson(settled);
      for (const event of waiting) this.duty.fold(ahead, event);
      this.#ahead.set(name, ahead);
    }
    return ahead;
  }

  #look(): void {
    if (this.#seenVersion === this.#queue.version) return;
    this.#seenVersion = this.#queue.version;
    this.#waiting = new Map();
    this.#ahead = new Map();
    for (const event of this.#queue.events) {
      const key = this.#types.has(event.type) ? this.duty.keyOf(event) : null;
      if (key === null) continue;
      const known = this.#waiting.get(key);
      if (known === undefined) this.#waiting.set(key, [event]);
      else known.push(event);
    }
  }

  save(): SavedBook {
    return Object.fromEntries(this.#settled);
  }

  /** Takes up what `save` gave (after a round through JSON). */
  restore(saved: Record<string, State>): void {
    this.#settled.clear();
    for (const [key, state] of Object.entries(saved)) this.#settled.set(key, state);
  }
}
