/**
 * The forks of a running city: each works in a thread of its own with least priority, one after the other, so that the city loses
 * one core at most and no alert waits for them. A few wait, the last ones are remembered; after a restart none is.
 */
import { randomUUID } from "node:crypto";
import { Worker } from "node:worker_threads";
import { type Static, Type } from "@sinclair/typebox";
import { list, oneOf, time } from "../../twin/events/fields.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import type { PolicyBook } from "../../twin/policy/policy-book.ts";
import type { PolicyPack } from "../../twin/policy/policy-pack.ts";
import { ASSUMPTIONS } from "../forks/assumptions.ts";
import { ForkChangesShape } from "../forks/fork-change.ts";
import { ForkFigure } from "../forks/fork-difference.ts";
import type { ForkOrder } from "../forks/fork-order.ts";
import type { CityRecipe } from "../sources/city-recipe.ts";
import { orNull } from "./answers.ts";
import type { ForkResult } from "./fork-work.ts";

/** From what a city is forked; plain, so that it can be handed to a thread. */
export interface ForkGround {
  readonly recipe: CityRecipe;
  /** The data directory. */
  readonly directory: string;
}

export interface ForkTask extends ForkGround {
  readonly packs: readonly PolicyPack[];
  readonly durable: number;
  readonly order: ForkOrder;
}

export type FromFork =
  | { readonly kind: "progress"; readonly share: number }
  | { readonly kind: "done"; readonly result: ForkResult };

const FORK_STATES = ["waiting", "running", "done", "failed", "cancelled"] as const;
const Figures = Type.Record(Type.String(), Type.Number());

export const ForkView = Type.Object({
  fork: Type.String(),
  state: oneOf(...FORK_STATES),
  reason: orNull(Type.String({ description: "Why it has failed." })),
  askedAt: time(),
  at: orNull(time()),
  hours: Type.Integer(),
  changes: ForkChangesShape,
  progress: Type.Object({
    percent: Type.Integer({ minimum: 0, maximum: 100 }),
    seconds: Type.Number({ description: "Worked so far." }),
    secondsLeft: orNull(Type.Number({ description: "At this pace." })),
  }),
  assumes: list(Type.String({ description: "What is not known, and how it is taken." })),
  result: orNull(
    Type.Object({
      /** The moment from which it ran: that of the newest record up to `at`. */
      from: time(),
      seeds: list(Type.Integer()),
      figures: list(ForkFigure, 1_000),
      runs: list(Type.Object({ seed: Type.Integer(), unchanged: Figures, changed: Figures })),
    }),
  ),
});
export type ForkView = Static<typeof ForkView>;

interface Fork {
  readonly id: string;
  readonly owner: string;
  readonly order: ForkOrder;
  readonly askedAt: number;
  state: (typeof FORK_STATES)[number];
  reason: string | null;
  share: number;
  /** On the machine's monotonic clock, ms. */
  begunAt: number | null;
  endedAt: number | null;
  result: ForkResult | null;
}

const WAITING_MAX = 4;
const REMEMBERED = 20;
/** Beyond it the thread ends, not the city. */
const MEMORY_MAX_MB = 4_096;
/** Most of what a run makes is gone in a moment: room for it spares its being looked through. */
const NURSERY_MB = 96;

export class ForkDesk {
  /** Of the city. */
  readonly policies: PolicyBook;
  readonly #ground: ForkGround;
  readonly #durable: () => number;
  readonly #now: () => number;
  readonly #forks = new Map<string, Fork>();
  #worker: Worker | null = null;
  #closed = false;

  /** `durable`: up to where the log is; `now`: event time of the city. */
  constructor(ground: ForkGround, policies: PolicyBook, durable: () => number, now: () => number) {
    this.#ground = ground;
    this.policies = policies;
    this.#durable = durable;
    this.#now = now;
  }

