/** Programs under measurement, each in a process of its own; every one of them is ended. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface Usage {
  /** CPU-seconds since it began. */
  readonly cpu: number;
  /** Resident memory, bytes. */
  readonly rss: number;
}

export interface WatchedUsage extends Usage {
  /** In use by the main thread's heap, bytes. */
  readonly heap: number;
  /** The same right after the last full collection; `null` = there was none since the first question. */
  readonly heapFloor: number | null;
  /** Since the last question: by how much the event loop was late, ms. */
  readonly loopP99Ms: number;
  readonly loopMaxMs: number;
}

const USAGE = new URL("process-usage.mjs", import.meta.url).href;
/** Whoever profiles a benchmark wants the profile of what it measures. */
const PROFILING = process.execArgv.filter((flag) => flag.startsWith("--cpu-prof"));
const ENDS_WITHIN_MS = 60_000;

export class Child {
  readonly #process: ChildProcess;
  readonly #lines: string[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #errors: string[] = [];

  /** Starts a module of the project, `path` from its root; `flags` for its Node. */
  constructor(path: string, argv: readonly string[], flags: readonly string[] = []) {
    const loader = path.endsWith(".ts") ? ["--import", "tsx"] : [];
    this.#process = fork(fileURLToPath(new URL(`../${path}`, import.meta.url)), [...argv], {
      execArgv: [...PROFILING, ...flags, ...loader, "--import", USAGE],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.#hear(this.#process.stdout, this.#lines);
    this.#hear(this.#process.stderr, this.#errors);
    this.#process.once("exit", () => this.#wake());
  }

  /** The first group of the first line that matches; throws if the program ends without one. */
  async line(pattern: RegExp): Promise<string> {
    for (;;) {
      for (const line of this.#lines) {
        const found = pattern.exec(line);
        if (found !== null) return found[1] ?? found[0];
      }
      if (this.hasEnded) {
        throw new Error(`The program ended without ${pattern}: ${this.#errors.join("\n")}`);
      }
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  async usage(): Promise<Usage> {
    this.#process.send("usage");
    const [usage] = (await once(this.#process, "message")) as [Usage];
    return usage;
  }

  /** Usage, memory and event loop: for a long watch. One question at a time. */
  async watchedUsage(): Promise<WatchedUsage> {
    this.#process.send("watched");
    const [usage] = (await once(this.#process, "message")) as [WatchedUsage];
    return usage;
  }

  get hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  /** What it said of errors, newest last. */
  get errors(): readonly string[] {
    return this.#errors;
  }

  /** Asks it to end, and ends it if it does not. */
  async end(): Promise<void> {
    if (this.hasEnded) return;
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGTERM");
    const last = setTimeout(() => this.#process.kill("SIGKILL"), ENDS_WITHIN_MS);
    await ended;
    clearTimeout(last);
  }

  #hear(stream: NodeJS.ReadableStream | null, into: string[]): void {
    if (stream === null) return;
    createInterface({ input: stream }).on("line", (line) => {
      into.push(line);
      this.#wake();
    });
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

/** Runs a module to its end in a fresh process; its last line is JSON. */
export async function lastLineOf(path: string, argv: readonly string[]): Promise<unknown> {
  const child = new Child(path, argv);
  try {
    return JSON.parse(await child.line(/^(\{.*\})$/));
  } finally {
    await child.end();
  }
}
