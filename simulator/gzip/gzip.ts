/** A gzip file (RFC 1952) without name or time in it: same text, same bytes, on every machine and runtime. */
import { crc32 } from "./crc32.ts";
import { Deflate, PIECE_BYTES } from "./deflate.ts";

/** Magic, DEFLATE, no flags, no time, no extra flags, system "unknown". */
const HEADER = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

export class Gzip {
  readonly #deflate = new Deflate();
  readonly #piece = new Uint8Array(PIECE_BYTES);
  #filled = 0;
  #crc = 0;
  /** Modulo 2^32, as the trailer wants it. */
  #size = 0;

  /** What begins the file. */
  head(): Uint8Array {
    return Uint8Array.from(HEADER);
  }

  /** What the bytes add to the file, as far as whole pieces have come together. How they are cut changes nothing. */
  *write(bytes: Uint8Array): Generator<Uint8Array, void, undefined> {
    this.#crc = crc32(bytes, this.#crc);
    this.#size = (this.#size + bytes.length) >>> 0;
    for (let from = 0; from < bytes.length; ) {
      const take = Math.min(PIECE_BYTES - this.#filled, bytes.length - from);
      this.#piece.set(bytes.subarray(from, from + take), this.#filled);
      this.#filled += take;
      from += take;
      if (this.#filled < PIECE_BYTES) continue;
      yield this.#deflate.block(this.#piece, false);
      this.#filled = 0;
    }
  }

  /** What ends the file. */
  *end(): Generator<Uint8Array, void, undefined> {
    yield this.#deflate.block(this.#piece.subarray(0, this.#filled), true);
    const trailer = new DataView(new ArrayBuffer(8));
    trailer.setUint32(0, this.#crc, true);
    trailer.setUint32(4, this.#size, true);
    yield new Uint8Array(trailer.buffer);
  }
}
