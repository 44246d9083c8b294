/** The system of record: an append-only sequence of records, durable before it is acknowledged. */
import { BlockBuilder, FRAME_HEADER_BYTES, padded } from "./block.ts";
import type { DirectoryLock } from "./directory-lock.ts";
import type { FilePort } from "./file-port.ts";
import { clearLeftOvers, freshenLastSegment } from "./fresh-segment.ts";
import { LogError, logError } from "./log-error.ts";
import { type LogRecord, readRecords, readRecordsSync } from "./log-reader.ts";
import { LogTail } from "./log-tail.ts";
import { findEnd } from "./recovery.ts";

export const LOCK_NAME = "lock";
const SEGMENT_BYTES = 64 * 1024 * 1024;
const BATCH_BYTES = 4 * 1024 * 1024;
const SPARE_BATCHES = 2;

export interface LogOptions {
  readonly directory: string;
  readonly files: FilePort;
  /** A segment that has as many bytes is followed by a new one; default 64 MiB. */
  readonly segmentBytes?: number;
  /** A batch of so many bytes goes to disk though nobody waits for it; default 4 MiB. */
  readonly batchBytes?: number;
}

/** What opening had to do: a write that a crash cut off is taken off the end. It was never acknowledged. */
export interface Recovered {
  readonly cutBytes: number;
  /** Where it was and what is wrong with it; `null` when nothing was cut. */
  readonly reason: string | null;
}

interface Waiter {
  readonly position: number;
  readonly resolve: () => void;
  readonly reject: (error: LogError) => void;
}

export class EventLog {
  readonly #directory: string;
  readonly #files: FilePort;
  readonly #tail: LogTail;
  readonly #lock: DirectoryLock;
  readonly #batchBytes: number;
  #batch = new BlockBuilder();
  /** Batches that grew full before the disk was ready for them, in order. */
  readonly #full: BlockBuilder[] = [];
  readonly #spare: BlockBuilder[] = [];
  /** In order of position. */
  #waiters: Waiter[] = [];
  #writing: Promise<void> | null = null;
  #failure: LogError | null = null;
  #recovering: Promise<void> | null = null;
  #closed = false;

  private constructor(options: LogOptions, tail: LogTail, lock: DirectoryLock) {
    this.#directory = options.directory;
    this.#files = options.files;
    this.#tail = tail;
    this.#lock = lock;
    this.#batchBytes = options.batchBytes ?? BATCH_BYTES;
    this.#batch.begin(tail.durable);
  }

  /**
   * Opens or creates the log of a directory; a torn last block is cut off and said. Throws a `LogError`: "locked" when another
   * process has it, "damaged" (segment, byte offset, what was expected) when anything else is wrong with it.
   */
  static async open(options: LogOptions): Promise<{ log: EventLog; recovered: Recovered }> {
    const { directory, files, segmentBytes } = options;
    let lock: DirectoryLock | null = null;
    try {
      await files.makeDirectory(directory);
      lock = await files.lock(`${directory}/${LOCK_NAME}`);
      await clearLeftOvers(files, directory);
      if (lock.takenOver) await freshenLastSegment(files, directory, lock.token);
      const end = await findEnd(files, directory);
      const tail = new LogTail({ files, directory, lock }, segmentBytes ?? SEGMENT_BYTES, end);
      await tail.begin();
      const recovered = { cutBytes: end.tornBytes, reason: end.reason };
      return { log: new EventLog(options, tail, lock), recovered };
    } catch (error) {
      await lock?.release();
      throw logError(error, "", `open the log in ${directory}`);
    }
  }

  /** Position that the next append gets. */
  get next(): number {
    return this.#batch.next;
  }

  /** Everything below is durable. */
  get durable(): number {
    return this.#tail.durable;
  }

  /** Why the log takes nothing at present; `null` when it is well. See `recover()`. */
  get failure(): LogError | null {
    return this.#failure;
  }

  /** Whoever has it is the one writer; what is not acknowledged by the log needs a look at it before it is done. */
  get lock(): Pick<DirectoryLock, "isHeld" | "token" | "takenOver"> {
    return this.#lock;
  }

