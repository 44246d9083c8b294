/**
 * What became of every notification: one line of JSON per change, in files of a month, durable before anything is sent.
 * It is the outbox: what it holds as waiting is delivered after a restart, and where the log is read on is the position
 * of its newest line.
 */
import type { FilePort } from "../log/file-port.ts";
import { type Fence, LineFile, removeDrafts } from "../log/line-file.ts";
import type { Notice } from "./notice.ts";

const FILE_NAME = /^notices-\d{4}-\d\d\.jsonl$/;
/** Ended notices that are kept in memory for the desk. */
const KEPT_MAX = 20_000;

export class NoticeJournal {
  readonly #directory: string;
  readonly #files: FilePort;
  readonly #lock: () => Fence;
  /** The month written to, and its file. */
  #current: { readonly name: string; readonly file: LineFile } | null = null;
  /** Newest last. */
  readonly #notices = new Map<string, Notice>();
  #position = -1;
  #writing: Promise<void> = Promise.resolve();

  /** `lock`: that of the log. */
  constructor(directory: string, files: FilePort, lock: () => Fence) {
    this.#directory = directory;
    this.#files = files;
    this.#lock = lock;
  }

  /** Reads what stands there. Lines that a crash cut off are taken off. */
  async open(): Promise<void> {
    await this.#files.makeDirectory(this.#directory);
    await removeDrafts(this.#files, this.#directory);
    const names = (await this.#files.list(this.#directory)).filter((name) => FILE_NAME.test(name));
    for (const name of names) {
      const { file, lines } = await this.#open(name);
      this.#current = { name, file };
      for (const line of new TextDecoder().decode(lines).split("\n")) {
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

  /** Resolves when the lines are durable; a notice that is there already is replaced. */
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
    const name = `notices-${new Date(first.at).toISOString().slice(0, 7)}.jsonl`;
    const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
    const written = this.#writing
      .then(() => this.#fileOf(name))
      .then((file) => file.append(text, { durable: true }))
      .then(() => {
        for (const { position } of entries) this.#position = Math.max(this.#position, position);
        done();
      });
    this.#writing = written.catch(() => undefined);
    return written;
  }

  #open(name: string) {
    return LineFile.open(this.#files, `${this.#directory}/${name}`, { lock: this.#lock, renew: true });
  }

  async #fileOf(name: string): Promise<LineFile> {
    if (this.#current?.name === name) return this.#current.file;
    const { file } = await this.#open(name);
    this.#current = { name, file };
    return file;
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
