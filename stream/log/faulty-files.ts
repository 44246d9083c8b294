/**
 * A disk in memory that fails as told, for tests: it fills up, turns read-only, fails to sync, and loses power at a given byte or
 * sync, after which what was not synced is lost, kept or torn as a `Random` says. Same seed, same ruin.
 */
import type { Random } from "../../twin/kernel/random.ts";
import type { DirectoryLock } from "./directory-lock.ts";
import type { FilePort, LogFile } from "./file-port.ts";
import { LogError } from "./log-error.ts";

const SECTOR_BYTES = 512;

/** A system error as the real disk throws it. */
function systemError(code: string, call: string): Error {
  return Object.assign(new Error(`${code}: injected, ${call}`), { code });
}

type Change = { readonly offset: number; readonly bytes: Uint8Array } | { readonly size: number };

/** What stands on the platter, and what the system only holds in its cache. */
class Inode {
  synced: Uint8Array = new Uint8Array(0);
  cached: Uint8Array = new Uint8Array(0);
  changes: Change[] = [];

  apply(change: Change): void {
    this.changes.push(change);
    this.cached = changed(this.cached, change);
  }

  /** What an earlier sync failed to write counts as written for the system: it is not written now either. */
  sync(): void {
    for (const change of this.changes) this.synced = changed(this.synced, change);
    this.changes = [];
  }

  /** Power is gone: each sector that was not synced stays or goes. */
  lose(random: Random): void {
    let bytes = this.synced;
    for (const change of this.changes) {
      if ("size" in change) {
        if (random.chance(0.5)) bytes = changed(bytes, change);
        continue;
      }
      const share = random.next();
      for (let at = 0; at < change.bytes.length; at += SECTOR_BYTES) {
        const sector = { offset: change.offset + at, bytes: change.bytes.subarray(at, at + SECTOR_BYTES) };
        if (random.chance(share)) bytes = changed(bytes, sector);
      }
    }
    this.synced = bytes;
    this.cached = bytes.slice();
    this.changes = [];
  }
}

function changed(bytes: Uint8Array, change: Change): Uint8Array {
  const end = "size" in change ? change.size : Math.max(bytes.length, change.offset + change.bytes.length);
  const result = new Uint8Array(end);
  result.set(bytes.subarray(0, end));
  if (!("size" in change)) result.set(change.bytes, change.offset);
  return result;
}

export class FaultyFiles implements FilePort {
  /** Bytes that all files together may have; beyond it a write stores what fits and fails with ENOSPC. */
  capacity = Number.POSITIVE_INFINITY;
  /** Every change fails with EROFS. */
  readOnly = false;
  /** So many syncs fail with EIO, and what they should have made durable is lost from the platter. */
  failingSyncs = 0;
  /** Power goes when so many bytes were written in all, in the midst of that write. */
  crashAtByte = Number.POSITIVE_INFINITY;
  /** Power goes in the n-th sync, before it had any effect. */
  crashAtSync = Number.POSITIVE_INFINITY;
  /** Turns of the event loop that a sync takes. */
  syncTurns = 0;
  bytesWritten = 0;
  syncs = 0;
  #entries = new Map<string, Inode>();
  #syncedEntries = new Map<string, Inode>();
  #locked = new Set<string>();
  #powered = true;
  /** Counts restarts: what was opened before one is dead. */
  #life = 0;

  get powered(): boolean {
    return this.#powered;
  }

