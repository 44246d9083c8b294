/**
 * The simulator as a source. It lives in a thread of its own and hands over bytes, which go through the door like
 * everything else: it gets no way in that a gateway has not, and the processor cannot tell the two apart.
 */
import { Worker } from "node:worker_threads";
import type { ArrivalPack } from "./arrival-pack.ts";
import type { CityRecipe } from "./city-recipe.ts";

/** What the thread is told; times are event time, ms since epoch. */
export type SimulatorOrder =
  | { readonly kind: "begin"; readonly from: number }
  | {
      readonly kind: "arrivals";
      readonly until: number;
      /** To be used for the answer. */
      readonly memory: Uint8Array<ArrayBuffer> | undefined;
    };

interface Waiter {
  readonly resolve: (pack: ArrivalPack) => void;
  readonly reject: (error: Error) => void;
}

export class SimulatorSource {
  readonly #worker: Worker;
  readonly #waiters: Waiter[] = [];
  #failure: Error | null = null;

  /** Starts the thread, which makes its city at once. */
  constructor(order: { readonly recipe: CityRecipe; readonly seed: number }) {
    this.#worker = new Worker(new URL("./simulation-thread.mjs", import.meta.url), { workerData: order });
    this.#worker.on("message", (pack: ArrivalPack) => this.#waiters.shift()?.resolve(pack));
    this.#worker.on("error", (error) =>
      this.#fail(error instanceof Error ? error : new Error(String(error))),
    );
    this.#worker.on("exit", () => this.#fail(new Error("the simulator has ended")));
  }

  /** Begins a run of the city; whatever ran before is forgotten. */
  begin(from: number): void {
    this.#tell({ kind: "begin", from });
  }

  #tell(order: SimulatorOrder, handed: readonly ArrayBuffer[] = []): void {
    this.#worker.postMessage(order, handed);
  }

  /**
   * What arrives from the last call's `until` up to, not including, this one. `spent`: a pack of which nothing is needed
   * any more, so that its memory may be used again; it is empty afterwards. Rejects once the simulator has failed.
   */
  arrivals(until: number, spent?: ArrivalPack): Promise<ArrivalPack> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) {
        reject(this.#failure);
        return;
      }
      this.#waiters.push({ resolve, reject });
      const memory = spent?.bytes;
      this.#tell({ kind: "arrivals", until, memory }, memory === undefined ? [] : [memory.buffer]);
    });
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const waiter of this.#waiters.splice(0)) waiter.reject(this.#failure);
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
