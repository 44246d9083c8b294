/** Reads a segment block by block, and holds each block against the one before. */
import { Block, blockFault, blockLength, HEADER_BYTES, hexOf, NO_BLOCK, sameBytes } from "./block.ts";
import type { LogFile } from "./file-port.ts";

const WINDOW_BYTES = 1024 * 1024;

/** Where no block stands, and what was expected there. */
export class BadBlock {
  readonly offset: number;
  readonly reason: string;

  constructor(offset: number, reason: string) {
    this.offset = offset;
    this.reason = reason;
  }
}

/** One window over the file; a block is valid until the next one is asked for. */
export class BlockCursor {
  readonly #file: LogFile;
  readonly #end: number;
  #offset: number;
  #window = new Uint8Array(0);
  #windowStart = 0;
  #windowBytes = 0;

  /** `end` = the byte where reading stops, though the file may go on. */
  constructor(file: LogFile, offset: number, end: number) {
    this.#file = file;
    this.#offset = offset;
    this.#end = end;
  }

  /** Where the next block begins. */
  get offset(): number {
    return this.#offset;
  }

  /** `null` at the end. After a bad block the cursor stays where it is. */
  nextSync(): Block | BadBlock | null {
    for (;;) {
      const found = this.#inWindow();
      if (typeof found !== "number") return found;
      this.#filled(this.#file.readSync(this.#target(found), this.#offset), found);
    }
  }

  async next(): Promise<Block | BadBlock | null> {
    for (;;) {
      const found = this.#inWindow();
      if (typeof found !== "number") return found;
      this.#filled(await this.#file.read(this.#target(found), this.#offset), found);
    }
  }

  /** The next block if the window has it, else how many bytes the window must hold from here. */
  #inWindow(): Block | BadBlock | null | number {
    const left = this.#end - this.#offset;
    if (left <= 0) return null;
    const at = this.#offset - this.#windowStart;
    const have = this.#windowBytes - at;
    if (have < Math.min(HEADER_BYTES, left)) return Math.min(WINDOW_BYTES, left);
    const length = blockLength(this.#window, at, left);
    if (typeof length === "string") return new BadBlock(this.#offset, length);
    if (have < length) return Math.max(length, Math.min(WINDOW_BYTES, left));
    const bytes = this.#window.subarray(at, at + length);
    const fault = blockFault(bytes);
    if (fault !== null) return new BadBlock(this.#offset, fault);
    this.#offset += length;
    return new Block(bytes);
  }

  #target(bytes: number): Uint8Array {
    if (this.#window.length < bytes) this.#window = new Uint8Array(bytes);
    return this.#window.subarray(0, bytes);
  }

  #filled(got: number, wanted: number): void {
    if (got < wanted) throw new RangeError(`Cannot read on: the file lost ${wanted - got} bytes meanwhile`);
    this.#windowStart = this.#offset;
    this.#windowBytes = got;
  }
}

/** What the next block must continue. */
export class Chain {
  #next: number;
  readonly #previous: Uint8Array;
  #linked: boolean;

  /** `previous` = the hash of the block before; `null` = not known, the first block is believed. */
  constructor(next: number, previous: Uint8Array | null) {
    this.#next = next;
    this.#previous = new Uint8Array(previous ?? NO_BLOCK);
    this.#linked = previous !== null;
  }

  /** Position after the last block. */
  get next(): number {
    return this.#next;
  }

  /** Hash of the last block. */
  get previous(): Uint8Array {
    return this.#previous;
  }

  /** Takes the block in; a text says what was expected when it does not follow. */
  take(block: Block): string | null {
    if (block.first !== this.#next)
      return `position ${this.#next} expected, the block begins with ${block.first}`;
    if (this.#linked && !sameBytes(block.previous, this.#previous))
      return `the block before has SHA-256 ${hexOf(this.#previous)}, this one names ${hexOf(block.previous)}`;
    this.#next = block.next;
    this.#previous.set(block.hash);
    this.#linked = true;
    return null;
  }
}
