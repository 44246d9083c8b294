/**
 * One hour of all devices in memory, packed as it arrives. A device has a row, in which its newest samples gather; a full row is
 * put behind the others as a page, so that a sample touches its row and nothing else:
 *
 *   row = [ OFFSET | GAP | SCALED | COUNT | PAGE | USED | 40 bytes of samples ]     page = [ the page before | 40 bytes ]
 *
 * 12.7 million samples (106,000 devices, one a minute) take some 50 MB.
 */
import { decodeSamples, putVarint, SAMPLE_BYTES_MAX, type SampleRun, zigzag } from "./sample-code.ts";

/** Words of a row, a cache line: where the device stands in its delta code, then its newest samples. */
const ROW = 16;
const OFFSET = 0;
const GAP = 1;
const SCALED = 2;
const COUNT = 3;
/** The newest page of the device; 0 = none. */
const PAGE = 4;
/** Bytes of samples in the row. */
const USED = 5;
const SAMPLES = 6;
const SAMPLES_AT = SAMPLES * 4;
const SAMPLE_WORDS = ROW - SAMPLES;
/** Beyond this a sample might not fit. */
const FULL_AT = SAMPLE_WORDS * 4 - SAMPLE_BYTES_MAX;

/** Words of a page. */
const PAGE_WORDS = 1 + SAMPLE_WORDS;
/** The first word of a page: the page before << USED_BITS | bytes used in this one. */
const USED_BITS = 6;
const USED_MASK = (1 << USED_BITS) - 1;
const FIRST_PAGES = 1024;
/** Less than doubling: tens of megabytes stay unused otherwise. */
const GROWTH = 1.25;

export class HourBuffer {
  /** Hours since the epoch. */
  readonly hour: number;
  /** Samples in it. */
  samples = 0;
  readonly devices: number;
  readonly #rows: Int32Array;
  /** The same memory. */
  readonly #rowBytes: Uint8Array;
  #pool: Int32Array<ArrayBuffer>;
  /** Page 0 is none. */
  #pages = 1;

  /** `pages`: how many it may come to; a poor guess costs time only. */
  constructor(hour: number, devices: number, pages = FIRST_PAGES) {
    this.hour = hour;
    this.#pool = new Int32Array(pages * PAGE_WORDS);
    this.devices = devices;
    this.#rows = new Int32Array(devices * ROW);
    this.#rowBytes = new Uint8Array(this.#rows.buffer);
  }

  /** Pages in use. */
  get pages(): number {
    return this.#pages;
  }

  /** Bytes of memory. */
  get bytes(): number {
    return this.#pool.byteLength + this.#rows.byteLength;
  }

  count(device: number): number {
    return this.#rows[device * ROW + COUNT]!;
  }

  /** Hot: `offset` ms into the hour, `scaled` within ±`SCALED_MAX`. The last time of a device again is dropped. */
  add(device: number, offset: number, scaled: number): void {
    const rows = this.#rows;
    const bytes = this.#rowBytes;
    const row = device * ROW;
    const gap = offset - rows[row + OFFSET]!;
    const count = rows[row + COUNT]!;
    if (gap === 0 && count > 0) return;
    const start = row * 4 + SAMPLES_AT;
    let at = start + rows[row + USED]!;
    const time = zigzag(gap - rows[row + GAP]!);
    if (time < 0x80) bytes[at++] = time;
    else at = putVarint(bytes, at, time);
    const value = zigzag(scaled - rows[row + SCALED]!);
    if (value < 0x80) bytes[at++] = value;
    else at = putVarint(bytes, at, value);
    rows[row + OFFSET] = offset;
    rows[row + GAP] = gap;
    rows[row + SCALED] = scaled;
    rows[row + COUNT] = count + 1;
    this.samples++;
    if (at - start <= FULL_AT) rows[row + USED] = at - start;
    else this.#turnPage(row, at - start);
  }

  /** Puts the samples of a full row away. */
  #turnPage(row: number, used: number): void {
    const rows = this.#rows;
    const page = this.#pages++;
    if (this.#pages * PAGE_WORDS > this.#pool.length) this.#grow();
    const pool = this.#pool;
    const at = page * PAGE_WORDS;
    pool[at] = (rows[row + PAGE]! << USED_BITS) | used;
    for (let i = 0; i < SAMPLE_WORDS; i++) pool[at + 1 + i] = rows[row + SAMPLES + i]!;
    rows[row + PAGE] = page;
    rows[row + USED] = 0;
  }

  #grow(): void {
    const larger = new Int32Array(Math.ceil(this.#pages * GROWTH) * PAGE_WORDS);
    larger.set(this.#pool);
    this.#pool = larger;
  }

  /** Copies a device's packed samples to `at`; returns the end. `target` has room for `SAMPLE_BYTES_MAX` each. */
  copyPacked(device: number, target: Uint8Array, at: number): number {
    const row = device * ROW;
    const used = this.#rows[row + USED]!;
    let before = 0;
    for (let page = this.#rows[row + PAGE]!; page !== 0; page = this.#pool[page * PAGE_WORDS]! >>> USED_BITS)
      before += this.#pool[page * PAGE_WORDS]! & USED_MASK;
    let start = at + before;
    copy(this.#rowBytes, row * 4 + SAMPLES_AT, used, target, start);
    const bytes = new Uint8Array(this.#pool.buffer);
    for (let page = this.#rows[row + PAGE]!; page !== 0; ) {
      const link = this.#pool[page * PAGE_WORDS]!;
      start -= link & USED_MASK;
      copy(bytes, (page * PAGE_WORDS + 1) * 4, link & USED_MASK, target, start);
      page = link >>> USED_BITS;
    }
    return at + before + used;
  }

  /** Appends a device's samples to the run. */
  read(device: number, run: SampleRun): void {
    const count = this.count(device);
    if (count === 0) return;
    const packed = new Uint8Array(count * SAMPLE_BYTES_MAX);
    decodeSamples(packed, 0, this.copyPacked(device, packed, 0), count, run);
  }
}

function copy(source: Uint8Array, from: number, length: number, target: Uint8Array, to: number): void {
  for (let i = 0; i < length; i++) target[to + i] = source[from + i]!;
}
