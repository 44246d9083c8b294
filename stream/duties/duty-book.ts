/**
 * The states of one duty: settled up to the watermark, in event time, so that the order of arrival never shows; and, for
 * whoever asks, as of all that has arrived.
 */
import { copyJson } from "../kitchen-state.ts";
import { insert, type Pending } from "../pending.ts";
import type { Duty } from "./duty.ts";

interface Page<State> {
  /** Folded up to the watermark. */
  readonly state: State;
  /** What waits for the watermark, in order. */
  queue: Pending[];
  /** The state with what waits folded in; `null` = nobody asked since it changed. */
  ahead: State | null;
}

export type SavedBook = Record<string, { readonly state: object; readonly queue: Pending[] }>;

export class DutyBook<State extends object> {
  readonly duty: Duty<State>;
  readonly #pages = new Map<string, Page<State>>();
  readonly #waiting = new Set<string>();

  constructor(duty: Duty<State>) {
    this.duty = duty;
  }

  insert(item: Pending): void {
    if (item.input.kind !== "event") return;
    const key = this.duty.keyOf(item.input.event);
    if (key === null) return;
    let page = this.#pages.get(key);
    if (page === undefined) {
      page = { state: this.duty.initial(), queue: [], ahead: null };
      this.#pages.set(key, page);
    }
    insert(page.queue, item);
    page.ahead = null;
    this.#waiting.add(key);
  }

  /** Folds for good what is due up to `until`, ms since epoch. */
  advance(until: number): void {
    for (const key of this.#waiting) {
      const page = this.#pages.get(key)!;
      const due = page.queue.findIndex(({ time }) => time > until);
      const count = due < 0 ? page.queue.length : due;
      if (count === 0) continue;
      this.#fold(page.state, page.queue.splice(0, count));
      page.ahead = null;
      if (page.queue.length === 0) this.#waiting.delete(key);
    }
  }

  #fold(state: State, items: readonly Pending[]): void {
    for (const { input } of items) if (input.kind === "event") this.duty.fold(state, input.event);
  }

  get keys(): Iterable<string> {
    return this.#pages.keys();
  }

  /** The state of a key as of all that has arrived, not to be changed; `undefined` = nothing was ever said. */
  stateOf(key: string | number): State | undefined {
    const page = this.#pages.get(String(key));
    if (page === undefined || page.queue.length === 0) return page?.state;
    if (page.ahead === null) {
      page.ahead = copyJson(page.state);
      this.#fold(page.ahead, page.queue);
    }
    return page.ahead;
  }

  save(): SavedBook {
    return Object.fromEntries([...this.#pages].map(([key, { state, queue }]) => [key, { state, queue }]));
  }

  /** Takes up what `save` gave (after a round through JSON). */
  restore(saved: Record<string, { readonly state: State; readonly queue: Pending[] }>): void {
    this.#pages.clear();
    this.#waiting.clear();
    for (const [key, { state, queue }] of Object.entries(saved)) {
      this.#pages.set(key, { state, queue: [...queue], ahead: null });
      if (queue.length > 0) this.#waiting.add(key);
    }
  }
}
