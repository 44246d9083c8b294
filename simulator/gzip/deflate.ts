/**
 * DEFLATE (RFC 1951) by the same few steps on every runtime: the packers built into runtimes give different bytes.
 * Each piece of input becomes one block with codes of its own; repeats are found by a hash of four bytes, the latest
 * place wins.
 */
import { huffmanCode } from "./huffman.ts";

/** Most bytes that one block may have. */
export const PIECE_BYTES = 1 << 17;

const [MATCH_MIN, MATCH_MAX, WINDOW] = [4, 258, 32_768];
const HASH_BITS = 15;
const END_OF_BLOCK = 256;
const [LITERAL_CODES, DISTANCE_CODES, LENGTH_CODES] = [286, 30, 19];
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const FORGET_AFTER = 1 << 30;

const lengths = classes(
  [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5],
  3,
  259,
);
lengths.symbol[MATCH_MAX] = 28;
lengths.base[28] = MATCH_MAX;
lengths.extra[28] = 0;
const distances = classes(
  [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13],
  1,
  WINDOW + 1,
);

/** Classes of lengths or distances: the symbol of each value, the first value and the extra bits of each symbol. */
function classes(extraBits: readonly number[], first: number, size: number) {
  const symbol = new Uint8Array(size);
  const base = new Uint16Array(extraBits.length + 1);
  const extra = Uint8Array.of(...extraBits, 0);
  let value = first;
  extraBits.forEach((bits, s) => {
    base[s] = value;
    for (let n = 1 << bits; n > 0 && value < size; n--) symbol[value++] = s;
  });
  return { symbol, base, extra };
}

export class Deflate {
  /** Hash -> latest place, counted from the very first byte. */
  readonly #latest = new Int32Array(1 << HASH_BITS).fill(-1);
  #before = 0;
  /** A byte, or the length of a repeat whose distance is not 0. */
  readonly #what = new Uint16Array(PIECE_BYTES + 1);
  readonly #distance = new Uint16Array(PIECE_BYTES + 1);
  readonly #literalUse = new Uint32Array(LITERAL_CODES);
  readonly #distanceUse = new Uint32Array(DISTANCE_CODES);
  #out = new Uint8Array(0);
  #at = 0;
  #hold = 0;
  #bits = 0;

