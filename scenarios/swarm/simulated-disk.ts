/**
 * The disk under the swarm's processes: slow, full, read-only or failing as told. A process that dies leaves the call that it
 * was in half done; a loss of power leaves of everything that was not synced what chance leaves. Calls of the dead are never
 * answered.
 */
import type { FilePort, LogFile } from "../../stream/log/file-port.ts";
import type { Random } from "../../twin/kernel/random.ts";
import { type Life, OBSERVER } from "./life.ts";
import { Platter } from "./platter.ts";
import type { Scheduler } from "./scheduler.ts";

export type DiskCall = "write" | "sync" | "read" | "name";

/** Names given or taken since the directory was synced: after a loss of power each of them may be undone. */
interface Renaming {
  readonly directory: string;
  readonly names: readonly (readonly [path: string, file: Platter | null])[];
}

interface Pending {
  readonly life: Life;
  readonly call: DiskCall;
  /** Does a part of it, or all, or nothing: the process died meanwhile. */
  readonly cut: () => void;
}

/** What a call needs, ms: the usual, and now and then much longer. */
const USUAL_MS: Readonly<Record<DiskCall, readonly [number, number]>> = {
  write: [0.02, 0.2],
  sync: [0.3, 3],
  read: [0.01, 0.1],
  name: [0.02, 0.2],
};

function systemError(code: string, call: string): Error {
  return Object.assign(new Error(`${code}: injected, ${call}`), { code });
}

export class SimulatedDisk {
  /** Bytes that all files may have together. */
  capacity = Number.POSITIVE_INFINITY;
  /** Every change fails with EROFS. */
  readOnly = false;
  /** So many of the next syncs or writes fail with EIO. */
  failingSyncs = 0;
  failingWrites = 0;
  /** Calls take so many times as long. */
  slowness = 1;
  /** Before a call takes effect: whoever hears it may kill the process. */
  onCall: (life: Life, call: DiskCall) => void = () => undefined;
  readonly #scheduler: Scheduler;
  readonly #random: Random;
  #files = new Map<string, Platter>();
  #sureFiles = new Map<string, Platter>();
  #renamings: Renaming[] = [];
  readonly #pending = new Set<Pending>();

  constructor(scheduler: Scheduler, random: Random) {
    this.#scheduler = scheduler;
    this.#random = random;
  }

