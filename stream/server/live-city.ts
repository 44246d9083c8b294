/**
 * The running city: a processor on its data directory, fed by deliveries, by the simulator and by a tick each second.
 * It catches up with the hours that were missed, writes snapshots, and when the disk takes nothing any more it goes red,
 * throws away what was not durable, and comes back from the log when there is room again.
 */
import { join } from "node:path";
import { type Observable, Subject, type Subscription } from "rxjs";
import type { City } from "../../twin/city/city.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS, shanghaiDay, startOfShanghaiDay } from "../../twin/kernel/time.ts";
import { DEFAULT_POLICIES, type PolicyBook } from "../../twin/policy/policy-book.ts";
import type { Intake } from "../door/admission.ts";
import { heldDevices } from "../held-devices.ts";
import type { HistoryStore } from "../history/history-store.ts";
import type { PastStore } from "../history/past-store.ts";
import { EventLog, type LogOptions, type Recovered } from "../log/event-log.ts";
import type { FilePort } from "../log/file-port.ts";
import type { Fence } from "../log/line-file.ts";
import { isTakenOver } from "../log/log-error.ts";
import { SnapshotFiles } from "../log/snapshot-files.ts";
import { LOG_FOLDER } from "../log/verify-command.ts";
import { type Opened, openProcessor, writeSnapshot } from "../open-processor.ts";
import { type Delivery, type Outlet, runPipeline, type Tick } from "../pipeline.ts";
import type { IngestResult, Processor } from "../processor.ts";
import { faultReporter } from "../rule-fault.ts";
import { type ArrivalPack, enterArrival } from "../sources/arrival-pack.ts";
import type { SimulatorSource } from "../sources/simulator.ts";
import { openStores } from "./city-stores.ts";
import { CityTime, stepsBetween } from "./city-time.ts";
import { type HostTimers, hostTimers } from "./host-timers.ts";

/** A fresh city first plays these hours; a gap is played up to as many. */
const CATCH_UP_MS = 6 * HOUR_MS;
const GAP_MAX_MS = 24 * HOUR_MS;
/** Virtual time between two commits while catching up. */
const SLICE_MS = 5 * MINUTE_MS;
/** Progress is told in steps of so many percent. */
const PROGRESS_STEP = 5;
const SNAPSHOT_EVERY_MS = 10 * MINUTE_MS;
const NO_LOCK: Fence = { isHeld: () => false, takenOver: false, token: "" };
/** Soon after the start, so that the hours caught up with need not be folded again. */
const FIRST_SNAPSHOT_MS = 15 * SECOND_MS;
const RETRY_MS = 2 * SECOND_MS;

export interface LiveCityOptions {
  readonly city: City;
  /** Default: `ordos-2026`. */
  readonly policies?: PolicyBook;
  readonly directory: string;
  readonly files: FilePort;
  /** Wall clock, ms since epoch; a test may bring its own. */
  readonly clock: () => number;
  /** Default: the machine's. */
  readonly timers?: HostTimers;
  /** Sizes of the log's files and writes; default: its own. */
  readonly logLimits?: Pick<LogOptions, "segmentBytes" | "batchBytes">;
  /** `null` = no simulator: time is only what devices and the wall clock say. */
  readonly simulator: { readonly source: SimulatorSource; readonly speed: number } | null;
  /** Measurements older than so many days are thrown away, but for those that a case holds; default: none is. */
  readonly keepDays?: number | null;
  readonly outlets: readonly Outlet[];
  readonly report: (line: string) => void;
  /** The state was made anew (at the start, or after the disk came back): read models begin again from it. */
  readonly onOpened: () => void;
}

