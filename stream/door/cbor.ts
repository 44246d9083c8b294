/**
 * CBOR (RFC 8949) from strangers, as far as SenML packs use it: numbers, texts, lists, maps and simple values, by
 * definite or indefinite length. No tags, no texts in pieces; nothing is allocated that the bytes have not brought.
 */
import type { Parsed } from "../../twin/kernel/fault.ts";

const DEPTH_MAX = 16;

class CborError extends Error {}

/** The one item that the bytes hold (maps as `Map`, byte strings as `Uint8Array`); a fault if they hold anything else. */
export function decodeCbor(bytes: Uint8Array): Parsed<unknown> {
  const reader = new Reader(bytes);
  try {
    const value = reader.item(0);
    if (reader.left > 0) throw new CborError(`is followed by ${reader.left} bytes that belong to nothing`);
    return { ok: true, value };
  } catch (error) {
    if (!(error instanceof CborError)) throw error;
    return { ok: false, faults: [{ pointer: "", reason: error.message }] };
  }
}

const BREAK = 0xff;

class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  item(depth: number): unknown {
    if (depth > DEPTH_MAX) throw new CborError(`nests deeper than ${DEPTH_MAX}`);
    const initial = this.#bytes[this.#take(1)]!;
    const major = initial >> 5;
    const short = initial & 31;
    if (major === 7) return this.#simple(short);
    if (major === 6) throw new CborError(`has a tag at byte ${this.#at - 1}; tags are not used here`);
    const length = short === 31 ? null : this.#argument(short);
    switch (major) {
      case 0:
      case 1:
        if (length === null) throw new CborError(`is no CBOR: an endless number at byte ${this.#at - 1}`);
        return major === 0 ? length : -1 - length;
      case 2:
      case 3:
        return this.#text(length, major === 3);
      case 4:
        return this.#list(length, depth);
      default:
        return this.#map(length, depth);
    }
  }

  #take(count: number): number {
    if (count > this.left) {
      throw new CborError(`is no CBOR: it ends within an item, after ${this.#bytes.length} bytes`);
    }
    this.#at += count;
    return this.#at - count;
  }

  #argument(short: number): number {
    if (short < 24) return short;
    if (short === 24) return this.#view.getUint8(this.#take(1));
    if (short === 25) return this.#view.getUint16(this.#take(2));
    if (short === 26) return this.#view.getUint32(this.#take(4));
    if (short === 27) return Number(this.#view.getBigUint64(this.#take(8)));
    throw new CborError(`is no CBOR: a reserved length at byte ${this.#at - 1}`);
  }

  #simple(short: number): unknown {
    if (short === 20 || short === 21) return short === 21;
    if (short === 22) return null;
    if (short === 23) return undefined;
    if (short === 25) return half(this.#view.getUint16(this.#take(2)));
    if (short === 26) return this.#view.getFloat32(this.#take(4));
    if (short === 27) return this.#view.getFloat64(this.#take(8));
    throw new CborError(`is no CBOR that is used here: a simple value at byte ${this.#at - 1}`);
  }

  #text(length: number | null, isText: boolean): unknown {
    if (length === null) throw new CborError(`has a text in pieces at byte ${this.#at - 1}`);
    const start = this.#take(length);
    const piece = this.#bytes.subarray(start, start + length);
    if (!isText) return piece.slice();
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(piece);
    } catch (error) {
      if (error instanceof TypeError) throw new CborError(`has a text at byte ${start} that is not UTF-8`);
      throw error;
    }
  }

  #list(length: number | null, depth: number): unknown[] {
    const items: unknown[] = [];
    for (let i = 0; !this.#isEnd(length, i); i++) items.push(this.item(depth + 1));
    return items;
  }

  #map(length: number | null, depth: number): Map<unknown, unknown> {
    const map = new Map<unknown, unknown>();
    for (let i = 0; !this.#isEnd(length, i); i++) {
      const key = this.item(depth + 1);
      map.set(key, this.item(depth + 1));
    }
    return map;
  }

  /** Whether a container of `length` items (`null` = until a break) ends after its first `count`. */
  #isEnd(length: number | null, count: number): boolean {
    if (length !== null) return count === length;
    if (this.#bytes[this.#at] !== BREAK) return false;
    this.#at++;
    return true;
  }
}

/** IEEE 754 half precision: 1 sign bit, 5 of exponent, 10 of fraction. */
function half(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1_023;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return (sign * fraction) / 2 ** 24;
  return (sign * (1_024 + fraction) * 2 ** exponent) / 2 ** 25;
}
