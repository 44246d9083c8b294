/**
 * A block of moments as a file: pages packed one behind the other, and an index of them at its end.
 *
 *     page 0 (the city) | page 1 (kitchens 0-63) | ... | index | u32 length of the index, u32 length of the pages (LE)
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { deflateSync, inflateSync } from "node:zlib";
import type { LogFile } from "../log/file-port.ts";
import type { PastBlock } from "../past/past-block.ts";
import type { CityPage, KitchenPage, PastMoments } from "../past/past-page.ts";

/** Kitchens of one page: few enough to be read for one of them. */
const KITCHENS_PER_PAGE = 64;
const FORM = 1;
const TAIL_BYTES = 8;
const PACKED = { level: 3 };

export interface PastIndex extends PastMoments {
  readonly form: number;
  /** Names the registry by whose ordinals it counts. */
  readonly registry: number;
  /** Where each page ends. */
  readonly ends: readonly number[];
}

/** The bytes of a closed block of so many kitchens; others get their turn meanwhile. */
export async function packBlock(block: PastBlock, kitchens: number, registry: number): Promise<Uint8Array> {
  const pages: Uint8Array[] = [packed(block.cityPage())];
  for (let first = 0; first < kitchens; first += KITCHENS_PER_PAGE) {
    const page: KitchenPage[] = [];
    const end = Math.min(kitchens, first + KITCHENS_PER_PAGE);
    for (let kitchen = first; kitchen < end; kitchen++) page.push(block.kitchenPage(kitchen));
    pages.push(packed(page));
    await nextTurn();
  }
  const ends: number[] = [];
  let at = 0;
  for (const page of pages) {
    at += page.length;
    ends.push(at);
  }
  const { times, positions } = block;
  const index = packed({ form: FORM, registry, times, positions, ends } satisfies PastIndex);
  const tail = new Uint8Array(TAIL_BYTES);
  new DataView(tail.buffer).setUint32(0, index.length, true);
  new DataView(tail.buffer).setUint32(4, at, true);
  return joined([...pages, index, tail]);
}

function packed(value: object): Uint8Array {
  return deflateSync(JSON.stringify(value), PACKED);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Throws a RangeError that says what is wrong with a file that is none, or of another form or registry. */
export async function readIndex(file: LogFile, registry: number): Promise<PastIndex> {
  const size = file.size();
  if (size < TAIL_BYTES) throw new RangeError(`it has ${size} bytes`);
  const tail = new DataView((await bytesOf(file, size - TAIL_BYTES, size)).buffer);
  const [length, pages] = [tail.getUint32(0, true), tail.getUint32(4, true)];
  if (pages + length + TAIL_BYTES !== size) throw new RangeError("its end is not that of a block");
  const index: PastIndex = unpacked(await bytesOf(file, pages, pages + length));
  if (index.form !== FORM) throw new RangeError(`it has form ${index.form}, wanted ${FORM}`);
  if (index.registry !== registry) throw new RangeError("it is of another registry");
  return index;
}

export async function readCityPage(file: LogFile, { ends }: PastIndex): Promise<CityPage> {
  return unpacked(await bytesOf(file, 0, ends[0]!));
}

export async function readKitchenPage(
  file: LogFile,
  { ends }: PastIndex,
  kitchen: number,
): Promise<KitchenPage> {
  const page = 1 + Math.floor(kitchen / KITCHENS_PER_PAGE);
  const kitchens: readonly KitchenPage[] = unpacked(await bytesOf(file, ends[page - 1]!, ends[page]!));
  return kitchens[kitchen % KITCHENS_PER_PAGE]!;
}

async function bytesOf(file: LogFile, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(to - from);
  const read = await file.read(bytes, from);
  if (read < bytes.length) throw new RangeError(`it ends ${bytes.length - read} bytes early`);
  return bytes;
}

/** Our own words, read back; damage is noticed by the checksum of the packing. */
function unpacked(bytes: Uint8Array) {
  try {
    return JSON.parse(new TextDecoder().decode(inflateSync(bytes)));
  } catch (error) {
    throw new RangeError(`it is damaged: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}
