/** The parts on disk: which there are, writing one so that it is there whole or not at all, and merging those of one hour. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { FilePort } from "../log/file-port.ts";
import { PartBuilder, type PartShape, readDevice, readShape, WholePart } from "./part-file.ts";
import { type PartName, parsePartName, partFileName, replaces } from "./part-name.ts";
import { SampleRun } from "./sample-code.ts";

/** An hour with so many parts is merged into one. */
const PARTS_MAX = 4;
/** Devices worked on before others get their turn. */
const DEVICES_PER_TURN = 2048;

interface Part extends PartName {
  readonly path: string;
  readonly shape: PartShape;
}

export class PartFolder {
  readonly #files: FilePort;
  readonly #directory: string;
  readonly #devices: number;
  /** Parts of each hour in the order in which they were written. */
  readonly #hours = new Map<number, Part[]>();
  #nextNumber = 0;

  private constructor(files: FilePort, directory: string, devices: number) {
    this.#files = files;
    this.#directory = directory;
    this.#devices = devices;
  }

  /** Removes what a crash left: drafts, and parts that a merged one replaced. Throws an Error that names a damaged part. */
  static async open(files: FilePort, directory: string, devices: number): Promise<PartFolder> {
    const folder = new PartFolder(files, directory, devices);
    const names: PartName[] = [];
    for (const file of await files.list(directory)) {
      const name = parsePartName(file);
      if (name !== null) names.push(name);
      else if (file.endsWith(".draft")) await files.remove(`${directory}/${file}`);
    }
    names.sort((a, b) => a.first - b.first);
    for (const name of names) {
      if (names.some((other) => replaces(other, name)))
        await files.remove(`${directory}/${partFileName(name)}`);
      else folder.#take(name);
    }
    return folder;
  }

  /** Hours that have parts, in no order. */
  hours(): Iterable<number> {
    return this.#hours.keys();
  }

  /** Samples on disk; those that two parts have in common count twice. */
  get samples(): number {
    let sum = 0;
    for (const parts of this.#hours.values()) for (const part of parts) sum += part.shape.samples;
    return sum;
  }

  /** Adds a part that outlives a loss of power once this resolves, and merges the hour's parts when they have become many. */
  async write(hour: number, builder: PartBuilder): Promise<void> {
    const number = this.#nextNumber++;
    await this.#writeFile({ hour, first: number, last: number }, builder);
    if ((this.#hours.get(hour)?.length ?? 0) >= PARTS_MAX) await this.#merge(hour);
  }

  /**
   * Appends a device's samples of an hour to the run, older parts first. The parts are those at the moment of the call, though they
   * be merged meanwhile. Throws an Error that names a damaged part.
   */
  async read(hour: number, device: number, run: SampleRun): Promise<void> {
    const parts = this.#hours.get(hour) ?? [];
    const files = parts.map((part) => this.#files.openRead(part.path));
    try {
      for (const [i, part] of parts.entries()) {
        await readDevice(files[i]!, part.shape, device, run).catch((error: unknown) => {
          throw damagedPart(part.path, error);
        });
      }
    } finally {
      for (const file of files) file.closeSync();
    }
  }

  /** Removes all parts. */
  async clear(): Promise<void> {
    for (const parts of this.#hours.values()) for (const part of parts) await this.#files.remove(part.path);
    this.#hours.clear();
    await this.#files.syncDirectory(this.#directory);
  }

  /** Removes the samples of an hour but for those of some devices; `false` = there are no others. Throws as `read`. */
  async keepOnly(hour: number, devices: ReadonlySet<number>): Promise<boolean> {
    const parts = this.#hours.get(hour) ?? [];
    const samples = parts.reduce((sum, { shape }) => sum + shape.samples, 0);
    let kept = 0;
    if (devices.size > 0) {
      const { builder, read } = await this.#joined(hour, parts, devices);
      if (read === samples) return false;
      kept = builder.samples;
      const number = this.#nextNumber++;
      // A name of its own: who reads the old ones meanwhile must not find another file under theirs.
      if (kept > 0) await this.#writeFile({ hour, first: number, last: number }, builder);
    }
    const left = (this.#hours.get(hour) ?? []).filter((part) => !parts.includes(part));
    if (left.length > 0) this.#hours.set(hour, left);
    else this.#hours.delete(hour);
    for (const part of parts) await this.#files.remove(part.path);
    await this.#files.syncDirectory(this.#directory);
    return true;
  }

  async #merge(hour: number): Promise<void> {
    const parts = this.#hours.get(hour) ?? [];
    const { builder } = await this.#joined(hour, parts, null);
    await this.#writeFile({ hour, first: parts[0]!.first, last: parts.at(-1)!.last }, builder);
    for (const part of parts) await this.#files.remove(part.path);
  }

  /** One part of several, of all devices (`null`) or some; `read` = samples taken from them, repeats counted. */
  async #joined(hour: number, parts: readonly Part[], devices: ReadonlySet<number> | null) {
    const whole: WholePart[] = [];
    for (const part of parts) whole.push(await this.#load(part));
    const builder = new PartBuilder(hour, this.#devices);
    let read = 0;
    const run = new SampleRun();
    for (let device = 0; device < this.#devices; device++) {
      if (device % DEVICES_PER_TURN === DEVICES_PER_TURN - 1) await nextTurn();
      if (devices?.has(device) === false) continue;
      run.length = 0;
      for (const part of whole) part.read(device, run);
      read += run.length;
      run.settle();
      builder.addRun(device, run);
    }
    return { builder, read };
  }

  async #load(part: Part): Promise<WholePart> {
    const file = this.#files.openRead(part.path);
    try {
      return await WholePart.load(file);
    } catch (error) {
      throw damagedPart(part.path, error);
    } finally {
      file.closeSync();
    }
  }

  async #writeFile(name: PartName, builder: PartBuilder): Promise<void> {
    const path = `${this.#directory}/${partFileName(name)}`;
    const file = await this.#files.open(`${path}.draft`);
    try {
      await file.truncate(0);
      await file.write(builder.finish(), 0);
      await file.datasync();
    } finally {
      await file.close();
    }
    await this.#files.rename(`${path}.draft`, path);
    await this.#files.syncDirectory(this.#directory);
    this.#take(name);
  }

  #take(name: PartName): void {
    const path = `${this.#directory}/${partFileName(name)}`;
    const file = this.#files.openRead(path);
    let shape: PartShape;
    try {
      shape = readShape(file);
    } catch (error) {
      throw damagedPart(path, error);
    } finally {
      file.closeSync();
    }
    const kept = (this.#hours.get(name.hour) ?? []).filter((part) => !replaces(name, part));
    this.#hours.set(name.hour, [...kept, { ...name, path, shape }]);
    this.#nextNumber = Math.max(this.#nextNumber, name.last + 1);
  }
}

/** Other errors (the system's) stay themselves. */
function damagedPart(path: string, error: unknown): unknown {
  if (!(error instanceof RangeError)) return error;
  const remedy = "remove the history folder, it is rebuilt from the log at the next start";
  return new Error(`History damaged at ${path}: ${error.message}; ${remedy}`, { cause: error });
}
