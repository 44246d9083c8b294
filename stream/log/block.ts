/**
 * The block: all records of one group commit, written and synced as a whole. Numbers are little-endian.
 *
 *   header   0 u32 magic "WCB1" | 4 u32 CRC-32 of all that follows | 8 u16 version | 10 u16 0 | 12 u32 records
 *           16 u64 position of the first record | 24 u32 bytes of the frames | 28 u32 0 | 32 SHA-256 of the block before
 *   frames  64 each: u32 length | u8 kind | 3 x 0 | bytes | zeros to the next multiple of 8
 *   trailer    32 bytes: SHA-256 of everything from byte 8 to here
 *
 * The CRC finds torn and rotten blocks at memory speed; the chained SHA-256 makes a later change of any byte visible.
 * Everything is a multiple of 8, so that columns can be read in place as typed arrays.
 */
import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

export const HEADER_BYTES = 64;
export const HASH_BYTES = 32;
export const FRAME_HEADER_BYTES = 8;
const OVERHEAD = HEADER_BYTES + HASH_BYTES;
const VERSION = 1;
const MAGIC = 0x3142_4357;
const PREVIOUS_AT = 32;
/** A record is a message or a batch of them; whole files do not belong here. */
export const RECORD_BYTES_MAX = 256 * 1024 * 1024;
const BLOCK_BYTES_MAX = 1024 * 1024 * 1024;
const KEPT_BUFFER_MAX = 32 * 1024 * 1024;
const FIRST_BUFFER = 256 * 1024;

/** The hash before the first block. */
export const NO_BLOCK: Uint8Array = new Uint8Array(HASH_BYTES);

/** Collects records in one buffer, then seals them into a block. */
export class BlockBuilder {
  #bytes = new Uint8Array(FIRST_BUFFER);
  #view = new DataView(this.#bytes.buffer);
  #end = HEADER_BYTES;
  #records = 0;
  #first = 0;

  /** Starts anew, at a position. The block sealed before is overwritten. */
  begin(first: number): void {
    if (this.#bytes.length > KEPT_BUFFER_MAX) this.#resize(FIRST_BUFFER, 0);
    this.#end = HEADER_BYTES;
    this.#records = 0;
    this.#first = first;
  }

  /** Position of the first record. */
  get first(): number {
    return this.#first;
  }

  get records(): number {
    return this.#records;
  }

  /** Position after the last record. */
  get next(): number {
    return this.#first + this.#records;
  }

  /** Bytes that the block has so far. */
  get size(): number {
    return this.#end + HASH_BYTES;
  }

  /** Copies a record. Throws a RangeError for a kind that is no u8 or a record that is too large. */
  add(kind: number, bytes: Uint8Array): void {
    const length = bytes.length;
    if (!(kind >= 0 && kind <= 255 && Number.isInteger(kind)))
      throw new RangeError(`Cannot log a record of kind ${kind}: wanted a whole number 0 to 255`);
    if (length > RECORD_BYTES_MAX)
      throw new RangeError(`Cannot log a record of ${length} bytes: at most ${RECORD_BYTES_MAX}`);
    const at = this.#end;
    const end = at + FRAME_HEADER_BYTES + padded(length);
    if (end + HASH_BYTES > this.#bytes.length)
      this.#resize(Math.max(end + HASH_BYTES, this.#bytes.length * 2), at);
    this.#view.setUint32(end - 8, 0);
    this.#view.setUint32(end - 4, 0);
    this.#view.setUint32(at, length, true);
    this.#view.setUint32(at + 4, kind, true);
    this.#bytes.set(bytes, at + FRAME_HEADER_BYTES);
    this.#end = end;
    this.#records++;
  }

  /** The finished block, valid until `begin()`. */
  seal(previous: Uint8Array): Uint8Array {
    const view = this.#view;
    view.setUint32(0, MAGIC, true);
    view.setUint32(8, VERSION, true);
    view.setUint32(12, this.#records, true);
    view.setBigUint64(16, BigInt(this.#first), true);
    view.setUint32(24, this.#end - HEADER_BYTES, true);
    view.setUint32(28, 0, true);
    this.#bytes.set(previous, PREVIOUS_AT);
    this.#bytes.set(sha256(this.#bytes.subarray(8, this.#end)), this.#end);
    const block = this.#bytes.subarray(0, this.#end + HASH_BYTES);
    view.setUint32(4, crc32(block.subarray(8)), true);
    return block;
  }

  #resize(bytes: number, keep: number): void {
    const larger = new Uint8Array(bytes);
    larger.set(this.#bytes.subarray(0, keep));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

/** A block as it stands in a buffer. */
export class Block {
  readonly first: number;
  readonly records: number;
  /** The whole block; `bytes.byteOffset` is a multiple of 8. */
  readonly bytes: Uint8Array;
  readonly view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.first = Number(this.view.getBigUint64(16, true));
    this.records = this.view.getUint32(12, true);
  }

  /** Position after its last record. */
  get next(): number {
    return this.first + this.records;
  }

  get previous(): Uint8Array {
    return this.bytes.subarray(PREVIOUS_AT, PREVIOUS_AT + HASH_BYTES);
  }

  /** The SHA-256 that it says to have. */
  get hash(): Uint8Array {
    return this.bytes.subarray(-HASH_BYTES);
  }

  /** The SHA-256 that it has. */
  computedHash(): Uint8Array {
    return sha256(this.bytes.subarray(8, -HASH_BYTES));
  }
}

/**
 * Bytes of the block whose header begins at `at`; a text that says what was expected instead when there is no such block.
 * `left` = bytes from `at` to the end of the file.
 */
export function blockLength(bytes: Uint8Array, at: number, left: number): number | string {
  if (left < OVERHEAD) return `a block has at least ${OVERHEAD} bytes, here ${left} are left`;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at);
  if (view.getUint32(0, true) !== MAGIC) return "a block begins with its magic WCB1, here it does not";
  if (view.getUint32(8, true) !== VERSION)
    return `a block has version ${VERSION}, here ${view.getUint32(8, true)}`;
  const length = OVERHEAD + view.getUint32(24, true);
  if (length % 8 !== 0 || length > BLOCK_BYTES_MAX)
    return `the block says to have ${length} bytes, which no block has`;
  return length > left ? `the block has ${length} bytes, the file ends after ${left}` : length;
}

/** What is wrong with a whole block's own bytes, `null` when nothing is. */
export function blockFault(block: Uint8Array): string | null {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const [said, found] = [view.getUint32(4, true), crc32(block.subarray(8))];
  return said === found ? null : `CRC-32 ${hex32(said)} expected, ${hex32(found)} found`;
}

/** Bytes that a frame with `length` bytes in it takes, without its header. */
export function padded(length: number): number {
  return (length + 7) & ~7;
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes).digest();
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

function hex32(value: number): string {
  return value.toString(16).padStart(8, "0");
}
