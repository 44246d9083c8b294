/**
 * The only time there is in a swarm: a queue of what happens when. Between two happenings all that the program does by itself
 * (promises, turns of the event loop) runs to its end, so that the same seed gives the same order of everything.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { TimeHeap } from "../../twin/kernel/heap.ts";

interface Happening {
  /** ms since the beginning of the run. */
  readonly time: number;
  readonly sequence: number;
  readonly run: () => void;
  isOff: boolean;
}

/** Turns of the event loop after each happening: the history takes one before it writes. */
const TURNS = 2;

export class Scheduler {
  readonly #queue = new TimeHeap<Happening>();
  #now = 0;
  #sequence = 0;
  #happened = 0;

  /** ms since the beginning of the run. */
  get now(): number {
    return this.#now;
  }

  /** Happenings so far. */
  get happened(): number {
    return this.#happened;
  }

  /** Calls once, in `ms`. Returns how to call it off. */
  after(ms: number, run: () => void): () => void {
    const time = this.#now + Math.max(0, ms);
    const happening: Happening = { time, sequence: this.#sequence++, run, isOff: false };
    this.#queue.push(happening);
    return () => {
      happening.isOff = true;
    };
  }

  /** Runs what happens, in order, up to and including time `until`, or until `isDone`. */
  async run(until: number, isDone: () => boolean = () => false): Promise<void> {
    await settled();
    while (!isDone()) {
      const next = this.#queue.peek();
      if (next === undefined || next.time > until) {
        this.#now = Math.max(this.#now, until);
        return;
      }
      this.#queue.pop();
      if (next.isOff) continue;
      this.#now = next.time;
      this.#happened++;
      next.run();
      await settled();
    }
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await nextTurn();
}
