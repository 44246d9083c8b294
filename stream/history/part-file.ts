/**
 * A part: samples of one hour, grouped by device, so that one device costs two short reads. Numbers are little-endian.
 *
 *   header   0 u32 magic "WCH1" | 4 u32 CRC-32 of header and index | 8 u16 version | 10 u16 dense | 12 u32 index entries
 *           16 u32 samples | 20 u32 bytes of the chunks | 24 u32 hours since the epoch | 28 u32 0
 *   index   dense: u32 offset of device 0, 1, … and of the end | sparse: (u32 device, u32 offset) ascending, and (0, end)
 *   chunks  u32 CRC-32 of the rest, begun with the device | varint samples | packed samples (`sample-code.ts`)
 */
import { crc32 } from "node:zlib";
import type { LogFile } from "../log/file-port.ts";
import { decodeSamples, encodeSamples, putVarint, SAMPLE_BYTES_MAX, type SampleRun } from "./sample-code.ts";

const MAGIC = 0x3148_4357;
const VERSION = 1;
export const HEADER_BYTES = 32;
/** A part with samples of fewer than one device in so many has a sparse index, which is read whole. */
const SPARSE_SHARE = 16;
const CHUNK_HEADER_MAX = 9;
const FIRST_BYTES = 64 * 1024;

export class PartBuilder {
  readonly #hour: number;
  readonly #devices: number;
  #bytes = new Uint8Array(FIRST_BYTES);
  #end = 0;
  #samples = 0;
  readonly #named: number[] = [];
  readonly #offsets: number[] = [];

  /** `devices` = how many there are in all. */
  constructor(hour: number, devices: number) {
    this.#hour = hour;
    this.#devices = devices;
  }

  get samples(): number {
    return this.#samples;
  }

  /** Devices come in ascending order. */
  addRun(device: number, run: SampleRun): void {
    this.addPacked(device, run.length, (target, at) => encodeSamples(run, target, at));
  }

