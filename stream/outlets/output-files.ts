/**
 * Every output as a line of JSON: `outputs/<log position of the first line>.jsonl`, a new file every 64 MiB. The file
 * itself says how far it is (`logposition` of its last line), so after a crash it goes on without gap or repeat. What the
 * disk is too slow for is not queued without end: it is read back from the log once the disk has caught up.
 */
import { appendFile, mkdir, open, readdir, stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import type { EventLog } from "../log/event-log.ts";
import { RECORD_KINDS } from "../record-kind.ts";

/** Outputs that may wait in memory for the disk. */
const WAITING_MAX = 10_000;
const FILE_BYTES = 64 * 1024 * 1024;
/** Where the last line of a file is looked for; a line is shorter. */
const TAIL_BYTES = 512 * 1024;
const LINES_AT_ONCE = 1_000;

interface Line {
  readonly position: number;
  readonly json: string;
}

export class OutputFiles {
  readonly #directory: string;
  readonly #log: () => EventLog;
  #file: string | null = null;
  #bytes = 0;
  #last = -1;
  #hasBegun = false;
  #waiting: Line[] = [];
  /** Outputs behind `#last` are missing in memory and must be read from the log. */
  #hasGap = true;
  #writing: Promise<void> | null = null;
  #failure: Error | null = null;

  /** Touches nothing before it hears: until this process has the log, the files may be another's. */
  constructor(directory: string, log: () => EventLog) {
    this.#directory = directory;
    this.#log = log;
  }

  /** Log position of the newest output that stands in the files; -1 = none, or nothing heard yet. */
  get position(): number {
    return this.#last;
  }

  /** Why nothing is written at present; `null` when all is well. The next output tries again. */
  get failure(): Error | null {
    return this.#failure;
  }

  /** Hears outputs that are durable, in the order of the log. */
  hear(outputs: readonly Line[]): void {
    if (this.#waiting.length + outputs.length > WAITING_MAX) {
      this.#waiting = [];
      this.#hasGap = true;
    } else if (!this.#hasGap) {
      this.#waiting.push(...outputs);
    }
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null;
    });
  }

  /** Resolves when nothing waits any more, or when the disk takes nothing. */
  async drain(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    try {
      if (!this.#hasBegun) await this.#begin();
      while (this.#hasGap || this.#waiting.length > 0) {
        if (this.#hasGap) await this.#catchUp();
        else await this.#append(this.#waiting.splice(0, LINES_AT_ONCE));
      }
      this.#failure = null;
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
      this.#hasGap = true;
      this.#waiting = [];
    }
  }

  /** A line that a crash cut off is taken off. */
  async #begin(): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const end = await endOfFiles(this.#directory);
    this.#file = end.name;
    this.#bytes = end.bytes;
    this.#last = end.position;
    this.#hasBegun = true;
  }

  async #catchUp(): Promise<void> {
    this.#hasGap = false;
    const decoder = new TextDecoder();
    let lines: Line[] = [];
    for await (const { kind, position, bytes } of this.#log().read(this.#last + 1)) {
      if (kind !== RECORD_KINDS.output) continue;
      lines.push({ position, json: decoder.decode(bytes) });
      if (lines.length < LINES_AT_ONCE) continue;
      await this.#append(lines);
      lines = [];
    }
    await this.#append(lines);
  }

  async #append(lines: readonly Line[]): Promise<void> {
    const fresh = lines.filter(({ position }) => position > this.#last);
    const [first, newest] = [fresh[0], fresh.at(-1)];
    if (first === undefined || newest === undefined) return;
    if (this.#file === null || this.#bytes >= FILE_BYTES) {
      this.#file = `${String(first.position).padStart(16, "0")}.jsonl`;
      this.#bytes = 0;
    }
    const text = fresh
      .map(({ position, json }) => `${json.slice(0, -1)},"logposition":${position}}\n`)
      .join("");
    await appendFile(join(this.#directory, this.#file), text, { mode: 0o600 });
    this.#bytes += Buffer.byteLength(text);
    this.#last = newest.position;
  }
}

interface FileEnd {
  readonly name: string | null;
  readonly bytes: number;
  readonly position: number;
}

/** Where the newest file ends; half a line at its end is cut off. */
async function endOfFiles(directory: string): Promise<FileEnd> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".jsonl")).sort();
  const name = names.at(-1);
  if (name === undefined) return { name: null, bytes: 0, position: -1 };
  const path = join(directory, name);
  const { size } = await stat(path);
  const tail = await tailOf(path, size);
  const end = tail.lastIndexOf("\n") + 1;
  const bytes = size - (Buffer.byteLength(tail) - Buffer.byteLength(tail.slice(0, end)));
  if (bytes < size) await truncate(path, bytes);
  const line = tail.slice(tail.lastIndexOf("\n", end - 2) + 1, end);
  const position = Number(/"logposition":(\d+)\}\n$/.exec(line)?.[1] ?? Number(name.slice(0, 16)) - 1);
  return { name, bytes, position };
}

async function tailOf(path: string, size: number): Promise<string> {
  const file = await open(path, "r");
  try {
    const length = Math.min(size, TAIL_BYTES);
    const bytes = Buffer.alloc(length);
    await file.read(bytes, 0, length, size - length);
    return bytes.toString("utf8");
  } finally {
    await file.close();
  }
}
