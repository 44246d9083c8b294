/**
 * One file as a disk has it: what the system holds in its cache, and what would be left if the power went now. What was
 * written and not synced is kept sector by sector, for each of them may reach the disk or not, in any order.
 */
import type { Random } from "../../twin/kernel/random.ts";

const SECTOR_BYTES = 512;

interface Written {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

type Change = Written | { readonly size: number };

export class Platter {
  readonly #cached = new Image();
  readonly #synced = new Image();
  #changes: Change[] = [];
  /** Changes that a sync has dealt with. */
  #settled = 0;

  get size(): number {
    return this.#cached.size;
  }

  /** Bytes that the cache has, for a reader. */
  read(offset: number, length: number): Uint8Array {
    return this.#cached.bytes.subarray(offset, Math.min(offset + length, this.#cached.size));
  }

  /** What a loss of power leaves in any case, unless it was written over. */
  sure(): Uint8Array {
    return this.#synced.bytes.subarray(0, this.#synced.size);
  }

  write(bytes: Uint8Array, offset: number): void {
    this.#change({ bytes, offset });
  }

  truncate(size: number): void {
    this.#change({ size });
  }

  #change(change: Change): void {
    this.#changes.push(change);
    this.#cached.apply(change);
  }

  /** Changes so far: what a sync that begins now will make sure. */
  get changed(): number {
    return this.#settled + this.#changes.length;
  }

  /** The first `changes` ever are on the disk for good. */
  sync(changes: number): void {
    for (const change of this.#settle(changes)) this.#synced.apply(change);
  }

  /** A sync has failed: the system takes the first `changes` for written, the disk does not have them. */
  forget(changes: number): void {
    this.#settle(changes);
  }

  #settle(changes: number): Change[] {
    const settled = this.#changes.splice(0, Math.max(0, changes - this.#settled));
    this.#settled += settled.length;
    return settled;
  }

  /** The power goes: each sector that was not synced stays or goes. */
  lose(random: Random): void {
    const sectors: Change[] = this.#changes.flatMap<Change>((change) =>
      "size" in change ? [change] : sectorsOf(change),
    );
    const share = random.pick([0, 0.1, 0.5, 0.9, 1]);
    for (const sector of sectors) if (random.chance(share)) this.#synced.apply(sector);
    this.#settle(this.changed);
    this.#cached.copy(this.#synced);
  }
}

function sectorsOf({ offset, bytes }: Written): Written[] {
  const sectors: Written[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(bytes.length, at + SECTOR_BYTES - ((offset + at) % SECTOR_BYTES));
    sectors.push({ offset: offset + at, bytes: bytes.subarray(at, end) });
    at = end;
  }
  return sectors;
}

/** Bytes that grow; what was never written reads as zeros. */
class Image {
  bytes = new Uint8Array(1024);
  size = 0;

  apply(change: Change): void {
    if ("size" in change) this.#resize(change.size);
    else {
      if (change.offset + change.bytes.length > this.size) this.#resize(change.offset + change.bytes.length);
      this.bytes.set(change.bytes, change.offset);
    }
  }

  copy(other: Image): void {
    this.bytes = other.bytes.slice();
    this.size = other.size;
  }

  #resize(size: number): void {
    if (size > this.bytes.length) {
      const larger = new Uint8Array(Math.max(size, 2 * this.bytes.length));
      larger.set(this.bytes.subarray(0, this.size));
      this.bytes = larger;
    } else if (size < this.size) this.bytes.fill(0, size, this.size);
    this.size = size;
  }
}
