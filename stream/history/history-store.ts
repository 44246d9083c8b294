/** What every device measured, by device and time: open hours packed in memory, the others in parts on disk. Rebuildable from the log. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Columns } from "../../twin/events/columns.ts";
import type { FilePort } from "../log/file-port.ts";
import { readPosition, writePosition } from "./history-position.ts";
import { type HistoryPoint, HistorySteps } from "./history-steps.ts";
import { HourBuffer } from "./hour-buffer.ts";
import { type HeldDevices, OldHours } from "./old-hours.ts";
import { type ClosedSamples, OpenHours, unknownDevice } from "./open-hours.ts";
import { PartBuilder } from "./part-file.ts";
import { PartFolder } from "./part-folder.ts";
import { HOUR_MS, SampleRun } from "./sample-code.ts";
import type { StraySamples } from "./stray-samples.ts";

const DEVICES_PER_TURN = 2048;
/** Hours of one query that are read at the same time. */
const HOURS_AT_ONCE = 24;

export interface HistoryOptions {
  readonly directory: string;
  readonly files: FilePort;
  /** The step that a device's values are stored in, by registry ordinal: `resolution` of its kind. */
  readonly resolutions: ArrayLike<number>;
  /** Names the registry whose ordinals are used; for another one the store begins anew. */
  readonly registry: string;
}

export class HistoryStore {
  readonly #files: FilePort;
  readonly #directory: string;
  readonly #registry: string;
  readonly #resolutions: Float64Array;
  readonly #folder: PartFolder;
  readonly #old: OldHours;
  readonly #hours: OpenHours;
  /** Closed, not yet on disk; still read by queries. */
  readonly #pending: ClosedSamples[] = [];
  #position: number;
  #writing: Promise<void> | null = null;
  #failure: Error | null = null;

