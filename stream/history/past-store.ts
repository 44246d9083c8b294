/**
 * What the city showed at any moment of the days that are kept (`?at=`): blocks of some minutes, the newest in memory, the
 * others in files named after their first and last moment. It is derived: after a crash the records since the last snapshot
 * give the moments that were not on disk yet again.
 */
import type { City } from "../../twin/city/city.ts";
import { DAY_MS, formatTime } from "../../twin/kernel/time.ts";
import type { CityFold } from "../fold.ts";
import type { FilePort, LogFile } from "../log/file-port.ts";
import { lastAtMost } from "../log/segment.ts";
import type { SnapshotArchive } from "../log/snapshot-archive.ts";
import { type Brief, readBrief } from "../past/brief.ts";
import type { PastBlock } from "../past/past-block.ts";
import { type CityPage, deviceAt, type KitchenPage, type PastMoments, standing } from "../past/past-page.ts";
import { PastRecorder, ROW_AGE_MS } from "../past/past-recorder.ts";
import type { CityStanding } from "../projections/city-totals.ts";
import type { DeviceStanding, KitchenRow } from "../projections/kitchen-view.ts";
import { type PastIndex, packBlock, readCityPage, readIndex, readKitchenPage } from "./past-file.ts";

/** Days that are kept unless it is said otherwise. */
export const PAST_DAYS = 8;
/** Blocks that wait for a disk that takes nothing; of more, the oldest is given up. */
const WAITING_MAX = 6;
const NAME = /^(\d{13})-(\d{13})-(\d{16})\.past$/;

/** A block on disk, or one that is not there yet. */
interface Kept {
  readonly first: number;
  readonly last: number;
  /** First log position that is in none of its moments. */
  readonly position: number;
  readonly name: string;
  /** `null` = on disk. */
  readonly block: PastBlock | null;
}

/** A kitchen as it stood at a moment. */
export interface PastKitchen {
  readonly time: number;
  readonly logPosition: number;
  readonly row: KitchenRow;
  readonly device: (ordinal: number) => DeviceStanding;
}

export interface PastStoreOptions {
  readonly city: City;
  readonly directory: string;
  readonly files: FilePort;
  /** Names the registry; blocks of another are thrown away. */
  readonly registry: number;
  /** Makes durable what the log has by now: a moment is kept only if the log has it too. */
  readonly commit: () => Promise<void>;
  /** Whole states, for those who go on from one; default: none is kept. */
  readonly archive?: SnapshotArchive;
  /** Older moments are thrown away; default `PAST_DAYS`. */
  readonly keepDays?: number | null;
  readonly report: (line: string) => void;
}

export class PastStore {
  readonly #options: PastStoreOptions;
  readonly #keepMs: number;
  /** Oldest first. */
  #kept: Kept[];
  readonly #recorder: PastRecorder;
  #writing: Promise<void> = Promise.resolve();

  private constructor(options: PastStoreOptions, kept: Kept[]) {
    this.#options = options;
    this.#keepMs = (options.keepDays ?? PAST_DAYS) * DAY_MS;
    this.#kept = kept;
    const from = kept.at(-1)?.position ?? 0;
    this.#recorder = new PastRecorder(options.city, from, (block) => this.#keep(block));
  }

  static async open(options: PastStoreOptions): Promise<PastStore> {
    const { files, directory, registry } = options;
    await files.makeDirectory(directory);
    const kept: Kept[] = [];
    for (const name of await files.list(directory)) {
      const [, first, last, position] = NAME.exec(name) ?? [];
      if (first !== undefined)
        kept.push({
          first: Number(first),
          last: Number(last),
          position: Number(position),
          name,
          block: null,
        });
      else if (name.endsWith(".draft")) await files.remove(`${directory}/${name}`);
    }
    for (let newest = kept.at(-1); newest !== undefined; newest = kept.at(-1)) {
      const fault = await faultOf(files, `${directory}/${newest.name}`, registry);
      if (fault === null) break;
      options.report(`moments of the past given up: ${newest.name}: ${fault}`);
      await files.remove(`${directory}/${newest.name}`);
      kept.pop();
    }
    return new PastStore(options, kept);
  }

  /** A tick was folded; `position`: first log position that is not in the state. */
  note(fold: CityFold, position: number, ahead: boolean): void {
    this.#recorder.note(fold, position, ahead);
  }

