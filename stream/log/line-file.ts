/**
 * A file of lines that only grows, for what can be made again from the log. What a crash left at its end is cut off when it
 * is opened: half a line, and everything from the first hole on, for a loss of power may keep a later sector without an
 * earlier one.
 */
import type { DirectoryLock } from "./directory-lock.ts";
import type { FilePort, LogFile } from "./file-port.ts";
import { LogError } from "./log-error.ts";

const NEWLINE = 10;
const DRAFT = ".draft";

export class LineFile {
  readonly #files: FilePort;
  readonly #path: string;
  readonly #lock: () => Fence;
  #bytes: number;

  private constructor(files: FilePort, path: string, lock: () => Fence, bytes: number) {
    this.#files = files;
    this.#path = path;
    this.#lock = lock;
    this.#bytes = bytes;
  }

  /**
   * Opens or creates it. Returns what it holds, too: whole lines, as bytes. With `renew` it becomes a new file of the same lines
   * under the same name: what a process of before still writes, or failed to make durable, is then none of ours. Throws the
   * system's error, or a `LogError` "locked".
   */
  static async open(
    files: FilePort,
    path: string,
    { lock, renew }: LineFileOptions,
  ): Promise<{ file: LineFile; lines: Uint8Array; cutBytes: number }> {
    const bytes = await bytesOf(files, path);
    const hole = bytes.indexOf(0);
    const lines = bytes.subarray(
      0,
      bytes.subarray(0, hole < 0 ? bytes.length : hole).lastIndexOf(NEWLINE) + 1,
    );
    const file = new LineFile(files, path, lock, lines.length);
    if (renew) await file.#renew(lines);
    else if (lines.length < bytes.length) await file.makeDurable();
    return { file, lines, cutBytes: bytes.length - lines.length };
  }

  async #renew(lines: Uint8Array): Promise<void> {
    const draft = `${this.#path}.${this.#lock().token}${DRAFT}`;
    const copy = await this.#files.open(draft);
    try {
      await copy.write(lines, 0);
      await copy.datasync();
    } finally {
      await copy.close();
    }
    this.#checkLock();
    await this.#files.rename(draft, this.#path);
    await this.#files.syncDirectory(this.#path.slice(0, this.#path.lastIndexOf("/")));
  }

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Adds whole lines; with `durable` they outlive a loss of power. One call at a time. After a throw of the system's error
   * nothing of them counts: what may stand there is written over by the next.
   */
  async append(text: string, { durable }: { readonly durable: boolean }): Promise<void> {
    const bytes = new TextEncoder().encode(text);
    const file = await this.#files.open(this.#path);
    try {
      this.#checkLock();
      // Somebody may have taken the file away meanwhile.
      const end = Math.min(this.#bytes, file.size());
      await cutTo(file, end);
      await file.write(bytes, end);
      if (durable) await file.datasync();
      this.#bytes = end + bytes.length;
    } finally {
      await file.close();
    }
  }

  /** Makes all that was added outlive a loss of power. */
  makeDurable(): Promise<void> {
    return this.append("", { durable: true });
  }

  #checkLock(): void {
    if (this.#lock().isHeld()) return;
    const reason = "Another process has taken over the log that this is made from";
    throw new LogError("locked", { pointer: this.#path, reason });
  }
}

/** Of the log that the lines are made from. */
export type Fence = Pick<DirectoryLock, "isHeld" | "token" | "takenOver">;

export interface LineFileOptions {
  readonly lock: () => Fence;
  readonly renew: boolean;
}

/** Takes away what processes left that died while they renewed a file. */
export async function removeDrafts(files: FilePort, directory: string): Promise<void> {
  for (const name of await files.list(directory))
    if (name.endsWith(DRAFT)) await files.remove(`${directory}/${name}`);
}

async function bytesOf(files: FilePort, path: string): Promise<Uint8Array> {
  const file = await files.open(path);
  try {
    const bytes = new Uint8Array(file.size());
    return bytes.subarray(0, await file.read(bytes, 0));
  } finally {
    await file.close();
  }
}

async function cutTo(file: LogFile, bytes: number): Promise<void> {
  if (file.size() > bytes) await file.truncate(bytes);
}
