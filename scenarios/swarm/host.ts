/**
 * A run of the program on the simulated machine: the assembled city as `npm start` has it, its notifier and its streams, on
 * the swarm's disk and clock. It may be killed at any moment; whatever is dead does nothing any more.
 */

import { Door } from "../../stream/door/door.ts";
import { lockFile } from "../../stream/log/directory-lock.ts";
import type { FilePort } from "../../stream/log/file-port.ts";
import { LogError, systemCode } from "../../stream/log/log-error.ts";
import type { NoticeChannel } from "../../stream/notify/notice-channel.ts";
import { NoticeJournal } from "../../stream/notify/notice-journal.ts";
import type { Notifier } from "../../stream/notify/notifier.ts";
import { notifierOf } from "../../stream/notify/open-notifier.ts";
import { OutputTail } from "../../stream/outlets/output-tail.ts";
import { assembleCity } from "../../stream/server/assembled-city.ts";
import type { HostTimers } from "../../stream/server/host-timers.ts";
import { CHANNELS } from "../../twin/case-policy.ts";
import type { City } from "../../twin/city/city.ts";
import type { Random } from "../../twin/kernel/random.ts";
import { DEFAULT_POLICIES } from "../../twin/policy/policy-book.ts";
import type { Life, Processes } from "./life.ts";
import type { Scheduler } from "./scheduler.ts";
import type { SimulatedDisk } from "./simulated-disk.ts";
import { lockGroundOf } from "./simulated-lock.ts";

export const DATA = "data";
export const LOG = `${DATA}/log`;
export const NOTICES = `${DATA}/notices`;
export const OUTPUTS = `${DATA}/outputs`;
/** Small, so that a run meets the ends of segments, and batches that part an input from its outputs. */
const LOG_LIMITS = { segmentBytes: 24 * 1024, batchBytes: 4 * 1024 };

/** The machine, and what is planted in it: a canary wraps the ports that a process gets. */
export interface Machine {
  readonly city: City;
  readonly scheduler: Scheduler;
  readonly disk: SimulatedDisk;
  readonly processes: Processes;
  readonly random: Random;
  /** What the machine takes for the time, ms since epoch. */
  readonly clock: () => number;
  /** Whom a process hands its notifications. */
  readonly channelOf: (life: Life) => NoticeChannel;
  readonly planted: Planted;
}

export interface Planted {
  readonly files?: (files: FilePort) => FilePort;
  readonly journal?: typeof NoticeJournal;
}

/** `refused`: another process has the data; `ended`: by itself, for the reason in `words`. */
export type HostState = "starting" | "ready" | "refused" | "ended" | "killed" | "stopped";

export class Host implements Life {
  readonly pid: number;
  readonly host: string;
  readonly started: string;
  readonly door: Door;
  readonly port: ReturnType<typeof assembleCity>["port"];
  readonly live: ReturnType<typeof assembleCity>["live"];
  readonly journal: NoticeJournal;
  readonly tail: OutputTail;
  state: HostState = "starting";
  /** What it reported, newest last. */
  readonly words: string[] = [];
  /** What no run may end by: damage, or a fault of the program. */
  fault: string | null = null;
  readonly #machine: Machine;
  readonly #outputs: ReturnType<typeof assembleCity>["outputs"];
  readonly #notifier: Notifier;

  constructor(
    machine: Machine,
    name: { readonly pid: number; readonly host: string; readonly started: string },
  ) {
    this.#machine = machine;
    this.pid = name.pid;
    this.host = name.host;
    this.started = name.started;
    machine.processes.add(this);
    const { city, clock, planted } = machine;
    const files = this.#files();
    const timers = this.#timers();
    const report = (word: unknown) =>
      void this.words.push(word instanceof Error ? word.message : String(word));
    const { live, port, outputs } = assembleCity({
      ...{ city, clock, files, timers, report },
      source: null,
      policies: DEFAULT_POLICIES,
      speed: 1,
      keepDays: null,
      directory: DATA,
      logLimits: LOG_LIMITS,
    });
    this.live = live;
    this.port = port;
    this.#outputs = outputs;
    this.door = new Door(city);
    this.tail = new OutputTail(port);
    const Journal = planted.journal ?? NoticeJournal;
    this.journal = new Journal(NOTICES, files, () => live.lock);
    const channels = new Map(CHANNELS.map((one) => [one, machine.channelOf(this)]));
    const plan = {
      channels: new Map(CHANNELS.map((one) => [one, { kind: "voice" as const }])),
      caps: new Map(),
      addressOf: () => "somebody",
    };
    this.#notifier = notifierOf({
      ...{ city, port, plan, channels, timers, report },
      journal: this.journal,
      isOwn: () => live.lock.isHeld(),
      now: () => Math.floor(live.now()),
    });
  }

  get isAlive(): boolean {
    return this.state === "starting" || this.state === "ready";
  }

  /** Starts as `npm start` does; `state` tells what has become of it. */
  start(): void {
    void this.live.takenOver.then(() => this.#end("another process has taken the data over"));
    this.#run().catch((error: unknown) => this.#failed(error));
  }

  async #run(): Promise<void> {
    await this.live.start();
    await this.#notifier.start();
    if (this.state === "starting") this.state = "ready";
  }

  #failed(error: unknown): void {
    if (!this.isAlive) return;
    const isLocked = error instanceof LogError && error.code === "locked";
    if (isFault(error)) this.fault = `could not start: ${textOf(error)}`;
    this.#end(textOf(error), isLocked ? "refused" : "ended");
  }

  #end(reason: string, state: HostState = "ended"): void {
    if (!this.isAlive) return;
    this.words.push(reason);
    this.state = state;
    this.#machine.disk.kill(this);
  }

  /** `kill -9`. */
  kill(): void {
    if (!this.isAlive) return;
    this.state = "killed";
    this.#machine.disk.kill(this);
  }

  /** Ends in order, as by a signal. */
  async stop(): Promise<void> {
    await this.#notifier.close();
    await this.#outputs.drain();
    await this.live.stop();
    this.state = "stopped";
  }

  /** Nobody waits to be told of anything that is due, and the files and the notifier have all that was given out. */
  get isIdle(): boolean {
    const newest = this.tail.newest;
    const now = this.live.now();
    const waits = this.journal.waiting().some(({ notBefore }) => notBefore === null || notBefore <= now);
    const isTaken = this.#outputs.position >= newest && this.#notifier.position >= newest;
    return this.state === "ready" && this.port.health().ready && !waits && isTaken;
  }

  get timers(): HostTimers {
    return this.#timers();
  }

  #timers(): HostTimers {
    const { scheduler } = this.#machine;
    const after = (ms: number, call: () => void) =>
      scheduler.after(ms, () => {
        if (this.isAlive) call();
      });
    const every = (ms: number, call: () => void) => {
      let end: () => void = () => undefined;
      const again = () => {
        end = after(ms, again);
        call();
      };
      end = after(ms, again);
      return () => end();
    };
    return { after, every };
  }

  #files(): FilePort {
    const { disk, processes, random, planted } = this.#machine;
    const ground = lockGroundOf(disk, this, processes, random);
    const files: FilePort = { ...disk.portOf(this), lock: (path) => lockFile(path, ground) };
    return planted.files?.(files) ?? files;
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A disk that fails is none of the program's; anything else that it says is. */
function isFault(error: unknown): boolean {
  if (error instanceof LogError) return error.code === "damaged" || error.code === "closed";
  return systemCode(error) === "";
}