  /** Takes an order; `null` = too many wait already. */
  begin(order: ForkOrder, owner: string): string | null {
    const waiting = [...this.#forks.values()].filter(({ state }) => state === "waiting");
    if (waiting.length >= WAITING_MAX || this.#closed) return null;
    const id = randomUUID();
    const unbegun = { reason: null, share: 0, begunAt: null, endedAt: null, result: null };
    this.#forks.set(id, { id, owner, order, askedAt: this.#now(), state: "waiting", ...unbegun });
    this.#forgetOld();
    this.#next();
    return id;
  }

  /** `null` = there is none, or it is forgotten. */
  view(id: string): ForkView | null {
    const fork = this.#forks.get(id);
    if (fork === undefined) return null;
    const { state, reason, order, share, result } = fork;
    const { begunAt, endedAt } = fork;
    const seconds = begunAt === null ? 0 : ((endedAt ?? performance.now()) - begunAt) / 1_000;
    const isRunning = state === "running" && share > 0;
    return {
      fork: id,
      state,
      reason,
      askedAt: formatTime(fork.askedAt),
      at: order.at === null ? null : formatTime(order.at),
      hours: order.hours,
      changes: order.changes,
      progress: {
        percent: Math.floor(100 * share),
        seconds: rounded(seconds),
        secondsLeft: isRunning ? rounded((seconds * (1 - share)) / share) : null,
      },
      assumes: [...ASSUMPTIONS],
      result:
        result === null
          ? null
          : {
              from: formatTime(result.from),
              seeds: [...result.seeds],
              figures: [...result.figures],
              runs: result.runs.map(({ seed, unchanged, changed }) => ({
                seed,
                unchanged: { ...unchanged },
                changed: { ...changed },
              })),
            },
    };
  }

  /** Ends it, or forgets its result; `false` = there is none. */
  async cancel(id: string): Promise<boolean> {
    const fork = this.#forks.get(id);
    if (fork === undefined) return false;
    if (fork.state === "running") await this.#end();
    if (fork.state === "waiting" || fork.state === "running") this.#settle(fork, "cancelled", null);
    else this.#forks.delete(id);
    return true;
  }

  /** Who asked for it; `null` = there is none. */
  ownerOf(id: string): string | null {
    return this.#forks.get(id)?.owner ?? null;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#end();
  }

  async #end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  #next(): void {
    if (this.#worker !== null || this.#closed) return;
    const fork = [...this.#forks.values()].find(({ state }) => state === "waiting");
    if (fork === undefined) return;
    fork.state = "running";
    fork.begunAt = performance.now();
    const packs = this.policies.eras.map(({ pack }) => pack);
    const task: ForkTask = { ...this.#ground, packs, durable: this.#durable(), order: fork.order };
    const worker = new Worker(new URL("./fork-thread.mjs", import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MAX_MB, maxYoungGenerationSizeMb: NURSERY_MB },
    });
    this.#worker = worker;
    worker.unref();
    worker.on("message", (told: FromFork) => {
      if (told.kind === "progress") fork.share = told.share;
      else fork.result = told.result;
    });
    worker.on("error", (error) => {
      fork.reason = error instanceof Error ? error.message : String(error);
    });
    worker.on("exit", () => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      const isDone = fork.result !== null;
      this.#settle(fork, isDone ? "done" : "failed", isDone ? null : (fork.reason ?? "its thread has ended"));
    });
  }

  #settle(fork: Fork, state: Fork["state"], reason: string | null): void {
    fork.state = state;
    fork.reason = reason;
    fork.endedAt = performance.now();
    if (state === "done") fork.share = 1;
    this.#next();
  }

  #forgetOld(): void {
    const over = [...this.#forks.values()].filter(({ state }) => state !== "waiting" && state !== "running");
    for (const { id } of over.slice(0, Math.max(0, this.#forks.size - REMEMBERED))) this.#forks.delete(id);
  }
}

function rounded(seconds: number): number {
  return Math.round(10 * seconds) / 10;
}
