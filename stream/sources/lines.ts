/** Lines of a byte stream, numbered from 1, one at a time: memory does not grow with the file. */

/** A longer line is handed on cut to this, so that it is refused like any other broken line. */
export const LINE_BYTES_MAX = 64 * 1024 * 1024;

const NEWLINE = 10;

export interface Line {
  readonly number: number;
  readonly text: Uint8Array;
}

/** Empty lines are passed over. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let parts: Uint8Array[] = [];
  let held = 0;
  let number = 0;
  const finish = (last: Uint8Array): Line | null => {
    number++;
    const text = parts.length === 0 ? last : joined([...parts, last]);
    parts = [];
    held = 0;
    return text.every(isBlank) ? null : { number, text };
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let to = chunk.indexOf(NEWLINE); to >= 0; to = chunk.indexOf(NEWLINE, from)) {
      const line = finish(chunk.subarray(from, to));
      if (line !== null) yield line;
      from = to + 1;
    }
    const room = LINE_BYTES_MAX - held;
    const rest = chunk.subarray(from, Math.min(chunk.length, from + Math.max(0, room)));
    if (rest.length > 0) parts.push(rest);
    held += rest.length;
  }
  const line = parts.length === 0 ? null : finish(new Uint8Array(0));
  if (line !== null) yield line;
}

function isBlank(byte: number): boolean {
  return byte === 32 || byte === 13 || byte === 9;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
