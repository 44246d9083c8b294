/**
 * Older snapshots, one every six hours, packed: from where somebody goes on who wants the state of a day of last week. Recovery
 * does not need them, so whatever is wrong with one is no harm: the one before it, or the log from its start, gives the same.
 *
 *     archive/<event time, 13 digits>-<log position, 16 digits>.json.gz
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import { HOUR_MS } from "../../twin/kernel/time.ts";
import type { Snapshot } from "../snapshot.ts";
import type { FilePort } from "./file-port.ts";
import { readSnapshot } from "./snapshot-files.ts";

/** Where they lie in a data directory. */
export const ARCHIVE_FOLDER = "archive";
const EVERY_MS = 6 * HOUR_MS;
/** Packed at once; others get their turn in between. */
const PIECE = 128 * 1024;
const FAST = { level: 1 };
const NAME = /^(\d{13})-(\d{16})\.json\.gz$/;

interface Archived {
  readonly name: string;
  /** Event time, ms since epoch. */
  readonly time: number;
  readonly position: number;
}

export class SnapshotArchive {
  readonly #directory: string;
  readonly #files: FilePort;

  constructor(directory: string, files: FilePort) {
    this.#directory = directory;
    this.#files = files;
  }

  /** Keeps the text of a snapshot, unless the newest one kept is of the same six hours; throws those away that are of before `since`. */
  async keep(
    at: { readonly time: number; readonly position: number },
    text: string,
    since: number,
  ): Promise<void> {
    const all = await this.#list();
    const newest = all.at(-1);
    if (newest !== undefined && at.time < newest.time + EVERY_MS) return;
    await this.#write(`${digits(at.time, 13)}-${digits(at.position, 16)}.json.gz`, await packed(text));
    for (const { name, time } of all)
      if (time < since) await this.#files.remove(`${this.#directory}/${name}`);
  }

  async #write(name: string, bytes: Uint8Array): Promise<void> {
    const draft = `${this.#directory}/${name}.draft`;
    const file = await this.#files.open(draft);
    try {
      await file.truncate(0);
      await file.write(bytes, 0);
      await file.datasync();
    } finally {
      await file.close();
    }
    await this.#files.rename(draft, `${this.#directory}/${name}`);
    await this.#files.syncDirectory(this.#directory);
  }

  /** The newest one of up to an event time that can be used up to a position; `null` = there is none. */
  async newest(
    time: number,
    position: number,
    registry: number,
    rules: readonly string[],
  ): Promise<Snapshot | null> {
    for (const kept of (await this.#list()).reverse()) {
      if (kept.time > time || kept.position > position) continue;
      const text = await this.#textOf(kept.name);
      const snapshot = text === null ? "damaged" : readSnapshot(text, position, registry, rules);
      if (typeof snapshot !== "string") return snapshot;
    }
    return null;
  }

  async #textOf(name: string): Promise<string | null> {
    const file = this.#files.openRead(`${this.#directory}/${name}`);
    try {
      const bytes = new Uint8Array(file.size());
      return unpacked(bytes.subarray(0, await file.read(bytes, 0)));
    } finally {
      file.closeSync();
    }
  }

  /** Oldest first. */
  async #list(): Promise<Archived[]> {
    await this.#files.makeDirectory(this.#directory);
    return (await this.#files.list(this.#directory)).flatMap((name) => {
      const [, time, position] = NAME.exec(name) ?? [];
      return time === undefined ? [] : [{ name, time: Number(time), position: Number(position) }];
    });
  }
}

/** A gzip file may have several parts one behind the other. */
async function packed(text: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let from = 0; from < text.length; ) {
    const to = endOfPiece(text, from);
    parts.push(gzipSync(text.slice(from, to), FAST));
    from = to;
    await nextTurn();
  }
  return Buffer.concat(parts);
}

/** Never between the two halves of one character. */
function endOfPiece(text: string, from: number): number {
  const to = Math.min(text.length, from + PIECE);
  const last = text.charCodeAt(to - 1);
  return to < text.length && last >= 0xd800 && last <= 0xdbff ? to + 1 : to;
}

/** `null` = it is damaged. */
function unpacked(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder().decode(gunzipSync(bytes));
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}

function digits(value: number, length: number): string {
  return String(Math.floor(value)).padStart(length, "0");
}
