/** Files of CloudEvents, one per line: read piece by piece, so that a file may be as long as it likes. */
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";

/** A line that is longer is handed on cut: it is refused like any other that is no event, and the next one is read. */
const LINE_BYTES_MAX = 16_000_000;
const NEWLINE = 10;

export interface Line {
  /** Counted from 1, empty lines included. */
  readonly number: number;
  /** UTF-8 as it stands in the file, without the line end; `Door.line` decodes it. */
  readonly text: Uint8Array;
}

/** The lines of a file that are not empty; unpacked if its name ends in `.gz`. Throws if it cannot be read to its end. */
export async function* readFile(path: string): AsyncGenerator<Line> {
  const file = createReadStream(path);
  if (!path.endsWith(".gz")) {
    yield* readLines(file);
    return;
  }
  const unpacked = createGunzip();
  // An error of either end ends the lines with that error; it is thrown where the lines are read.
  const piped = pipeline(file, unpacked).then(
    () => null,
    (error: unknown) => error,
  );
  try {
    yield* readLines(unpacked);
  } finally {
    unpacked.destroy();
    file.destroy();
    await piped;
  }
}

/** The lines in a stream of bytes that are not empty. */
export async function* readLines(
  bytes: AsyncIterable<Uint8Array>,
  lineBytesMax = LINE_BYTES_MAX,
): AsyncGenerator<Line> {
  const pending = new PendingLine(lineBytesMax);
  let number = 0;
  for await (const chunk of bytes) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      number++;
      const text = pending.endWith(chunk.subarray(start, end));
      if (!isBlank(text)) yield { number, text };
      start = end + 1;
    }
    pending.add(chunk.subarray(start));
  }
  const text = pending.endWith(new Uint8Array());
  if (!isBlank(text)) yield { number: number + 1, text };
}

/** A line whose end has not come yet. */
class PendingLine {
  readonly #bytesMax: number;
  #parts: Uint8Array[] = [];
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  add(part: Uint8Array): void {
    const room = this.#bytesMax - this.#bytes;
    if (part.length === 0 || room <= 0) return;
    // Copied: the stream may use its buffer again.
    this.#parts.push(part.slice(0, room));
    this.#bytes += Math.min(part.length, room);
  }

  endWith(last: Uint8Array): Uint8Array {
    if (this.#parts.length === 0 && last.length <= this.#bytesMax) return withoutReturn(last);
    this.add(last);
    const whole = Buffer.concat(this.#parts, this.#bytes);
    this.#parts = [];
    this.#bytes = 0;
    return withoutReturn(whole);
  }
}

function withoutReturn(line: Uint8Array): Uint8Array {
  return line.at(-1) === 13 ? line.subarray(0, -1) : line;
}

function isBlank(line: Uint8Array): boolean {
  return line.every((byte) => byte === 32 || byte === 9);
}
