/**
 * Shadow rules beside the running city. A second fold would take as much of the city's thread as the first; so it lives in a
 * thread of its own, reads what is durable from the log, and may fall behind. It gets no way to write anything: the city does
 * not wait for it, does not hear it, and goes on without it when it ends. After a restart it begins with the first record
 * again, as other rules may have decided otherwise from there on.
 */
import { Worker } from "node:worker_threads";
import { MINUTE_MS, SECOND_MS } from "../../twin/kernel/time.ts";
import type { PolicyPack } from "../../twin/policy/policy-pack.ts";
import type { ShadowReport } from "../shadow/shadow-report.ts";
import type { CityRecipe } from "../sources/city-recipe.ts";
import { PortError } from "./port-error.ts";
import type { ShadowAnswer, ShadowPort } from "./shadow-port.ts";

/** With what the thread begins; plain, so that it can be handed over. */
export interface ShadowOrder {
  readonly recipe: CityRecipe;
  readonly packs: readonly PolicyPack[];
  /** Directory of the log. */
  readonly log: string;
}

export type ToShadow =
  | { readonly kind: "durable"; readonly position: number }
  | { readonly kind: "report"; readonly ask: number; readonly banner: string | null };

/** The answer to a `report`. */
export interface FromShadow {
  readonly ask: number;
  /** Position of the next record, and event time that it has come to (-Infinity = none yet). */
  readonly position: number;
  readonly time: number;
  /** Why it reads no further. */
  readonly failure: string | null;
  readonly report: ShadowReport;
}

/** Where the city stands. */
export interface CityPlace {
  /** Everything below is durable. */
  readonly durable: number;
  /** Event time, ms since epoch. */
  readonly now: number;
}

interface Waiter {
  readonly resolve: (answer: FromShadow) => void;
  readonly reject: (error: Error) => void;
}

/** How often it is told what is durable. */
const TELL_EVERY_MS = SECOND_MS;
/** Further behind than this it is still catching up. */
const FOLLOWS_WITHIN_MS = MINUTE_MS;
/** Beyond it the thread ends, not the city. */
const MEMORY_MAX_MB = 4_096;

export class ShadowThread implements ShadowPort {
  readonly #order: ShadowOrder;
  readonly #place: () => CityPlace;
  readonly #hearEnd: (line: string) => void;
  readonly #waiters = new Map<number, Waiter>();
  #worker: Worker | null = null;
  #timer: ReturnType<typeof setInterval> | null = null;
  #asks = 0;
  #ended: string | null = null;

  /** `place` is asked from the start on; `hearEnd` hears why when it ends by itself. */
  constructor(order: ShadowOrder, place: () => CityPlace, hearEnd: (line: string) => void) {
    this.#order = order;
    this.#place = place;
    this.#hearEnd = hearEnd;
  }

  /** Starts the thread; before, it says that it waits for the city. */
  start(): void {
    const worker = new Worker(new URL("./shadow-thread.mjs", import.meta.url), {
      workerData: this.#order,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MAX_MB },
    });
    worker.on("message", (answer: FromShadow) => {
      this.#waiters.get(answer.ask)?.resolve(answer);
      this.#waiters.delete(answer.ask);
    });
    worker.on("error", (error) => this.#fail(error instanceof Error ? error.message : String(error)));
    worker.on("exit", () => this.#fail("its thread has ended"));
    worker.unref();
    this.#worker = worker;
    this.#timer = setInterval(() => this.#tell(), TELL_EVERY_MS);
    this.#timer.unref();
    this.#tell();
  }

  async report(banner: string | null): Promise<ShadowAnswer> {
    const { position, time, failure, report } = await this.#ask(banner);
    const { durable, now } = this.#place();
    const lagMs = time === Number.NEGATIVE_INFINITY ? null : Math.max(0, now - time);
    const isFar = lagMs === null || lagMs > FOLLOWS_WITHIN_MS;
    return {
      state: failure !== null ? "stopped" : isFar ? "catching-up" : "following",
      reason: failure,
      position,
      behind: Math.max(0, durable - position),
      behindMinutes: lagMs === null ? null : Math.round((lagMs * 10) / MINUTE_MS) / 10,
      report,
    };
  }

  /** Ends the thread; nothing is lost by it. */
  async close(): Promise<void> {
    this.#end("it was closed");
    await this.#worker?.terminate();
  }

  #ask(banner: string | null): Promise<FromShadow> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== null || this.#worker === null) {
        reject(absent(this.#ended));
        return;
      }
      const ask = ++this.#asks;
      this.#waiters.set(ask, { resolve, reject });
      this.#post({ kind: "report", ask, banner });
    });
  }

  #tell(): void {
    this.#post({ kind: "durable", position: this.#place().durable });
  }

  #post(told: ToShadow): void {
    this.#worker?.postMessage(told);
  }

  #fail(reason: string): void {
    if (this.#ended === null) this.#hearEnd(`shadow: ${reason}; the city goes on without it`);
    this.#end(reason);
  }

  #end(reason: string): void {
    this.#ended ??= reason;
    if (this.#timer !== null) clearInterval(this.#timer);
    for (const { reject } of this.#waiters.values()) reject(absent(this.#ended));
    this.#waiters.clear();
  }
}

function absent(ended: string | null): PortError {
  return new PortError(
    "unavailable",
    ended === null ? "The shadow begins when the city is live" : `The shadow does not run any more: ${ended}`,
  );
}