export class LiveCity {
  readonly #options: LiveCityOptions;
  readonly #deliveries = new Subject<Delivery>();
  readonly #ticks = new Subject<Tick>();
  readonly #snapshots: SnapshotFiles;
  readonly #timers: HostTimers;
  #opened: Opened | null = null;
  #history: HistoryStore | null = null;
  #past: PastStore | null = null;
  #log: EventLog | null = null;
  #pipeline: Subscription | null = null;
  #endTicks: () => void = () => undefined;
  #endRetry: () => void = () => undefined;
  #failure: unknown = null;
  #ready = false;
  #stopping = false;
  #isTurning = false;
  readonly #time: CityTime;
  #snapshotAt = 0;
  /** The day (Asia/Shanghai) on which old measurements were last thrown away. */
  #forgotOn = Number.NEGATIVE_INFINITY;
  /** The one under way: they are written one after the other. */
  #snapshot: Promise<void> = Promise.resolve();

  /** Resolves when another process has taken the data directory over: this one has said its last word. */
  readonly takenOver: Promise<void>;
  #tellTakenOver: () => void = () => undefined;

  constructor(options: LiveCityOptions) {
    this.takenOver = new Promise((resolve) => {
      this.#tellTakenOver = resolve;
    });
    this.#options = options;
    this.#snapshots = new SnapshotFiles(join(options.directory, "snapshots"), options.files);
    this.#timers = options.timers ?? hostTimers;
    this.#time = new CityTime(options.clock, options.simulator?.speed ?? null);
  }

  /** Opens the data directory and starts what the state needs; resolves when the city is live. */
  async start(): Promise<void> {
    await this.#open();
    await this.#catchUp();
    this.#goLive();
    this.#options.onOpened();
  }

  get processor(): Processor {
    return this.#parts().processor;
  }

  get door() {
    return this.#parts().door;
  }

  /** Of the log: whether this process is still the one that may speak for the city. */
  get lock(): Fence {
    return this.#log?.lock ?? NO_LOCK;
  }