  /** `pack` writes the `count` packed samples at `at` and returns their end. */
  addPacked(device: number, count: number, pack: (target: Uint8Array, at: number) => number): void {
    if (count === 0) return;
    this.#reserve(CHUNK_HEADER_MAX + count * SAMPLE_BYTES_MAX);
    const start = this.#end;
    this.#named.push(device);
    this.#offsets.push(start);
    this.#end = pack(this.#bytes, putVarint(this.#bytes, start + 4, count));
    const sum = crc32(this.#bytes.subarray(start + 4, this.#end), device);
    new DataView(this.#bytes.buffer).setUint32(start, sum, true);
    this.#samples += count;
  }

  /** The whole file. */
  finish(): Uint8Array {
    const dense = this.#named.length * SPARSE_SHARE >= this.#devices;
    const entries = dense ? this.#devices : this.#named.length;
    const index = new Uint32Array(dense ? entries + 1 : 2 * entries + 2);
    if (dense) {
      let next = 0;
      for (let device = 0; device <= entries; device++) {
        index[device] = this.#offsets[next] ?? this.#end;
        if (this.#named[next] === device) next++;
      }
    } else {
      for (let i = 0; i < entries; i++) index.set([this.#named[i]!, this.#offsets[i]!], 2 * i);
      index[2 * entries + 1] = this.#end;
    }
    const file = new Uint8Array(HEADER_BYTES + index.byteLength + this.#end);
    const view = new DataView(file.buffer);
    view.setUint32(0, MAGIC, true);
    view.setUint16(8, VERSION, true);
    view.setUint16(10, dense ? 1 : 0, true);
    view.setUint32(12, entries, true);
    view.setUint32(16, this.#samples, true);
    view.setUint32(20, this.#end, true);
    view.setUint32(24, this.#hour, true);
    file.set(new Uint8Array(index.buffer), HEADER_BYTES);
    file.set(this.#bytes.subarray(0, this.#end), HEADER_BYTES + index.byteLength);
    view.setUint32(4, crc32(file.subarray(8, HEADER_BYTES + index.byteLength)), true);
    return file;
  }

  #reserve(bytes: number): void {
    if (this.#end + bytes <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#end + bytes, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = larger;
  }
}

/** What a query must know of a part: read once, when the store opens. */
export interface PartShape {
  readonly dense: boolean;
  readonly entries: number;
  readonly samples: number;
  readonly chunksAt: number;
}

/** Checks the header against the file. Throws a RangeError that says what is wrong with it. */
export function readShape(file: LogFile): PartShape {
  const header = new Uint8Array(HEADER_BYTES);
  const got = file.readSync(header, 0);
  const view = new DataView(header.buffer);
  if (got < HEADER_BYTES || view.getUint32(0, true) !== MAGIC || view.getUint16(8, true) !== VERSION)
    throw new RangeError("a header with magic WCH1 and version 1 expected");
  const [dense, entries] = [view.getUint16(10, true) === 1, view.getUint32(12, true)];
  const chunksAt = HEADER_BYTES + (dense ? entries + 1 : 2 * entries + 2) * 4;
  const wanted = chunksAt + view.getUint32(20, true);
  if (file.size() !== wanted) throw new RangeError(`${wanted} bytes expected, the file has ${file.size()}`);
  return { dense, entries, samples: view.getUint32(16, true), chunksAt };
}

/** Appends a device's samples to the run. Throws a RangeError when the chunk is damaged. */
export async function readDevice(
  file: LogFile,
  shape: PartShape,
  device: number,
  run: SampleRun,
): Promise<void> {
  const [start, end] = shape.dense
    ? await denseEntry(file, shape, device)
    : await sparseEntry(file, shape, device);
  if (start >= end) return;
  const chunk = new Uint8Array(end - start);
  await file.read(chunk, shape.chunksAt + start);
  readChunk(chunk, 0, chunk.length, device, run);
}

async function denseEntry(file: LogFile, shape: PartShape, device: number): Promise<[number, number]> {
  if (device >= shape.entries) return [0, 0];
  const entry = new Uint32Array(2);
  await file.read(new Uint8Array(entry.buffer), HEADER_BYTES + device * 4);
  return [entry[0]!, entry[1]!];
}

async function sparseEntry(file: LogFile, shape: PartShape, device: number): Promise<[number, number]> {
  const index = new Uint32Array(2 * shape.entries + 2);
  await file.read(new Uint8Array(index.buffer), HEADER_BYTES);
  let [low, high] = [0, shape.entries];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (index[2 * middle]! < device) low = middle + 1;
    else high = middle;
  }
  const found = low < shape.entries && index[2 * low] === device;
  return found ? [index[2 * low + 1]!, index[2 * low + 3]!] : [0, 0];
}

/** A part in memory, for merging. */
export class WholePart {
  readonly #bytes: Uint8Array;
  readonly #index: Uint32Array;
  readonly #shape: PartShape;
  #next = 0;

  private constructor(bytes: Uint8Array, shape: PartShape) {
    this.#bytes = bytes;
    this.#shape = shape;
    this.#index = new Uint32Array(bytes.buffer, HEADER_BYTES, (shape.chunksAt - HEADER_BYTES) / 4);
  }

  /** Throws a RangeError when header or index are damaged. */
  static async load(file: LogFile): Promise<WholePart> {
    const shape = readShape(file);
    const bytes = new Uint8Array(file.size());
    await file.read(bytes, 0);
    const sum = crc32(bytes.subarray(8, shape.chunksAt));
    if (new DataView(bytes.buffer).getUint32(4, true) !== sum)
      throw new RangeError("the index does not match its CRC-32");
    return new WholePart(bytes, shape);
  }

  /** Appends a device's samples to the run; devices must be asked for in ascending order. */
  read(device: number, run: SampleRun): void {
    const [index, { dense, entries, chunksAt }] = [this.#index, this.#shape];
    let [start, end] = [0, 0];
    if (dense) {
      if (device < entries) [start, end] = [index[device]!, index[device + 1]!];
    } else {
      while (this.#next < entries && index[2 * this.#next]! < device) this.#next++;
      if (this.#next < entries && index[2 * this.#next] === device)
        [start, end] = [index[2 * this.#next + 1]!, index[2 * this.#next + 3]!];
    }
    if (start < end) readChunk(this.#bytes, chunksAt + start, chunksAt + end, device, run);
  }
}

function readChunk(bytes: Uint8Array, start: number, end: number, device: number, run: SampleRun): void {
  const body = bytes.subarray(start + 4, end);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  if (end > bytes.length || view.getUint32(start, true) !== crc32(body, device))
    throw new RangeError(`the chunk of device ${device} does not match its CRC-32`);
  let [count, at] = [0, 0];
  for (let shift = 0, more = true; more; shift += 7) {
    const byte = body[at++]!;
    count |= (byte & 0x7f) << shift;
    more = byte > 0x7f;
  }
  decodeSamples(body, at, body.length, count, run);
}
