/**
 * A processor on a disk that loses power, and a source that sends again what was not acknowledged: runs the steps of a
 * script to the end, however often it crashes on the way.
 */
import type { City } from "../twin/city/city.ts";
import { deviceKind } from "../twin/devices/catalogue.ts";
import { Random } from "../twin/kernel/random.ts";
import { identitiesOf } from "./crash-account.ts";
import type { Step } from "./crash-script.ts";
import type { Intake } from "./door/admission.ts";
import { ColumnsCodec } from "./door/columns-binary.ts";
import { HistoryStore } from "./history/history-store.ts";
import { EventLog } from "./log/event-log.ts";
import { FaultyFiles } from "./log/faulty-files.ts";
import type { FilePort } from "./log/file-port.ts";
import { SnapshotFiles } from "./log/snapshot-files.ts";
import { type Opened, openProcessor, writeSnapshot } from "./open-processor.ts";

/** Small, so that a crash meets the ends of segments, and batches that part an input from its outputs. */
const SEGMENT_BYTES = 64 * 1024;
const BATCH_BYTES = 2_048;

export interface Twin extends Opened {
  readonly log: EventLog;
  readonly snapshots: SnapshotFiles;
  readonly cutBytes: number;
  close(): Promise<void>;
}

export interface TwinOptions {
  /** Data directory with a slash at its end; default: the root of the files. */
  readonly directory?: string;
  readonly batchBytes?: number;
}

export async function openTwin(
  city: City,
  files: FilePort,
  { directory = "", batchBytes = BATCH_BYTES }: TwinOptions = {},
): Promise<Twin> {
  const { log, recovered } = await EventLog.open({
    directory: `${directory}log`,
    files,
    segmentBytes: SEGMENT_BYTES,
    batchBytes,
  });
  const history = await HistoryStore.open({
    directory: `${directory}history`,
    files,
    resolutions: city.devices.map(({ kind }) => deviceKind(kind).resolution),
    registry: String(new ColumnsCodec(city).registryHash),
  });
  const snapshots = new SnapshotFiles(`${directory}snapshots`, files);
  const opened = await openProcessor({ city, log, history, snapshots });
  const close = async () => {
    await history.close();
    await log.close();
  };
  return { ...opened, log, snapshots, cutBytes: recovered.cutBytes, close };
}

/** Takes a step; it is durable once the processor's next commit is. */
export function takeStep({ processor, door }: Opened, step: Step): Intake["admitted"] {
  if (step.kind === "tick") {
    processor.tick(step.time, step.ahead);
    return [];
  }
  const { body, mediaType, topic, receivedAt } = step;
  const intake =
    mediaType === null
      ? door.mqtt(topic, typeof body === "string" ? new TextEncoder().encode(body) : body, receivedAt)
      : door.cloudEvents(body, mediaType, {}, receivedAt);
  processor.take(intake, receivedAt);
  return intake.admitted;
}

export interface TrialCounts {
  kills: number;
  /** Kills while the twin was being opened. */
  duringRecovery: number;
  /** Recoveries that began with a snapshot, cut a torn write, or made outputs again. */
  fromSnapshot: number;
  torn: number;
  remade: number;
  snapshots: number;
}

export class CrashTrial {
  readonly files = new FaultyFiles();
  readonly counts: TrialCounts = {
    kills: 0,
    duringRecovery: 0,
    fromSnapshot: 0,
    torn: 0,
    remade: 0,
    snapshots: 0,
  };
  /** Everything whose acknowledgement reached the source. */
  readonly acknowledged = new Set<string>();
  /** What no recovery may show, in words. */
  readonly faults: string[] = [];
  readonly #city: City;
  readonly #steps: readonly Step[];
  readonly #random: Random;
  readonly #kills: number;
  /** Bytes that are written between two kills, on average. */
  readonly #stride: number;
  /** Steps before this one are acknowledged, and so many records were durable by then. */
  #next = 0;
  #durable = 0;

  constructor(options: {
    readonly city: City;
    readonly steps: readonly Step[];
    readonly seed: number;
    readonly kills: number;
    /** Bytes that the steps write without any crash. */
    readonly bytes: number;
  }) {
    this.#city = options.city;
    this.#steps = options.steps;
    this.#random = new Random(options.seed, "crash-trial");
    this.#kills = options.kills;
    this.#stride = options.bytes / options.kills;
    this.files.syncTurns = this.#random.int(0, 2);
  }

  /** Runs to the end of the script; the twin that is left is open. */
  async run(): Promise<Twin> {
    for (;;) {
      this.#arm();
      let twin: Twin | null = null;
      try {
        twin = await openTwin(this.#city, this.files);
        this.#inspect(twin);
        if (await this.#feed(twin)) {
          this.files.crashAtByte = Number.POSITIVE_INFINITY;
          this.files.crashAtSync = Number.POSITIVE_INFINITY;
          return twin;
        }
      } catch (error) {
        if (this.files.powered) throw error;
        if (twin === null) this.counts.duringRecovery++;
      }
      this.counts.kills++;
      if (this.#random.chance(0.4)) this.files.kill();
      else this.files.restart(this.#random);
    }
  }

  /** Decides at which byte or sync the power will go. */
  #arm(): void {
    const random = this.#random;
    if (this.counts.kills >= this.#kills) return;
    const { files } = this;
    const way = random.weighted([1, 1, 3, 6]);
    if (way === 0) files.crashAtSync = files.syncs + random.int(1, 3);
    else if (way === 1) files.crashAtByte = files.bytesWritten + random.int(1, 400);
    else if (way === 2) files.crashAtSync = files.syncs + random.int(1, 600);
    else files.crashAtByte = files.bytesWritten + random.int(1, Math.ceil(2 * this.#stride));
  }

  #inspect({ log, recovery, cutBytes }: Twin): void {
    if (log.next < this.#durable)
      this.faults.push(`${this.#durable} records were durable, ${log.next} are left`);
    if (recovery.unexplained > 0)
      this.faults.push(`${recovery.unexplained} outputs on the log that its records do not give`);
    if (recovery.from > 0) this.counts.fromSnapshot++;
    if (cutBytes > 0) this.counts.torn++;
    this.counts.remade += recovery.remade;
  }

  /** Feeds what is not acknowledged, in order; `true` when all of it is. */
  async #feed(twin: Twin): Promise<boolean> {
    const waits: Promise<void>[] = [];
    let snapshot: Promise<void> = Promise.resolve();
    let isWriting = false;
    try {
      for (let at = this.#next; at < this.#steps.length; at++) {
        const admitted = takeStep(twin, this.#steps[at]!);
        const position = twin.log.next;
        const wait = twin.processor.commit().then(() => {
          for (const item of admitted)
            for (const identity of identitiesOf(this.#city, item)) this.acknowledged.add(identity);
          this.#next = Math.max(this.#next, at + 1);
          this.#durable = Math.max(this.#durable, position);
        });
        wait.catch(() => undefined);
        waits.push(wait);
        if (this.#random.chance(0.4)) await wait;
        if (isWriting || !this.#random.chance(0.004)) continue;
        isWriting = true;
        snapshot = writeSnapshot(twin.processor, twin.codec, twin.snapshots).then(() => {
          this.counts.snapshots++;
          isWriting = false;
        });
        snapshot.catch(() => undefined);
      }
      await Promise.all(waits);
      await snapshot;
      return true;
    } finally {
      await Promise.allSettled([...waits, snapshot]);
    }
  }
}
