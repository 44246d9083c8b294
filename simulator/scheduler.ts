/** Rare things that come up while the city runs (an incident begins, a device comes back), in order of time. */
import { type Timed, TimeHeap } from "../twin/kernel/heap.ts";

interface Due extends Timed {
  readonly run: (time: number) => void;
}

export class Scheduler {
  readonly #heap = new TimeHeap<Due>();
  #sequence = 0;

  at(time: number, run: (time: number) => void): void {
    this.#heap.push({ time, sequence: this.#sequence++, run });
  }

  /** `Infinity` if nothing is due. */
  get nextTime(): number {
    return this.#heap.peek()?.time ?? Number.POSITIVE_INFINITY;
  }

  runNext(): void {
    const due = this.#heap.pop();
    due?.run(due.time);
  }
}
