/**
 * What became of every notification: one line of JSON per change, in files of a month, appended before anything is sent.
 * It is the outbox: what it holds as waiting is delivered after a restart, and where the log is read on is the position
 * of its newest line.
 */
import { appendFile, mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Notice } from "./notice.ts";

/** Ended notices that are kept in memory for the desk. */
const KEPT_MAX = 20_000;

export class NoticeJournal {
  readonly #directory: string;
  /** Newest last. */
  readonly #notices = new Map<string, Notice>();
  #position = -1;
  #writing: Promise<void> = Promise.resolve();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Reads what stands there. A last line that a crash cut off is none. */
  async open(): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const files = (await readdir(this.#directory)).filter((name) => /^notices-\d{4}-\d\d\.jsonl$/.test(name));
    for (const file of files.sort()) {
      const text = await readFile(join(this.#directory, file), "utf8");
      for (const line of text.slice(0, text.lastIndexOf("\n") + 1).split("\n")) {
        if (line === "") continue;
        const entry: Notice | { readonly position: number } = JSON.parse(line);
        if ("notification" in entry) this.#keep(entry);
        this.#position = Math.max(this.#position, entry.position);
      }
    }
  }

  /** Log position up to which everything was taken; -1 = nothing yet. */
  get position(): number {
    return this.#position;
  }

  get(notification: string): Notice | undefined {
    return this.#notices.get(notification);
  }

  waiting(): Notice[] {
    return [...this.#notices.values()].filter(({ state }) => state === "waiting");
  }

  newestFirst(): Notice[] {
    return [...this.#notices.values()].reverse();
  }

  /** Resolves when the lines are written; a notice that is there already is replaced. */
  write(notices: readonly Notice[]): Promise<void> {
    return this.#append(notices, () => {
      for (const notice of notices) this.#keep(notice);
    });
  }

  /** Everything up to there is taken, though nothing of it was a notification. */
  advance(position: number, time: number): Promise<void> {
    return this.#append([{ position, at: time }], () => undefined);
  }

  #append(
    entries: readonly { readonly position: number; readonly at: number }[],
    done: () => void,
  ): Promise<void> {
    const [first] = entries;
    if (first === undefined) return Promise.resolve();
    const file = join(this.#directory, `notices-${new Date(first.at).toISOString().slice(0, 7)}.jsonl`);
    const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
    const written = this.#writing
      .then(() => appendFile(file, text, { mode: 0o600 }))
      .then(() => {
        for (const { position } of entries) this.#position = Math.max(this.#position, position);
        done();
      });
    this.#writing = written.catch(() => undefined);
    return written;
  }

  #keep(notice: Notice): void {
    this.#notices.set(notice.notification, notice);
    if (this.#notices.size <= KEPT_MAX) return;
    for (const [key, { state }] of this.#notices) {
      if (state === "waiting") continue;
      this.#notices.delete(key);
      return;
    }
  }
}
