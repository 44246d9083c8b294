/** Appends text and numbers as UTF-8 to one growing piece of memory. */

const FIRST_BYTES = 1 << 16;
const NUMBER_BYTES_MAX = 26;
const [ZERO, COMMA, MINUS, POINT] = [48, 44, 45, 46];
const SMALL = 1_000_000_000;

export class ByteWriter {
  #bytes = new Uint8Array(FIRST_BYTES);
  #at = 0;
  readonly #encoder = new TextEncoder();

  clear(): void {
    this.#at = 0;
  }

  /** What was written since the last `clear()`; valid until the next write. */
  written(from = 0): Uint8Array {
    return this.#bytes.subarray(from, this.#at);
  }

  get length(): number {
    return this.#at;
  }

  text(text: string): void {
    this.#reserve(text.length * 3);
    this.#at += this.#encoder.encodeInto(text, this.#bytes.subarray(this.#at)).written;
  }

  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  /** Numbers as JSON writes them, with commas between; `NaN` as `null`. */
  numbers(numbers: ArrayLike<number>): void {
    this.#reserve(numbers.length * NUMBER_BYTES_MAX);
    const bytes = this.#bytes;
    let at = this.#at;
    for (let i = 0; i < numbers.length; i++) {
      const value = numbers[i]!;
      const hundredths = Math.round(value * 100);
      if (hundredths / 100 === value && hundredths < SMALL && hundredths > -SMALL) {
        at = writeHundredths(bytes, at, hundredths);
      } else {
        at += this.#encoder.encodeInto(
          Number.isNaN(value) ? "null" : String(value),
          bytes.subarray(at),
        ).written;
      }
      bytes[at++] = COMMA;
    }
    this.#at = numbers.length > 0 ? at - 1 : at;
  }

  #reserve(more: number): void {
    if (this.#at + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + more));
    larger.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = larger;
  }
}

/** Writes `hundredths / 100` without needless zeros; returns the position after it. */
function writeHundredths(bytes: Uint8Array, from: number, hundredths: number): number {
  let at = from;
  let rest = hundredths | 0;
  if (rest < 0) {
    bytes[at++] = MINUS;
    rest = -rest;
  }
  const whole = (rest / 100) | 0;
  const fraction = rest - whole * 100;
  at = writeDigits(bytes, at, whole);
  if (fraction === 0) return at;
  bytes[at++] = POINT;
  const tenths = (fraction / 10) | 0;
  bytes[at++] = ZERO + tenths;
  if (fraction !== tenths * 10) bytes[at++] = ZERO + fraction - tenths * 10;
  return at;
}

function writeDigits(bytes: Uint8Array, at: number, value: number): number {
  let size = 1;
  for (let limit = 10; value >= limit; limit *= 10) size++;
  let rest = value;
  for (let i = at + size - 1; i >= at; i--) {
    const tens = (rest / 10) | 0;
    bytes[i] = ZERO + rest - tens * 10;
    rest = tens;
  }
  return at + size;
}
