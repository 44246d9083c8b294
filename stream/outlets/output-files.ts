/**
 * Every output as a line of JSON: `outputs/<log position of the first line>.jsonl`, a new file every 64 MiB. The file
 * itself says how far it is (`logposition` of its last line), so after a crash it goes on without gap or repeat. What the
 * disk is too slow for is not queued without end: it is read back from the log once the disk has caught up.
 */
import type { EventLog } from "../log/event-log.ts";
import type { FilePort } from "../log/file-port.ts";
import { LineFile, removeDrafts } from "../log/line-file.ts";
import { RECORD_KINDS } from "../record-kind.ts";

/** Outputs that may wait in memory for the disk. */
const WAITING_MAX = 10_000;
const FILE_BYTES = 64 * 1024 * 1024;
const LINES_AT_ONCE = 1_000;
const NEWLINE = 10;

interface Line {
  readonly position: number;
  readonly json: string;
}

export class OutputFiles {
  readonly #directory: string;
  readonly #files: FilePort;
  readonly #log: () => EventLog;
  #file: LineFile | null = null;
  #last = -1;
  #hasBegun = false;
  #waiting: Line[] = [];
  /** Outputs behind `#last` are missing in memory and must be read from the log. */
  #hasGap = true;
  #writing: Promise<void> | null = null;
  #failure: Error | null = null;

  /** Touches nothing before it hears: until this process has the log, the files may be another's. */
  constructor(directory: string, files: FilePort, log: () => EventLog) {
    this.#directory = directory;
    this.#files = files;
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

  /** Goes on with the newest file that has a whole line; what a crash left of others is taken off. */
  async #begin(): Promise<void> {
    await this.#files.makeDirectory(this.#directory);
    await removeDrafts(this.#files, this.#directory);
    const names = (await this.#files.list(this.#directory)).filter((name) => name.endsWith(".jsonl"));
    for (const name of names.reverse()) {
      const { file, lines } = await this.#open(`${this.#directory}/${name}`);
      const position = lastPosition(lines);
      if (position !== null) {
        this.#file = file;
        this.#last = position;
        break;
      }
      await this.#files.remove(`${this.#directory}/${name}`);
    }
    this.#hasBegun = true;
  }

  #open(path: string) {
    const lock = () => this.#log().lock;
    return LineFile.open(this.#files, path, { lock, renew: lock().takenOver });
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
    if (this.#file === null || this.#file.bytes >= FILE_BYTES) {
      const path = `${this.#directory}/${String(first.position).padStart(16, "0")}.jsonl`;
      await this.#file?.makeDurable();
      this.#file = (await this.#open(path)).file;
    }
    const text = fresh
      .map(({ position, json }) => `${json.slice(0, -1)},"logposition":${position}}\n`)
      .join("");
    await this.#file.append(text, { durable: false });
    this.#last = newest.position;
  }
}

/** `logposition` of the last of the lines; `null` = there is none. */
function lastPosition(lines: Uint8Array): number | null {
  const start = lines.subarray(0, -1).lastIndexOf(NEWLINE) + 1;
  const text = new TextDecoder().decode(lines.subarray(start));
  const position = /"logposition":(\d+)\}\n$/.exec(text)?.[1];
  return position === undefined ? null : Number(position);
}
