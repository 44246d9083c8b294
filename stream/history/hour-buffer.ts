/**
 * One hour of all devices in memory, packed as it arrives: a chain of small pages per device in one pool. 12.7 million samples
 * (106,000 devices, one a minute) take some 40 MB.
 */
import { decodeSamples, putVarint, SAMPLE_BYTES_MAX, type SampleRun, zigzag } from "./sample-code.ts";

const PAGE_BYTES = 64;
/** The last word of a page: the next page << 6 | bytes used in this one. */
const LINK_AT = PAGE_BYTES - 4;
/** Beyond this a sample might not fit. */
const FULL_AT = LINK_AT - SAMPLE_BYTES_MAX;
const FIRST_PAGES = 1024;
/** Less than doubling: tens of megabytes stay unused otherwise. */
const GROWTH = 1.25;

/** Words per device, eight to a half cache line: where it stands in its delta code and in the pool. */
const STRIDE = 8;
const OFFSET = 0;
const GAP = 1;
const SCALED = 2;
/** Bytes used in the current page. */
const USED = 3;
const PAGE = 4;
const FIRST = 5;
const COUNT = 6;

export class HourBuffer {
  /** Hours since the epoch. */
  readonly hour: number;
  /** Samples in it. */
  samples = 0;
  readonly devices: number;
  readonly #state: Int32Array;
  #pool = new Uint8Array(FIRST_PAGES * PAGE_BYTES);
  #links = new Uint32Array(this.#pool.buffer);
  /** Page 0 is none. */
  #pages = 1;

  constructor(hour: number, devices: number) {
    this.hour = hour;
    this.devices = devices;
    this.#state = new Int32Array(devices * STRIDE);
  }

  /** Bytes of memory. */
  get bytes(): number {
    return this.#pool.length + this.#state.byteLength;
  }

  count(device: number): number {
    return this.#state[device * STRIDE + COUNT]!;
  }

  /** Hot: `offset` ms into the hour, `scaled` within ±`SCALED_MAX`. The last time of a device again is dropped. */
  add(device: number, offset: number, scaled: number): void {
    const state = this.#state;
    const s = device * STRIDE;
    const gap = offset - state[s + OFFSET]!;
    const count = state[s + COUNT]!;
    if (gap === 0 && count > 0) return;
    let used = state[s + USED]!;
    let page = state[s + PAGE]!;
    if (page === 0 || used > FULL_AT) {
      const next = this.#newPage();
      if (page === 0) state[s + FIRST] = next;
      else this.#links[page * 16 + 15] = ((next << 6) | used) >>> 0;
      page = next;
      used = 0;
      state[s + PAGE] = page;
    }
    const pool = this.#pool;
    const start = page * PAGE_BYTES;
    let at = start + used;
    const time = zigzag(gap - state[s + GAP]!);
    if (time < 0x80) pool[at++] = time;
    else at = putVarint(pool, at, time);
    const value = zigzag(scaled - state[s + SCALED]!);
    if (value < 0x80) pool[at++] = value;
    else at = putVarint(pool, at, value);
    state[s + OFFSET] = offset;
    state[s + GAP] = gap;
    state[s + SCALED] = scaled;
    state[s + USED] = at - start;
    state[s + COUNT] = count + 1;
    this.samples++;
  }

  /** Copies a device's packed samples to `at`; returns the end. `target` has room for `SAMPLE_BYTES_MAX` each. */
  copyPacked(device: number, target: Uint8Array, at: number): number {
    const s = device * STRIDE;
    const last = this.#state[s + PAGE]!;
    let end = at;
    for (let page = this.#state[s + FIRST]!; page !== 0; ) {
      const link = this.#links[page * 16 + 15]!;
      const used = page === last ? this.#state[s + USED]! : link & 0x3f;
      const start = page * PAGE_BYTES;
      for (let i = 0; i < used; i++) target[end++] = this.#pool[start + i]!;
      page = page === last ? 0 : link >>> 6;
    }
    return end;
  }

  /** Appends a device's samples to the run. */
  read(device: number, run: SampleRun): void {
    const count = this.count(device);
    if (count === 0) return;
    const packed = new Uint8Array(count * SAMPLE_BYTES_MAX);
    decodeSamples(packed, 0, this.copyPacked(device, packed, 0), count, run);
  }

  #newPage(): number {
    if ((this.#pages + 1) * PAGE_BYTES > this.#pool.length) {
      const larger = new Uint8Array(Math.ceil(this.#pages * GROWTH) * PAGE_BYTES);
      larger.set(this.#pool);
      this.#pool = larger;
      this.#links = new Uint32Array(larger.buffer);
    }
    return this.#pages++;
  }
}
