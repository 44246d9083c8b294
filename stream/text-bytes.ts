/** Texts as UTF-8 without a buffer for each: who takes many of them would mostly wait for the garbage collector. */

const BYTES_PER_CHARACTER_MAX = 3;

export class TextBytes {
  readonly #encoder = new TextEncoder();
  #buffer = new Uint8Array(4_096);

  /** The bytes of a text; valid until the next call. */
  of(text: string): Uint8Array {
    const room = text.length * BYTES_PER_CHARACTER_MAX;
    if (room > this.#buffer.length) this.#buffer = new Uint8Array(2 * room);
    return this.#buffer.subarray(0, this.#encoder.encodeInto(text, this.#buffer).written);
  }
}