  get history(): HistoryStore {
    if (this.#history === null) throw new RangeError("Cannot read history: the city is not open");
    return this.#history;
  }

  /** What it showed at earlier moments. */
  get past(): PastStore {
    if (this.#past === null) throw new RangeError("Cannot look back: the city is not open");
    return this.#past;
  }

  get deliveries(): Observable<Delivery> {
    return this.#deliveries;
  }

  /** Why the city is not ready; empty = it is. */
  get troubles(): string[] {
    const troubles: string[] = [];
    if (!this.#ready) troubles.push("the city is still catching up");
    if (this.#failure !== null)
      troubles.push(this.#failure instanceof Error ? this.#failure.message : String(this.#failure));
    return troubles;
  }

  /** The city's time: the wall clock, stretched by the simulator's speed. */
  now(): number {
    return this.#time.now();
  }

  /** How far what was taken is behind that clock, ms of event time. */
  get lagMs(): number {
    return Math.max(0, this.#time.due() - Math.min(this.#time.taken, this.processor.fold.now));
  }

  /** Hands a message's intake to the pipeline; resolves when it is durable. */
  deliver(intake: Pick<Intake, "admitted" | "refused">, receivedAt: number): Promise<IngestResult> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null || this.#pipeline === null) {
        reject(this.#failure ?? new RangeError("the city is not open"));
        return;
      }
      this.#deliveries.next({ kind: "delivery", intake, receivedAt, acknowledge: resolve, fail: reject });
    });
  }

  #parts(): Opened {
    if (this.#opened === null) throw new RangeError("Cannot use the city: it is not open");
    return this.#opened;
  }

  async #open(): Promise<Recovered> {
    const { city, directory, files, report } = this.#options;
    const folder = join(directory, LOG_FOLDER);
    const { log, recovered } = await EventLog.open({ directory: folder, files, ...this.#options.logLimits });
    if (recovered.cutBytes > 0)
      report(`log: cut ${recovered.cutBytes} bytes of a write that did not end (${recovered.reason})`);
    this.#log = log;
    const { history, past } = await openStores(log, this.#options);
    this.#history = history;
    this.#past = past;
    this.#opened = await openProcessor({
      city,
      log,
      history,
      snapshots: this.#snapshots,
      past,
      policies: this.#options.policies ?? DEFAULT_POLICIES,
    });
    const { recovery } = this.#opened;
    for (const skipped of recovery.skippedSnapshots) report(`snapshot skipped: ${skipped}`);
    if (recovery.records > 0) report(`recovered: ${recovery.records} records from position ${recovery.from}`);
    if (recovery.remade > 0) report(`recovered: ${recovery.remade} outputs made again`);
    if (recovery.unexplained > 0)
      report(`recovered: ${recovery.unexplained} outputs on the log that its records do not give any more`);
    this.#opened.processor.subscribe(faultReporter(report));
    this.#pipeline = runPipeline({
      processor: this.#opened.processor,
      deliveries: this.#deliveries,
      ticks: this.#ticks,
      outlets: this.#options.outlets,
      onFailure: (error) => this.#goRed(error),
    });
    return recovered;
  }

  /** Plays the hours before now in virtual time: the first six of a fresh city, or the gap since it was stopped. */
  async #catchUp(): Promise<void> {
    const { simulator, clock, report } = this.#options;
    const { processor } = this.#parts();
    const wall = Math.floor(clock() / SECOND_MS) * SECOND_MS;
    const stoppedAt = processor.fold.now;
    if (simulator === null) return;
    this.#time.begin(wall, Math.max(wall, stoppedAt));
    const fresh = stoppedAt === Number.NEGATIVE_INFINITY;
    const from = fresh ? wall - CATCH_UP_MS : Math.max(stoppedAt, wall - GAP_MAX_MS);
    simulator.source.begin(from);
    const slices = stepsBetween(from, wall, SLICE_MS);
    let told = 0;
    let coming = this.#arrivals(slices[0] ?? wall);
    // From the first word on nobody waits for what is found: no kitchen runs ahead. The simulator wakes up meanwhile.
    if (slices.length > 0) processor.tick(from, false);
    for (const [i, until] of slices.entries()) {
      const pack = await coming;
      // The next slice is simulated while this one is folded.
      coming = this.#arrivals(slices[i + 1] ?? wall);
      this.#play(pack, slices[i - 1] ?? from, until);
      await processor.commit();
      if (this.history.backlog > 2) await this.history.drain();
      const done = Math.floor(((until - from) / (wall - from)) * (100 / PROGRESS_STEP)) * PROGRESS_STEP;
      if (done > told) report(`catching up: ${done} %`);
      told = done;
    }
    this.#play(await coming, wall, wall);
    this.#time.goLive(Math.max(wall, stoppedAt));
  }

