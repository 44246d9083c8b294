/**
 * Reads a log that another thread writes: the durable records, one after the other, at its own pace. It takes no lock, writes
 * nothing, and reads with blocking calls, so that none of the writer's syncs waits behind it in the pool of threads.
 */
import type { FilePort } from "./file-port.ts";
import { type LogRecord, readRecordsSync } from "./log-reader.ts";
import { type Segment, segmentsAmong } from "./segment.ts";

export class LogFollower {
  readonly #files: FilePort;
  readonly #directory: string;
  /** Kept with the index that reading gives them. */
  readonly #segments: Segment[] = [];
  #position: number;

  /** `directory`: that of the log; `from`: the first position to read. */
  constructor(files: FilePort, directory: string, from = 0) {
    this.#files = files;
    this.#directory = directory;
    this.#position = from;
  }

  /** Position of the next record. */
  get position(): number {
    return this.#position;
  }

  /**
   * Reads on up to, not including, position `durable`, below which everything must be durable; whoever stops early goes on
   * later. Throws a `LogError` "damaged", or the system's error, and stands where it was.
   */
  async *read(durable: number): AsyncGenerator<LogRecord, void> {
    if (this.#position >= durable) return;
    await this.#findSegments();
    const range = {
      files: this.#files,
      directory: this.#directory,
      segments: this.#segments,
      from: this.#position,
      to: durable,
    };
    for (const record of readRecordsSync(range)) {
      this.#position = record.position + 1;
      yield record;
    }
  }

  async #findSegments(): Promise<void> {
    const known = new Set(this.#segments.map(({ name }) => name));
    const found = segmentsAmong(await this.#files.list(this.#directory));
    this.#segments.push(...found.filter((one) => !known.has(one.name) && this.#hasBytes(one)));
  }

  /** An empty one is the next, or was given up when another writer took over. */
  #hasBytes({ name }: Segment): boolean {
    const file = this.#files.openRead(`${this.#directory}/${name}`);
    try {
      return file.size() > 0;
    } finally {
      file.closeSync();
    }
  }
}