  /**
   * Copies a record into the open batch and returns its position; it is durable only after `commit()`. Throws a `LogError` when
   * the log has failed or is closed, a RangeError for a kind that is no u8 or a record beyond 256 MiB.
   */
  append(kind: number, bytes: Uint8Array): number {
    this.#usable();
    const position = this.#batch.next;
    const size = this.#batch.size + FRAME_HEADER_BYTES + padded(bytes.length);
    if (this.#batch.records > 0 && size > this.#batchBytes) {
      this.#full.push(this.#takeBatch());
      this.#startWriting();
    }
    this.#batch.add(kind, bytes);
    return position;
  }

  /**
   * Resolves when all that was appended before the call is durable. One write and sync at a time; the next begins as the last
   * ends and takes all that came meanwhile. Rejects with a `LogError` when it could not be made durable: then no record from
   * `durable` on counts, whoever appended it, and `next` is `durable` again.
   */
  async commit(): Promise<void> {
    this.#usable();
    await this.#flush();
  }

  /**
   * After a failure: takes what is not durable off the disk and looks whether it takes bytes again. Throws a `LogError` while it
   * does not; may be called as often as one likes. Does nothing when the log is well.
   */
  recover(): Promise<void> {
    this.#recovering ??= this.#restore().finally(() => {
      this.#recovering = null;
    });
    return this.#recovering;
  }

  /**
   * The durable records from position `from` up to, not including, `to` (default: all that are durable at the call). Throws a
   * `LogError` "damaged" when a block is not what was written.
   */
  read(from: number, to: number = this.durable): AsyncIterable<LogRecord> {
    return readRecords(this.#range(from, to));
  }

  /** As `read`, with blocking reads: for recovery, before there is anybody to keep waiting. */
  readSync(from: number, to: number = this.durable): Iterable<LogRecord> {
    return readRecordsSync(this.#range(from, to));
  }

  /** Commits, notes the head and gives the directory free. Throws when the last commit fails, but is closed then, too. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      if (this.#failure === null) {
        await this.#flush();
        await this.#tail.noteHead();
      }
    } catch (error) {
      throw logError(error, "", "close the log");
    } finally {
      await this.#writing;
      await this.#tail.close();
      await this.#lock.release();
    }
  }

  #usable(): void {
    if (this.#closed) throw closedError();
    if (this.#failure !== null) throw this.#failure;
  }

  #range(from: number, to: number) {
    if (this.#closed) throw closedError();
    return {
      files: this.#files,
      directory: this.#directory,
      segments: this.#tail.segments,
      from,
      to: Math.min(to, this.durable),
    };
  }

  #takeBatch(): BlockBuilder {
    const batch = this.#batch;
    this.#batch = this.#spare.pop() ?? new BlockBuilder();
    this.#batch.begin(batch.next);
    return batch;
  }

  async #flush(): Promise<void> {
    const position = this.next;
    if (position === this.durable) return;
    const durable = new Promise<void>((resolve, reject) => {
      this.#waiters.push({ position, resolve, reject });
    });
    this.#startWriting();
    await durable;
  }

  #startWriting(): void {
    this.#writing ??= this.#write();
  }

  async #write(): Promise<void> {
    // What is appended in the same turn of the loop shares the first write.
    await null;
    while (this.#full.length > 0 || this.#waiters.length > 0) {
      const batch = this.#full.shift() ?? this.#takeBatch();
      try {
        await this.#tail.write(batch);
      } catch (error) {
        this.#fail(logError(error, this.#tail.pointer, `make ${batch.records} records durable`));
        break;
      }
      if (this.#spare.length < SPARE_BATCHES) this.#spare.push(batch);
      while (this.#waiters.length > 0 && this.#waiters[0]!.position <= this.durable)
        this.#waiters.shift()!.resolve();
    }
    this.#writing = null;
  }

  #fail(error: LogError): void {
    this.#failure = error;
    this.#full.length = 0;
    this.#batch.begin(this.durable);
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter.reject(error);
  }

  async #restore(): Promise<void> {
    if (this.#closed) throw closedError();
    if (this.#failure === null) return;
    await this.#writing;
    try {
      await this.#tail.restore();
    } catch (error) {
      this.#failure = logError(error, this.#tail.pointer, "recover the log");
      throw this.#failure;
    }
    this.#failure = null;
  }
}

function closedError(): LogError {
  return new LogError("closed", { pointer: "", reason: "The log was closed before this call" });
}