  /** The disk as one process sees it, but for the lock. */
  portOf(life: Life): Omit<FilePort, "lock"> {
    return {
      makeDirectory: () => this.#call(life, "name", () => undefined),
      list: (directory) => this.#call(life, "read", () => this.list(directory)),
      open: (path) => this.#call(life, "name", () => this.#handle(life, this.#openOrCreate(path))),
      openRead: (path) => this.#handle(life, this.#file(path)),
      remove: (path) => this.#call(life, "name", () => this.#rename([[path, null]])),
      rename: (from, to) =>
        this.#call(life, "name", () => {
          const file = this.#file(from);
          this.#rename([
            [from, null],
            [to, file],
          ]);
        }),
      syncDirectory: (directory) => this.#sync(life, () => this.#syncNames(directory)),
    };
  }

  /** Creates a file; `false` = there is one of that name. */
  createNew(life: Life, path: string): Promise<boolean> {
    return this.#call(life, "name", () => {
      if (this.#files.has(path)) return false;
      this.#openOrCreate(path);
      return true;
    });
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  list(directory: string): string[] {
    const inside = [...this.#files.keys()].filter((path) => path.startsWith(`${directory}/`));
    return inside
      .map((path) => path.slice(directory.length + 1))
      .filter((name) => !name.includes("/"))
      .sort();
  }

  /** What a file says now; `null` = there is none. */
  textOf(path: string): string | null {
    const file = this.#files.get(path);
    return file === undefined ? null : new TextDecoder().decode(file.read(0, file.size));
  }

  /** What a file would say after a loss of power at its worst. */
  sureTextOf(path: string): string {
    const file = this.#files.get(path);
    return file === undefined ? "" : new TextDecoder().decode(file.sure());
  }

  /** The process dies in the midst of its calls; what it wrote stays in the system's cache. */
  kill(life: Life): void {
    for (const pending of this.#pending) {
      if (pending.life !== life) continue;
      this.#pending.delete(pending);
      pending.cut();
    }
  }

  /** The power goes: of what was not synced, chance decides. All processes must be dead. */
  losePower(): void {
    this.#pending.clear();
    const isInOrder = this.#random.chance(0.6);
    const kept = this.#random.int(0, this.#renamings.length);
    for (const [i, { names }] of this.#renamings.entries()) {
      if (isInOrder ? i >= kept : this.#random.chance(0.5)) continue;
      for (const [path, file] of names) setName(this.#sureFiles, path, file);
    }
    this.#renamings = [];
    this.#files = new Map(this.#sureFiles);
    for (const file of new Set(this.#files.values())) file.lose(this.#random);
  }

  #call<T>(life: Life, call: DiskCall, effect: () => T, cut: () => void = effect): Promise<T> {
    if (life === OBSERVER) return Promise.resolve().then(effect);
    const [low, high] = USUAL_MS[call];
    const isHeldUp = this.#random.chance(0.01);
    const ms = this.#random.between(low, high) * this.slowness * (isHeldUp ? 30 : 1);
    const failure = this.#failureOf(call);
    return new Promise((resolve, reject) => {
      // What half a call leaves behind, or a whole one that nobody heard the answer of.
      const half = () => {
        if (failure === null && this.#random.chance(0.5)) attempt(cut);
      };
      const pending: Pending = { life, call, cut: half };
      this.#pending.add(pending);
      this.#scheduler.after(ms, () => {
        if (!life.isAlive) return;
        this.onCall(life, call);
        if (!this.#pending.delete(pending)) return;
        if (failure !== null) {
          if (call === "write") attempt(cut);
          reject(failure);
          return;
        }
        try {
          resolve(effect());
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  #failureOf(call: DiskCall): Error | null {
    if (call === "read") return null;
    if (this.readOnly && call !== "sync") return systemError("EROFS", call);
    if (call === "write" && this.failingWrites > 0) {
      this.failingWrites--;
      return systemError("EIO", "write");
    }
    return null;
  }

  #sync(life: Life, effect: () => void, failed: () => void = () => undefined): Promise<void> {
    return this.#call(life, "sync", () => {
      if (this.failingSyncs > 0) {
        this.failingSyncs--;
        failed();
        throw systemError("EIO", "fdatasync");
      }
      effect();
    });
  }

  #write(life: Life, file: Platter, source: Uint8Array, offset: number): Promise<void> {
    const bytes = source.slice();
    const some = () => file.write(bytes.subarray(0, this.#random.int(0, bytes.length)), offset);
    return this.#call(
      life,
      "write",
      () => {
        const room = this.#roomFor(file, offset + bytes.length);
        file.write(bytes.subarray(0, Math.max(0, bytes.length - room.lacking)), offset);
        if (room.lacking > 0) throw systemError("ENOSPC", "write");
      },
      some,
    );
  }

  #roomFor(file: Platter, end: number): { lacking: number } {
    if (this.capacity === Number.POSITIVE_INFINITY) return { lacking: 0 };
    const growth = Math.max(0, end - file.size);
    return { lacking: Math.min(growth, Math.max(0, this.used + growth - this.capacity)) };
  }

  get used(): number {
    let used = 0;
    for (const file of this.#files.values()) used += file.size;
    return used;
  }

  #openOrCreate(path: string): Platter {
    const found = this.#files.get(path);
    if (found !== undefined) return found;
    const file = new Platter();
    this.#rename([[path, file]]);
    return file;
  }

  #rename(names: Renaming["names"]): void {
    for (const [path, file] of names) setName(this.#files, path, file);
    const [path] = names[0]!;
    this.#renamings.push({ directory: path.slice(0, path.lastIndexOf("/")), names });
  }

  #syncNames(directory: string): void {
    const left: Renaming[] = [];
    for (const renaming of this.#renamings) {
      if (renaming.directory !== directory) left.push(renaming);
      else for (const [path, file] of renaming.names) setName(this.#sureFiles, path, file);
    }
    this.#renamings = left;
  }

  #file(path: string): Platter {
    const file = this.#files.get(path);
    if (file === undefined) throw systemError("ENOENT", path);
    return file;
  }

  #handle(life: Life, file: Platter): LogFile {
    const readSync = (target: Uint8Array, offset: number): number => {
      const bytes = file.read(offset, target.length);
      target.set(bytes);
      return bytes.length;
    };
    return {
      write: (bytes, offset) => this.#write(life, file, bytes, offset),
      datasync: () => {
        const count = file.changed;
        return this.#sync(
          life,
          () => file.sync(count),
          () => file.forget(count),
        );
      },
      read: (target, offset) => this.#call(life, "read", () => readSync(target, offset)),
      readSync,
      truncate: (size) => this.#call(life, "name", () => file.truncate(size)),
      size: () => file.size,
      close: () => Promise.resolve(),
      closeSync: () => undefined,
    };
  }
}

function setName(files: Map<string, Platter>, path: string, file: Platter | null): void {
  if (file === null) files.delete(path);
  else files.set(path, file);
}

/** What fails here nobody hears of. */
function attempt(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}
