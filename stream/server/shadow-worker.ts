/** The shadow at work in its thread: reads the log of the city at its own pace, and answers what it has found so far. */
import { setPriority } from "node:os";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { PolicyBook } from "../../twin/policy/policy-book.ts";
import { LogFollower } from "../log/log-follower.ts";
import { nodeFiles } from "../log/node-files.ts";
import { LogShadow } from "../shadow/log-shadow.ts";
import { shadowRules } from "../shadow/shadow-rules.ts";
import { cityOf } from "../sources/city-recipe.ts";
import type { FromShadow, ShadowOrder, ToShadow } from "./shadow-thread.ts";

/** It works so long, then rests as long: at most half of a core, and whoever asks is answered in between. */
const SLICE_MS = 20;
const LOWEST_PRIORITY = 19;

class ShadowWorker {
  readonly #shadow: LogShadow;
  readonly #follower: LogFollower;
  #durable = 0;
  #isReading = false;
  /** Why it reads no further; what it has found by then stands. */
  #failure: string | null = null;

  constructor(shadow: LogShadow, follower: LogFollower) {
    this.#shadow = shadow;
    this.#follower = follower;
  }

  hear(told: ToShadow): void {
    if (told.kind === "report") {
      parentPort?.postMessage(this.#answer(told));
      return;
    }
    this.#durable = told.position;
    if (!this.#isReading && this.#failure === null) void this.#readOn();
  }

  #answer({ ask, banner }: ToShadow & { kind: "report" }): FromShadow {
    return {
      ask,
      position: this.#follower.position,
      time: this.#shadow.now,
      failure: this.#failure,
      report: this.#shadow.report(banner),
    };
  }

  async #readOn(): Promise<void> {
    this.#isReading = true;
    let begun = performance.now();
    try {
      for await (const record of this.#follower.read(this.#durable)) {
        this.#shadow.read(record);
        const worked = performance.now() - begun;
        if (worked < SLICE_MS) continue;
        await sleep(worked);
        begun = performance.now();
      }
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
    }
    this.#isReading = false;
  }
}

async function main({ recipe, packs, log }: ShadowOrder): Promise<void> {
  // Elsewhere it would be the priority of the whole process.
  if (process.platform === "linux") setPriority(LOWEST_PRIORITY);
  const city = await cityOf(recipe);
  if (typeof city === "string") throw new RangeError(city);
  const shadow = new LogShadow(city, new PolicyBook(packs), shadowRules());
  const worker = new ShadowWorker(shadow, new LogFollower(nodeFiles, log));
  parentPort?.on("message", (told: ToShadow) => worker.hear(told));
}

await main(workerData);