  private constructor(options: HistoryOptions, folder: PartFolder, position: number) {
    this.#files = options.files;
    this.#directory = options.directory;
    this.#registry = options.registry;
    this.#resolutions = Float64Array.from(options.resolutions);
    this.#folder = folder;
    this.#old = new OldHours(folder);
    this.#position = position;
    this.#hours = new OpenHours(this.#resolutions, (samples) => {
      this.#pending.push(samples);
      this.#startWriting();
    });
  }

  /** Opens or creates the store. Throws an Error that names a damaged part, or the system's. */
  static async open(options: HistoryOptions): Promise<HistoryStore> {
    const { files, directory, registry, resolutions } = options;
    await files.makeDirectory(directory);
    const position = await readPosition(files, directory, registry);
    const folder = await PartFolder.open(files, directory, resolutions.length);
    if (position === null) {
      await folder.clear();
      await writePosition(files, directory, registry, 0);
    }
    return new HistoryStore(options, folder, position ?? 0);
  }

  /** Log position from which records must be added again after a start; what is then added twice counts once. */
  get position(): number {
    return this.#position;
  }

  /** Closed hours that wait to be written. A host that adds faster than the disk takes should `drain()` when it is above 2. */
  get backlog(): number {
    return this.#pending.length;
  }

  /** Why closed hours stay in memory at present; `null` when all is well. `drain()` and `flush()` try again. */
  get failure(): Error | null {
    return this.#failure;
  }

  /** Bytes of memory that the open and the waiting hours take. */
  get memoryBytes(): number {
    let bytes = this.#hours.memoryBytes;
    for (const pending of this.#pending) if (pending instanceof HourBuffer) bytes += pending.bytes;
    return bytes;
  }

  /**
   * Takes the readings in. Heartbeats (`NaN`) are not kept; of one device and time the first counts. Values are rounded to the
   * device's resolution, times to ms. Throws a RangeError for a device that the registry does not have.
   */
  add(columns: Columns): void {
    this.#hours.add(columns);
  }

  /** One reading: `time` ms since epoch, `value` in the device's unit. As `add`. */
  addReading(device: number, time: number, value: number): void {
    this.#hours.addReading(device, time, value);
  }

  /**
   * Steps of `stepMs` that begin at `from`, up to, not including, `to` (ms since epoch); steps without samples are left out.
   * Throws a RangeError for an unknown device or a senseless range.
   */
  async query(device: number, from: number, to: number, stepMs: number): Promise<HistoryPoint[]> {
    const resolution = this.#resolutions[device];
    if (resolution === undefined) throw unknownDevice(device, this.#resolutions.length);
    const steps = new HistorySteps(from, to, stepMs, resolution);
    const hours = this.#hoursBetween(from, to);
    for (let i = 0; i < hours.length; i += HOURS_AT_ONCE) {
      const group = hours.slice(i, i + HOURS_AT_ONCE);
      const runs = await Promise.all(group.map((hour) => this.#readHour(hour, device)));
      for (const [j, run] of runs.entries()) {
        const start = group[j]! * HOUR_MS;
        for (let k = 0; k < run.length; k++) steps.add(start + run.offset[k]!, run.scaled[k]!);
      }
    }
    return steps.points();
  }

  /**
   * Writes all that was added to disk and notes that the store is complete up to log position `position`: records from there on
   * were not added yet. Makes a part of every open hour, so it belongs to snapshots and the end, not to every minute. Throws the
   * system's error; nothing is lost by that.
   */
  async flush(position: number): Promise<void> {
    this.#hours.closeAll();
    await this.drain();
    await writePosition(this.#files, this.#directory, this.#registry, position);
    this.#position = position;
  }

  /** Resolves when no closed hour waits any more. Throws the system's error when one cannot be written; the next call tries again. */
  async drain(): Promise<void> {
    this.#failure = null;
    while (this.#pending.length > 0 && this.#failure === null) {
      this.#startWriting();
      await this.#writing;
    }
    if (this.#failure !== null) throw this.#failure;
  }

  /** Waits for the write under way. What was not flushed is forgotten: `position` tells from where to add it again. */
  async close(): Promise<void> {
    await this.#writing;
    this.#pending.length = 0;
  }

  /**
   * Throws away what was measured in hours that ended by `before` (ms since epoch), but for what is held. Returns from
   * how many hours something went. Throws the system's error, or one that names a damaged part.
   */
  async forget(before: number, held: readonly HeldDevices[]): Promise<number> {
    while (this.#writing !== null) await this.#writing;
    const work = this.#old.forget(before, held);
    this.#writing = work.then(
      () => this.#resume(),
      () => this.#resume(),
    );
    return work;
  }

  #resume(): void {
    this.#writing = null;
    if (this.#pending.length > 0) this.#startWriting();
  }

  #hoursBetween(from: number, to: number): number[] {
    const [first, last] = [Math.floor(from / HOUR_MS), Math.ceil(to / HOUR_MS)];
    const hours = new Set<number>([...this.#folder.hours(), ...this.#hours.hours()]);
    for (const pending of this.#pending)
      for (const hour of pending instanceof HourBuffer ? [pending.hour] : pending.hours()) hours.add(hour);
    return [...hours].filter((hour) => hour >= first && hour < last).sort((a, b) => a - b);
  }

  /** What lies in memory is taken before the first wait: a part that is written meanwhile would hold it a second time. */
  async #readHour(hour: number, device: number): Promise<SampleRun> {
    const memory = new SampleRun();
    for (const pending of this.#pending) {
      if (!(pending instanceof HourBuffer)) pending.read(hour, device, memory);
      else if (pending.hour === hour) pending.read(device, memory);
    }
    this.#hours.read(hour, device, memory);
    const run = new SampleRun();
    await this.#folder.read(hour, device, run);
    for (let i = 0; i < memory.length; i++) run.push(memory.offset[i]!, memory.scaled[i]!);
    run.settle();
    return run;
  }

  #startWriting(): void {
    this.#writing ??= this.#write();
  }

  async #write(): Promise<void> {
    // Whoever closed the hour is in the midst of adding.
    await nextTurn();
    try {
      for (let samples = this.#pending[0]; samples !== undefined; samples = this.#pending[0]) {
        if (samples instanceof HourBuffer) await this.#writeHour(samples);
        else await this.#writeStrays(samples);
        this.#pending.shift();
      }
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    }
    this.#writing = null;
  }

  async #writeHour(buffer: HourBuffer): Promise<void> {
    const builder = new PartBuilder(buffer.hour, buffer.devices);
    for (let device = 0; device < buffer.devices; device++) {
      builder.addPacked(device, buffer.count(device), (target, at) => buffer.copyPacked(device, target, at));
      if (device % DEVICES_PER_TURN === DEVICES_PER_TURN - 1) await nextTurn();
    }
    await this.#folder.write(buffer.hour, builder);
    this.#old.touched(buffer.hour);
  }

  async #writeStrays(strays: StraySamples): Promise<void> {
    for (const [hour, runs] of strays.byHour()) {
      const builder = new PartBuilder(hour, this.#resolutions.length);
      for (const device of [...runs.keys()].sort((a, b) => a - b)) builder.addRun(device, runs.get(device)!);
      await this.#folder.write(hour, builder);
      this.#old.touched(hour);
    }
  }
}