  /** One block; its last bits may stay behind until the next. Throws a RangeError for more than `PIECE_BYTES`. */
  block(piece: Uint8Array, final: boolean): Uint8Array {
    if (piece.length > PIECE_BYTES) {
      throw new RangeError(`Cannot pack ${piece.length} bytes at once: at most ${PIECE_BYTES}`);
    }
    this.#out = new Uint8Array(2 * piece.length + 1_024);
    this.#at = 0;
    const tokens = this.#findRepeats(piece);
    this.#put(final ? 1 : 0, 1);
    this.#put(2, 2);
    this.#writeTokens(tokens);
    if (final) this.#put(0, (8 - (this.#bits % 8)) % 8);
    while (this.#bits >= 8) this.#flushByte();
    return this.#out.subarray(0, this.#at);
  }

  /** Fills the token columns and the counts of symbols; returns the number of tokens. */
  #findRepeats(piece: Uint8Array): number {
    if (this.#before > FORGET_AFTER) {
      this.#latest.fill(-1);
      this.#before = 0;
    }
    const [what, distance, latest, before] = [this.#what, this.#distance, this.#latest, this.#before];
    const [literalUse, distanceUse] = [this.#literalUse.fill(0), this.#distanceUse.fill(0)];
    const lastStart = piece.length - MATCH_MIN;
    let tokens = 0;
    for (let i = 0; i < piece.length; tokens++) {
      let length = 0;
      let from = -1;
      if (i <= lastStart) {
        const word = piece[i]! | (piece[i + 1]! << 8) | (piece[i + 2]! << 16) | (piece[i + 3]! << 24);
        const hash = Math.imul(word, 0x9e3779b1) >>> (32 - HASH_BITS);
        from = latest[hash]! - before;
        latest[hash] = i + before;
        if (from >= 0 && i - from <= WINDOW) length = repeatLength(piece, from, i);
      }
      if (length < MATCH_MIN) {
        const byte = piece[i++]!;
        what[tokens] = byte;
        distance[tokens] = 0;
        literalUse[byte]!++;
        continue;
      }
      what[tokens] = length;
      distance[tokens] = i - from;
      literalUse[257 + lengths.symbol[length]!]!++;
      distanceUse[distances.symbol[i - from]!]!++;
      i += length;
    }
    literalUse[END_OF_BLOCK] = 1;
    this.#before = before + piece.length;
    return tokens;
  }

  #writeTokens(tokens: number): void {
    const literal = huffmanCode(this.#literalUse, 15);
    const far = huffmanCode(this.#distanceUse, 15);
    this.#writeCodes(literal.lengths, far.lengths);
    const [what, distance] = [this.#what, this.#distance];
    for (let t = 0; t < tokens; t++) {
      const value = what[t]!;
      const back = distance[t]!;
      if (back === 0) {
        this.#put(literal.bits[value]!, literal.lengths[value]!);
        continue;
      }
      const l = lengths.symbol[value]!;
      this.#put(literal.bits[257 + l]!, literal.lengths[257 + l]!);
      this.#put(value - lengths.base[l]!, lengths.extra[l]!);
      const d = distances.symbol[back]!;
      this.#put(far.bits[d]!, far.lengths[d]!);
      this.#put(back - distances.base[d]!, distances.extra[d]!);
    }
    this.#put(literal.bits[END_OF_BLOCK]!, literal.lengths[END_OF_BLOCK]!);
  }

  /** The lengths of both codes, themselves packed (RFC 1951 §3.2.7). */
  #writeCodes(literal: Uint8Array, far: Uint8Array): void {
    const runs = runsOf([...literal, ...far]);
    const use = new Uint32Array(LENGTH_CODES);
    for (const { symbol } of runs) use[symbol]!++;
    const code = huffmanCode(use, 7);
    let last = LENGTH_CODES - 1;
    while (last > 3 && code.lengths[CODE_LENGTH_ORDER[last]!] === 0) last--;
    this.#put(LITERAL_CODES - 257, 5);
    this.#put(DISTANCE_CODES - 1, 5);
    this.#put(last + 1 - 4, 4);
    for (let i = 0; i <= last; i++) this.#put(code.lengths[CODE_LENGTH_ORDER[i]!]!, 3);
    for (const { symbol, extra, bits } of runs) {
      this.#put(code.bits[symbol]!, code.lengths[symbol]!);
      this.#put(extra, bits);
    }
  }

  /** At most 15 bits, the lowest first. */
  #put(value: number, bits: number): void {
    this.#hold |= value << this.#bits;
    this.#bits += bits;
    if (this.#bits < 16) return;
    this.#flushByte();
    this.#flushByte();
  }

  #flushByte(): void {
    this.#out[this.#at++] = this.#hold & 0xff;
    this.#hold >>>= 8;
    this.#bits -= 8;
  }
}

function repeatLength(piece: Uint8Array, from: number, at: number): number {
  const most = Math.min(MATCH_MAX, piece.length - at);
  let length = 0;
  while (length < most && piece[from + length] === piece[at + length]) length++;
  return length;
}

interface Run {
  readonly symbol: number;
  readonly extra: number;
  readonly bits: number;
}

/** 16 = the last length 3–6 times again, 17 and 18 = 3–10 and 11–138 zeros. */
function runsOf(codeLengths: readonly number[]): Run[] {
  const runs: Run[] = [];
  for (let i = 0; i < codeLengths.length; ) {
    const length = codeLengths[i]!;
    let same = 1;
    while (codeLengths[i + same] === length) same++;
    if (length === 0 && same >= 3) {
      const count = Math.min(same, 138);
      runs.push(
        count > 10 ? { symbol: 18, extra: count - 11, bits: 7 } : { symbol: 17, extra: count - 3, bits: 3 },
      );
      i += count;
      continue;
    }
    runs.push({ symbol: length, extra: 0, bits: 0 });
    i++;
    const count = Math.min(same - 1, 6);
    if (length === 0 || count < 3) continue;
    runs.push({ symbol: 16, extra: count - 3, bits: 2 });
    i += count;
  }
  return runs;
}