  #arrivals(until: number): Promise<ArrivalPack | null> {
    return this.#options.simulator?.source.arrivals(until) ?? Promise.resolve(null);
  }

  /** Takes what arrived, with a tick at every full minute after `from` up to `until`. */
  #play(pack: ArrivalPack | null, from: number, until: number): void {
    const { processor, door } = this.#parts();
    let minute = from + MINUTE_MS;
    for (let i = 0; i < (pack?.receivedAt.length ?? 0); i++) {
      const receivedAt = pack!.receivedAt[i]!;
      for (; minute <= receivedAt && minute < until; minute += MINUTE_MS) this.#tickPast(minute);
      processor.take(enterArrival(pack!, i, door), receivedAt);
    }
    for (; minute < until; minute += MINUTE_MS) this.#tickPast(minute);
    if (until > from) this.#tickPast(until);
  }

  #tickPast(time: number): void {
    this.processor.tick(time, false);
    this.#noteMoment(false);
  }

  /** What is shown now can be asked for later. */
  #noteMoment(ahead: boolean): void {
    const { fold, log } = this.processor;
    this.#past?.note(fold, log.next, ahead);
  }

  #goLive(): void {
    this.#ready = true;
    this.#snapshotAt = this.#options.clock() + FIRST_SNAPSHOT_MS;
    this.#endTicks = this.#timers.every(SECOND_MS, () => void this.#second());
    void this.#second();
  }

  /** A second that takes longer than one is not hurried after: the next one covers it, or as much of it as a step may. */
  async #second(): Promise<void> {
    if (this.#failure !== null || this.#isTurning) return;
    this.#isTurning = true;
    try {
      const time = Math.floor(this.now());
      const pack = await this.#arrivals(time);
      if (this.#stopping || this.#failure !== null) return;
      const { processor, door } = this.#parts();
      for (let i = 0; i < (pack?.receivedAt.length ?? 0); i++) {
        processor.take(enterArrival(pack!, i, door), pack!.receivedAt[i]!);
      }
      this.#ticks.next({ kind: "tick", time, ahead: true });
      this.#time.took(time);
      this.#noteMoment(true);
      if (this.#options.clock() >= this.#snapshotAt) this.#writeSnapshot();
    } catch (error) {
      this.#goRed(error);
    } finally {
      this.#isTurning = false;
      if (this.#time.isBehind && !this.#stopping && this.#failure === null) void this.#second();
    }
  }

  /** Without one the next start only takes longer. */
  #writeSnapshot(): void {
    this.#snapshotAt = this.#options.clock() + SNAPSHOT_EVERY_MS;
    const { processor, codec } = this.#parts();
    this.#snapshot = this.#snapshot
      .then(() => writeSnapshot(processor, codec, this.#snapshots, this.#past))
      .catch((error: unknown) => {
        this.#options.report(`snapshot failed: ${error instanceof Error ? error.message : String(error)}`);
      })
      .then(() => this.#forgetOld())
      .catch((error: unknown) => {
        this.#options.report(
          `history not thinned: ${error instanceof Error ? error.message : String(error)}`,
        );
      });
  }

  /** Once a day. The log stays whole: it is the truth, and what was thrown away could be made from it again. */
  async #forgetOld(): Promise<void> {
    const { city, keepDays = null, report } = this.#options;
    const now = this.now();
    const today = shanghaiDay(now);
    if (keepDays === null || today === this.#forgotOn) return;
    const held = heldDevices(city, this.processor.fold, now);
    const hours = await this.history.forget(startOfShanghaiDay(today - keepDays), held);
    this.#forgotOn = today;
    if (hours > 0) report(`history: threw away what was older than ${keepDays} days in ${hours} hours`);
  }

  /** The log takes nothing: nothing is acknowledged until it does again. */
  #goRed(error: unknown): void {
    if (this.#failure !== null || this.#stopping) return;
    this.#failure = error;
    this.#options.report(`not ready: ${error instanceof Error ? error.message : String(error)}`);
    if (isTakenOver(error)) this.#giveUp();
    else this.#retry();
  }

  #giveUp(): void {
    this.#endTicks();
    this.#pipeline?.unsubscribe();
    this.#tellTakenOver();
  }

  #retry(): void {
    this.#endRetry = this.#timers.after(RETRY_MS, () => {
      this.#comeBack().catch((error: unknown) => {
        this.#failure = error;
        if (isTakenOver(error)) this.#giveUp();
        else if (!this.#stopping) this.#retry();
      });
    });
  }

  /** The fold ran ahead of a log that failed: it is thrown away and folded again from what is durable. */
  async #comeBack(): Promise<void> {
    await this.#log?.recover();
    this.#opened?.processor.publish();
    this.#pipeline?.unsubscribe();
    await this.#past?.close();
    await this.#history?.close();
    const log = this.#log;
    // It is closed even if that fails, or what follows: the next try finds none and opens anew.
    this.#log = null;
    await log?.close();
    await this.#open();
    this.#options.simulator?.source.begin(Math.floor(this.now()));
    this.#failure = null;
    this.#options.onOpened();
    this.#options.report("ready again");
  }

  /** Ends in order: a last snapshot, then everything closed. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#endTicks();
    this.#endRetry();
    if (this.#opened !== null && this.#failure === null) this.#writeSnapshot();
    await this.#snapshot;
    await this.#options.simulator?.source.stop();
    this.#pipeline?.unsubscribe();
    await this.#past?.close();
    await this.#history?.close();
    await this.#log?.close();
  }
}
