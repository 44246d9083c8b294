/**
 * Who looked at evidence, and when: one line of JSON a read, in files of a month, each line chained to the one before by
 * SHA-256, so that a line that is taken out or changed shows. A read is answered only when its line is written.
 */
import { createHash } from "node:crypto";
import { appendFile, mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Principal } from "../../twin/authority/principal.ts";

export interface EvidenceRead {
  /** RFC 3339. */
  readonly time: string;
  readonly who: string;
  readonly role: string;
  readonly what: string;
  /** SHA-256 of the line before and this line without it, hexadecimal. */
  readonly hash: string;
}

const FIRST = "0".repeat(64);
/** Newest reads that are shown. */
const SHOWN_MAX = 1_000;

export class ReadAudit {
  readonly #directory: string;
  readonly #now: () => number;
  #before: string | null = null;
  /** Lines are written one after the other: each needs the hash of the one before. */
  #writing: Promise<void> = Promise.resolve();

  /** `now`: wall clock, ms since epoch. */
  constructor(directory: string, now: () => number) {
    this.#directory = directory;
    this.#now = now;
  }

  /** Rejects if the line cannot be written. */
  note({ id, role }: Principal, what: string): Promise<void> {
    const written = this.#writing.then(() => this.#append(id, role, what));
    this.#writing = written.catch(() => {
      this.#before = null;
    });
    return written;
  }

  /** The newest reads, newest first. */
  async newest(): Promise<EvidenceRead[]> {
    const reads: EvidenceRead[] = [];
    for (const file of (await this.#files()).reverse()) {
      reads.push(...(await this.#linesOf(file)).reverse());
      if (reads.length >= SHOWN_MAX) break;
    }
    return reads.slice(0, SHOWN_MAX);
  }

  async #append(who: string, role: string, what: string): Promise<void> {
    await mkdir(this.#directory, { recursive: true });
    this.#before ??= (await this.newest())[0]?.hash ?? FIRST;
    const time = new Date(this.#now()).toISOString();
    const hash = chained(this.#before, { time, who, role, what });
    const file = join(this.#directory, `reads-${time.slice(0, 7)}.jsonl`);
    await appendFile(file, `${JSON.stringify({ time, who, role, what, hash })}\n`, { mode: 0o600 });
    this.#before = hash;
  }

  async #files(): Promise<string[]> {
    await mkdir(this.#directory, { recursive: true });
    return (await readdir(this.#directory)).filter((name) => /^reads-\d{4}-\d\d\.jsonl$/.test(name)).sort();
  }

  /** A last line that a crash cut off is none. */
  async #linesOf(file: string): Promise<EvidenceRead[]> {
    const text = await readFile(join(this.#directory, file), "utf8");
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    return whole.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
  }
}

/** Place of the first read whose chain does not hold, oldest first; -1 = all hold. */
export function brokenRead(oldestFirst: readonly EvidenceRead[], before: string = FIRST): number {
  let last = before;
  for (const [i, { hash, ...read }] of oldestFirst.entries()) {
    if (chained(last, read) !== hash) return i;
    last = hash;
  }
  return -1;
}

function chained(before: string, { time, who, role, what }: Omit<EvidenceRead, "hash">): string {
  return createHash("sha256")
    .update(`${before}\n${JSON.stringify([time, who, role, what])}`)
    .digest("hex");
}