  /** Event time from which on moments are known; `null` = none is. */
  get since(): number | null {
    const oldest = this.#kept[0]?.first ?? this.#recorder.block.first;
    if (oldest === Number.POSITIVE_INFINITY) return null;
    return Math.max(oldest, this.#newest() - this.#keepMs);
  }

  #newest(): number {
    return Math.max(this.#kept.at(-1)?.last ?? Number.NEGATIVE_INFINITY, this.#recorder.block.last);
  }

  /** Resolves when every moment noted so far outlives a loss of power, and old ones are gone. Rejects with the system's error. */
  async flush(): Promise<void> {
    this.#recorder.cut();
    await this.#write();
    await this.#forget();
  }

  /** Resolves when nothing of it is under way any more; what is not on disk by then, the log gives again. */
  async close(): Promise<void> {
    await this.#writing.catch(() => undefined);
  }

  /** Keeps the text of a snapshot too, if none of about that time is. */
  async keepState(at: { readonly time: number; readonly position: number }, text: string): Promise<void> {
    await this.#options.archive?.keep(at, text, at.time - this.#keepMs);
  }

  #keep(block: PastBlock): void {
    const { first, last, position } = block;
    const name = `${digits(first, 13)}-${digits(last, 13)}-${digits(position, 16)}.past`;
    this.#kept.push({ first, last, position, name, block });
    this.#write().catch((error: unknown) => {
      this.#options.report(`moments not written yet: ${error instanceof Error ? error.message : error}`);
    });
  }

  #write(): Promise<void> {
    this.#writing = this.#writing
      .catch(() => undefined)
      .then(() => this.#writeWaiting())
      .catch((error: unknown) => {
        const waiting = this.#kept.filter(({ block }) => block !== null).slice(0, -WAITING_MAX);
        this.#kept = this.#kept.filter((kept) => !waiting.includes(kept));
        throw error;
      });
    return this.#writing;
  }

  async #writeWaiting(): Promise<void> {
    const { city, files, directory, registry, commit } = this.#options;
    const waiting = this.#kept.filter(({ block }) => block !== null);
    if (waiting.length > 0) await commit();
    for (const kept of waiting) {
      if (kept.block === null) continue;
      const path = `${directory}/${kept.name}`;
      const file = await files.open(`${path}.draft`);
      try {
        await file.truncate(0);
        await file.write(await packBlock(kept.block, city.kitchens.length, registry), 0);
        await file.datasync();
      } finally {
        await file.close();
      }
      await files.rename(`${path}.draft`, path);
      await files.syncDirectory(directory);
      this.#kept[this.#kept.indexOf(kept)] = { ...kept, block: null };
    }
  }

  /** Rows are noted again every so often: so much longer than their moments blocks must stay. */
  async #forget(): Promise<void> {
    const { files, directory } = this.#options;
    const before = this.#newest() - this.#keepMs - ROW_AGE_MS;
    while (this.#kept[0] !== undefined && this.#kept[0].block === null && this.#kept[0].last < before) {
      const { name } = this.#kept.shift()!;
      await files.remove(`${directory}/${name}`);
    }
  }

  /** A kitchen at the newest moment up to `at`. Throws a RangeError, in words, for a time of which nothing is known. */
  async kitchenAt(kitchen: number, at: number): Promise<PastKitchen> {
    return this.#in(this.#blockOf(at), async (pages) => {
      const { times, positions } = pages.moments;
      const moment = lastAtMost(times, at);
      const page = await pages.kitchen(kitchen);
      const row = standing(page.rows, moment) ?? (await this.#rowBefore(kitchen, page.before));
      const { firstDevice } = this.#options.city;
      const device = (ordinal: number) => deviceAt(page.devices[ordinal - firstDevice[kitchen]!]!, moment);
      return { time: times[moment]!, logPosition: positions[moment]!, row, device };
    });
  }

  /** The row that stood at the end of the block that begins at `first`. */
  async #rowBefore(kitchen: number, first: number | null): Promise<KitchenRow> {
    const block = this.#kept.find((kept) => kept.first === first);
    const row =
      block === undefined
        ? undefined
        : await this.#in(block, async (pages) => (await pages.kitchen(kitchen)).rows.at(-1)?.[1]);
    if (row === undefined) throw new RangeError("what was kept of that kitchen then is not there any more");
    return row;
  }

  /** The figures of the city at the newest moment up to `at`. Throws as `kitchenAt`. */
  async cityAt(at: number): Promise<CityStanding> {
    return this.#in(this.#blockOf(at), async (pages) => {
      const { times, positions } = pages.moments;
      const moment = lastAtMost(times, at);
      const { briefs, areas } = await pages.city();
      const read: (Brief | undefined)[] = [];
      const brief = (kitchen: number): Brief => {
        read[kitchen] ??= readBrief(standing(briefs[kitchen] ?? [], moment) ?? "");
        return read[kitchen];
      };
      return {
        time: times[moment]!,
        position: positions[moment]!,
        state: (kitchen) => brief(kitchen).state,
        firing: (kitchen) => brief(kitchen).firing,
        areaFiring: brief(this.#options.city.kitchens.length).firing,
        devices: (kitchen) => brief(kitchen).devices,
        area: (area) => {
          const [known, online] = standing(areas[area] ?? [], moment) ?? [0, 0];
          return { known, online };
        },
      };
    });
  }

  #blockOf(at: number): Kept | null {
    const { since } = this;
    if (since === null) throw new RangeError("nothing of the past is known yet");
    if (at < since) throw new RangeError(`the past is known from ${formatTime(since)} on`);
    if (at >= this.#recorder.block.first) return null;
    return this.#kept.findLast(({ first }) => first <= at) ?? null;
  }

  async #in<T>(kept: Kept | null, use: (pages: Pages) => Promise<T>): Promise<T> {
    const block = kept === null ? this.#recorder.block : kept.block;
    if (kept === null || block !== null) return use(inMemory(block ?? this.#recorder.block));
    const { files, directory, registry } = this.#options;
    const file = files.openRead(`${directory}/${kept.name}`);
    try {
      return await use(onDisk(file, await readIndex(file, registry)));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new RangeError(`${kept.name}: ${error.message}`, { cause: error });
    } finally {
      file.closeSync();
    }
  }
}

interface Pages {
  readonly moments: PastMoments;
  kitchen(kitchen: number): Promise<KitchenPage>;
  city(): Promise<CityPage>;
}

function inMemory(block: PastBlock): Pages {
  return {
    moments: block,
    kitchen: async (kitchen) => block.kitchenPage(kitchen),
    city: async () => block.cityPage(),
  };
}

function onDisk(file: LogFile, index: PastIndex): Pages {
  return {
    moments: index,
    kitchen: (kitchen) => readKitchenPage(file, index, kitchen),
    city: () => readCityPage(file, index),
  };
}

/** Why a block cannot be read; `null` = it can. Throws the system's error. */
async function faultOf(files: FilePort, path: string, registry: number): Promise<string | null> {
  const file = files.openRead(path);
  try {
    await readIndex(file, registry);
    return null;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  } finally {
    file.closeSync();
  }
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, "0");
}
