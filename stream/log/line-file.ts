/**
 * A file of lines that only grows, for what can be made again from the log. What a crash left at its end is cut off when it
 * is opened: half a line, and everything from the first hole on, for a loss of power may keep a later sector without an
 * earlier one.
 */
import type { FilePort, LogFile } from "./file-port.ts";

const NEWLINE = 10;

export class LineFile {
  readonly #files: FilePort;
  readonly #path: string;
  #bytes: number;

  private constructor(files: FilePort, path: string, bytes: number) {
    this.#files = files;
    this.#path = path;
    this.#bytes = bytes;
  }

  /** Opens or creates it. Returns what it holds, too: whole lines, as bytes. Throws the system's error. */
  static async open(
    files: FilePort,
    path: string,
  ): Promise<{ file: LineFile; lines: Uint8Array; cutBytes: number }> {
    const file = await files.open(path);
    try {
      const bytes = new Uint8Array(file.size());
      const all = bytes.subarray(0, await file.read(bytes, 0));
      const hole = all.indexOf(0);
      const lines = all.subarray(0, all.subarray(0, hole < 0 ? all.length : hole).lastIndexOf(NEWLINE) + 1);
      if (lines.length < all.length) {
        await file.truncate(lines.length);
        await file.datasync();
      }
      return { file: new LineFile(files, path, lines.length), lines, cutBytes: all.length - lines.length };
    } finally {
      await file.close();
    }
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
  async makeDurable(): Promise<void> {
    const file = await this.#files.open(this.#path);
    try {
      await file.datasync();
    } finally {
      await file.close();
    }
  }
}

async function cutTo(file: LogFile, bytes: number): Promise<void> {
  if (file.size() > bytes) await file.truncate(bytes);
}
