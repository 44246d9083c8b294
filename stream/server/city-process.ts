/** `npm start` as a process of its own, for tests: started, fed over HTTP, killed, its clock steered. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { CityClient } from "./city-client.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));
const CLOCK = new URL("./steered-clock.mjs", import.meta.url).href;
const NODE_OPTIONS = ["--import", "tsx"];
const READY_WITHIN_MS = 90_000;

export interface CityProcessOptions {
  readonly data: string;
  readonly registry: string;
  /** What its wall clock says, ms since epoch; `null` = the real one. */
  readonly now: number | null;
  /** Command and arguments in front of Node's, as `["sh", "-c", 'ulimit -f 4000; exec "$0" "$@"']`. */
  readonly before?: readonly string[];
  /** Further options of `start`. */
  readonly more?: readonly string[];
}

/** Those that run now. */
const running = new Set<CityProcess>();

export class CityProcess extends CityClient {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly lines: string[] = [];
  #hasEnded = false;

  constructor({ data, registry, now, before = [], more = [] }: CityProcessOptions) {
    super();
    const start = ["start", "--no-simulator", "--registry", registry, "--data", data, ...more];
    const [command = process.execPath, ...args] = [
      ...before,
      process.execPath,
      ...NODE_OPTIONS,
      "--import",
      CLOCK,
      MAIN,
      ...start,
      "--port",
      "0",
      "--mqtt-port",
      "0",
    ];
    this.#child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, STEERED_CLOCK: String(now) },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    running.add(this);
    this.#ended = once(this.#child, "exit").then(() => {
      this.#hasEnded = true;
      running.delete(this);
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on("line", (line) => this.lines.push(line));
    }
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** The line that begins with a word, without the word; `null` until it is printed. */
  said(word: string): string | null {
    return this.lines.find((line) => line.startsWith(word))?.slice(word.length) ?? null;
  }

  /** Resolves when it is ready. Throws what it printed if it ends first. */
  async ready(): Promise<void> {
    const patience = Date.now() + READY_WITHIN_MS;
    while (this.said("ready: ") === null) {
      if (this.#hasEnded || Date.now() > patience) throw new Error(`Not ready:\n${this.lines.join("\n")}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    this.connectTo(new URL(this.said("url: ") ?? "").origin, this.said("token: ") ?? "");
  }

  /** Sets its clock; resolves when it is set. */
  async setClock(now: number): Promise<void> {
    const answered = once(this.#child, "message");
    this.#child.send({ now });
    await Promise.race([answered, this.#ended]);
  }

  /** Whatever a failed test has left running. */
  static async killAll(): Promise<void> {
    for (const city of running) await city.kill();
  }

  /** Waits until it ends by itself; returns the exit code. */
  async ended(): Promise<number | null> {
    await this.#ended;
    return this.#child.exitCode;
  }

  /** `kill -9`, at once. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
  }

  /** As Ctrl-C or a service manager ends it; returns the exit code. */
  async stop(): Promise<number | null> {
    this.#child.kill("SIGTERM");
    return this.ended();
  }
}

/** Runs a verb of the program to its end. */
export async function runVerb(...args: readonly string[]): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, [...NODE_OPTIONS, MAIN, ...args], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const texts: string[] = [];
  child.stdout.on("data", (chunk) => texts.push(String(chunk)));
  child.stderr.on("data", (chunk) => texts.push(String(chunk)));
  await once(child, "close");
  return { code: child.exitCode, text: texts.join("") };
}