  /** Starts the machine again after a loss of power, or takes the power at this very moment and starts it. */
  restart(random: Random): void {
    if (random.chance(0.5)) this.#syncedEntries = new Map(this.#entries);
    this.#entries = new Map(this.#syncedEntries);
    for (const inode of new Set(this.#entries.values())) inode.lose(random);
    this.kill();
  }

  /** The process dies, the machine lives: what the system had in its cache stays there, not yet synced. */
  kill(): void {
    this.#locked.clear();
    this.#powered = true;
    this.#life++;
    this.crashAtByte = Number.POSITIVE_INFINITY;
    this.crashAtSync = Number.POSITIVE_INFINITY;
  }

  /** The bytes of a file as a reader sees them; a change to them is a change of the file. */
  contents(path: string): Uint8Array {
    return this.#inode(path).cached;
  }

  async makeDirectory(): Promise<void> {
    this.#alive(this.#life);
  }

  async list(directory: string): Promise<string[]> {
    this.#alive(this.#life);
    const inside = [...this.#entries.keys()].filter((path) => path.startsWith(`${directory}/`));
    return inside.map((path) => path.slice(directory.length + 1)).sort();
  }

  async open(path: string): Promise<LogFile> {
    this.#changing(this.#life, "open");
    const inode = this.#entries.get(path) ?? new Inode();
    this.#entries.set(path, inode);
    return this.#handle(inode);
  }

  openRead(path: string): LogFile {
    this.#alive(this.#life);
    return this.#handle(this.#inode(path));
  }

  async remove(path: string): Promise<void> {
    this.#changing(this.#life, "unlink");
    this.#entries.delete(path);
  }

  async rename(from: string, to: string): Promise<void> {
    this.#changing(this.#life, "rename");
    const inode = this.#inode(from);
    this.#entries.delete(from);
    this.#entries.set(to, inode);
  }

  async syncDirectory(): Promise<void> {
    await this.#sync(this.#life, () => {
      this.#syncedEntries = new Map(this.#entries);
    });
  }

  async lock(path: string): Promise<DirectoryLock> {
    this.#changing(this.#life, "lock");
    const life = this.#life;
    if (this.#locked.has(path))
      throw new LogError("locked", { pointer: "/lock", reason: "Process 1 has this log open" });
    this.#locked.add(path);
    return {
      isHeld: () => life === this.#life && this.#locked.has(path),
      takenOver: false,
      token: String(life),
      release: async () => {
        if (life === this.#life) this.#locked.delete(path);
      },
    };
  }

  #inode(path: string): Inode {
    const inode = this.#entries.get(path);
    if (inode === undefined) throw systemError("ENOENT", path);
    return inode;
  }

  #alive(life: number): void {
    if (!this.#powered || life !== this.#life) throw systemError("EIO", "no power");
  }

  #changing(life: number, call: string): void {
    this.#alive(life);
    if (this.readOnly) throw systemError("EROFS", call);
  }

  async #sync(life: number, effect: () => void, failed: () => void = () => undefined): Promise<void> {
    this.#alive(life);
    this.syncs++;
    for (let turn = 0; turn < this.syncTurns; turn++) await new Promise((resolve) => setImmediate(resolve));
    this.#alive(life);
    if (this.syncs >= this.crashAtSync) this.#powered = false;
    this.#alive(life);
    if (this.failingSyncs > 0) {
      this.failingSyncs--;
      failed();
      throw systemError("EIO", "fdatasync");
    }
    effect();
  }

  #write(life: number, inode: Inode, bytes: Uint8Array, offset: number): void {
    this.#changing(life, "write");
    let used = 0;
    for (const other of new Set(this.#entries.values())) used += other.cached.length;
    const growth = Math.max(0, offset + bytes.length - inode.cached.length);
    const room =
      used + growth > this.capacity ? bytes.length - (used + growth - this.capacity) : bytes.length;
    const powered = this.crashAtByte - this.bytesWritten;
    const stored = Math.max(0, Math.min(bytes.length, room, powered));
    if (stored > 0) inode.apply({ offset, bytes: bytes.slice(0, stored) });
    this.bytesWritten += stored;
    if (powered <= bytes.length && stored === Math.max(0, powered)) this.#powered = false;
    this.#alive(life);
    if (stored < bytes.length) throw systemError("ENOSPC", "write");
  }

  #handle(inode: Inode): LogFile {
    const life = this.#life;
    const readSync = (target: Uint8Array, offset: number): number => {
      this.#alive(life);
      const bytes = inode.cached.subarray(offset, offset + target.length);
      target.set(bytes);
      return bytes.length;
    };
    return {
      write: async (bytes, offset) => this.#write(life, inode, bytes, offset),
      datasync: () =>
        this.#sync(
          life,
          () => inode.sync(),
          () => {
            inode.changes = [];
          },
        ),
      read: async (target, offset) => readSync(target, offset),
      readSync,
      truncate: async (size) => {
        this.#changing(life, "ftruncate");
        inode.apply({ size });
      },
      size: () => {
        this.#alive(life);
        return inode.cached.length;
      },
      close: async () => undefined,
      closeSync: () => undefined,
    };
  }
}
