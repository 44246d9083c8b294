/** The end of the log on disk: writes blocks there, begins segments, and takes back what a failed write left. */
import { type BlockBuilder, HASH_BYTES, hexOf } from "./block.ts";
import type { DirectoryLock } from "./directory-lock.ts";
import type { FilePort, LogFile } from "./file-port.ts";
import { writeHead } from "./head-file.ts";
import { LogError } from "./log-error.ts";
import type { LogEnd } from "./recovery.ts";
import { Segment } from "./segment.ts";

/** Room that `restore()` wants to see before it calls the disk well. */
const PROBE_BYTES = 1024 * 1024;

export class LogTail {
  /** In order; the last one is written to. */
  readonly segments: Segment[];
  readonly #files: FilePort;
  readonly #directory: string;
  readonly #lock: DirectoryLock;
  readonly #segmentBytes: number;
  /** The last segment; `null` before the first block and after a failed `restore()`. */
  #file: LogFile | null = null;
  /** Hash of the last durable block. */
  readonly #previous = new Uint8Array(HASH_BYTES);
  #durable: number;
  /** Where the last block began when the log was opened. */
  readonly #lastBlockAt: number;

  constructor(
    { files, directory, lock }: { files: FilePort; directory: string; lock: DirectoryLock },
    segmentBytes: number,
    end: LogEnd,
  ) {
    this.#files = files;
    this.#directory = directory;
    this.#lock = lock;
    this.#segmentBytes = segmentBytes;
    this.segments = end.segments;
    this.#previous.set(end.previous);
    this.#durable = end.next;
    this.#lastBlockAt = end.lastBlockAt;
    const last = this.segments.at(-1);
    if (last !== undefined) last.bytes = end.endBytes;
  }

  /** Position after the last durable record. */
  get durable(): number {
    return this.#durable;
  }

  /** Where the next block will stand: "/<segment>/<offset>". */
  get pointer(): string {
    const last = this.segments.at(-1);
    return last === undefined ? "" : `/${last.name}/${last.bytes ?? 0}`;
  }

  /** As `open`, of a log that another process left, however it ended. */
  async begin(): Promise<void> {
    await this.open();
    const [file, end] = [this.#file, this.segments.at(-1)?.bytes ?? 0];
    if (file === null || this.#lastBlockAt >= end) return;
    // Had its sync failed, the system would take the block for written, and no sync of ours would write it.
    const block = new Uint8Array(end - this.#lastBlockAt);
    await file.read(block, this.#lastBlockAt);
    await file.write(block, this.#lastBlockAt);
    await file.datasync();
  }

  /** Opens the last segment for writing, cuts it at its durable end, and makes durable what a crash left in the system's cache. */
  async open(): Promise<void> {
    const last = this.segments.at(-1);
    if (last !== undefined) {
      const file = await this.#files.open(`${this.#directory}/${last.name}`);
      this.#file = file;
      // Only now: a file opened while the lock was ours is none that another writer goes on in.
      this.#checkLock();
      const end = last.bytes ?? 0;
      if (file.size() > end) await file.truncate(end);
      await file.datasync();
    }
    await this.#files.syncDirectory(this.#directory);
  }

  /**
   * Seals the batch and makes it durable. After a throw nothing of it counts, and `restore()` must come before the next write.
   * Throws a `LogError` "locked" when another writer has taken the log over: whether it found this batch there is not known.
   */
  async write(batch: BlockBuilder): Promise<void> {
    const { file, segment } = await this.#room(batch.first);
    const offset = segment.bytes ?? 0;
    const block = batch.seal(this.#previous);
    await file.write(block, offset);
    await file.datasync();
    this.#checkLock();
    segment.note(batch.first, offset);
    segment.bytes = offset + block.length;
    this.#previous.set(block.subarray(-HASH_BYTES));
    this.#durable = batch.next;
  }

  /** Takes what is not durable off the disk and looks whether it takes bytes again; throws while it does not. */
  async restore(): Promise<void> {
    await this.close();
    await this.open();
    const [file, last] = [this.#file, this.segments.at(-1)];
    if (file === null || last === undefined) return;
    const end = last.bytes ?? 0;
    try {
      await file.write(new Uint8Array(PROBE_BYTES), end);
      await file.datasync();
    } finally {
      await file.truncate(end);
    }
    await file.datasync();
  }

  async noteHead(): Promise<void> {
    if (this.#durable === 0) return;
    this.#checkLock();
    const head = { position: this.#durable, sha256: hexOf(this.#previous) };
    await writeHead(this.#files, this.#directory, head, this.#lock.token);
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.close();
  }

  #checkLock(): void {
    if (!this.#lock.isHeld()) {
      const reason = "Another process has taken this log over; a log has one writer";
      throw new LogError("locked", { pointer: this.pointer, reason });
    }
  }

  /** The segment for the next block; a new one when the last is full. */
  async #room(first: number): Promise<{ file: LogFile; segment: Segment }> {
    const last = this.segments.at(-1);
    if (this.#file !== null && last !== undefined && (last.bytes ?? 0) < this.#segmentBytes)
      return { file: this.#file, segment: last };
    await this.noteHead();
    const segment = new Segment(first);
    const file = await this.#files.open(`${this.#directory}/${segment.name}`);
    try {
      await this.#files.syncDirectory(this.#directory);
      this.#checkLock();
      await this.close();
    } catch (error) {
      await file.close();
      throw error;
    }
    segment.bytes = 0;
    this.#file = file;
    this.segments.push(segment);
    return { file, segment };
  }
}
