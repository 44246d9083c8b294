/**
 * The newest outputs in memory, so that a thousand live readers do not each read the log. A reader keeps only its own
 * position: it pulls what is behind it, from here or, if it is further back, from the log. So nothing is lost or
 * repeated where old and new meet, and a slow reader holds up nobody and fills no queue.
 */
import type { CityPort, PlacedOutput } from "../server/city-port.ts";

const KEPT = 4_096;

export class OutputTail {
  readonly #port: CityPort;
  readonly #stop: () => void;
  #kept: PlacedOutput[] = [];
  /** All durable outputs behind this position are in `#kept`; while nothing is kept, the city knows where that is. */
  #from = Number.NEGATIVE_INFINITY;
  readonly #listeners = new Set<() => void>();

  constructor(port: CityPort) {
    this.#port = port;
    this.#stop = port.onOutputs((outputs) => this.#take(outputs));
  }

  /** Position of the newest output; a reader that wants only what is new begins behind it. */
  get newest(): number {
    return this.#kept.at(-1)?.position ?? this.#port.newestOutput();
  }

  /** Outputs behind a position, in order; empty if there are none yet. */
  async after(position: number, limit: number): Promise<readonly PlacedOutput[]> {
    if (this.#kept.length === 0) this.#from = this.#port.newestOutput();
    if (position >= this.#from) {
      const start = firstAfter(this.#kept, position);
      return this.#kept.slice(start, start + limit);
    }
    const before = this.#from;
    const old = await this.#port.outputsAfter(position, limit);
    // Nothing lies between the position and what is kept: go on from there.
    return old.length === 0 && before > position ? this.after(before, limit) : old;
  }

  /** Calls back whenever something has been added. Returns how to stop. */
  onAdded(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#stop();
    this.#listeners.clear();
  }

  #take(outputs: readonly PlacedOutput[]): void {
    const [first] = outputs;
    if (first === undefined) return;
    if (this.#kept.length === 0) this.#from = first.position - 1;
    for (const output of outputs) this.#kept.push(output);
    if (this.#kept.length > 2 * KEPT) {
      const dropped = this.#kept.length - KEPT;
      this.#from = this.#kept[dropped - 1]!.position;
      this.#kept = this.#kept.slice(dropped);
    }
    for (const listener of this.#listeners) listener();
  }
}

/** Index of the first output behind a position. */
function firstAfter(outputs: readonly PlacedOutput[], position: number): number {
  let low = 0;
  let high = outputs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (outputs[middle]!.position <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}
