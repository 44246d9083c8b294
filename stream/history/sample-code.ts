/**
 * The packed form of one device's samples in one hour: per sample two zigzag varints, the change of the gap between times and the
 * change of the value. A sensor that reports every minute takes two to three bytes a sample.
 */

export const HOUR_MS = 3_600_000;
/** Bytes that one sample takes at most: 5 for any 32 bits, twice. */
export const SAMPLE_BYTES_MAX = 10;
/** Scaled values beyond are stored as the bound: 5.3 million at a resolution of 0.01. */
export const SCALED_MAX = 2 ** 29;

/** Samples of one device, in arrival order unless said otherwise; only the first `length` elements count. */
export class SampleRun {
  /** ms since the beginning of the hour. */
  offset: Int32Array;
  /** Value in steps of the device's resolution. */
  scaled: Int32Array;
  length = 0;

  constructor(capacity = 256) {
    this.offset = new Int32Array(capacity);
    this.scaled = new Int32Array(capacity);
  }

  push(offset: number, scaled: number): void {
    this.reserve(this.length + 1);
    this.offset[this.length] = offset;
    this.scaled[this.length++] = scaled;
  }

  reserve(capacity: number): void {
    if (capacity <= this.offset.length) return;
    const larger = Math.max(capacity, this.offset.length * 2);
    const [offset, scaled] = [new Int32Array(larger), new Int32Array(larger)];
    offset.set(this.offset);
    scaled.set(this.scaled);
    this.offset = offset;
    this.scaled = scaled;
  }

  /** Puts the samples in order of time and keeps the first that came of each time. */
  settle(): void {
    const { offset, scaled, length } = this;
    let ordered = true;
    for (let i = 1; i < length && ordered; i++) ordered = offset[i]! > offset[i - 1]!;
    if (ordered) return;
    const order = Array.from({ length }, (_, i) => i).sort((a, b) => offset[a]! - offset[b]! || a - b);
    const [times, values] = [offset.slice(0, length), scaled.slice(0, length)];
    this.length = 0;
    for (const i of order) {
      if (this.length > 0 && offset[this.length - 1] === times[i]) continue;
      offset[this.length] = times[i]!;
      scaled[this.length++] = values[i]!;
    }
  }
}

/** Writes the samples at `at`; returns the end. `target` has room for `SAMPLE_BYTES_MAX` each. */
export function encodeSamples(run: SampleRun, target: Uint8Array, at: number): number {
  let [lastOffset, lastGap, lastScaled] = [0, 0, 0];
  let end = at;
  for (let i = 0; i < run.length; i++) {
    const gap = run.offset[i]! - lastOffset;
    end = putVarint(target, end, zigzag(gap - lastGap));
    end = putVarint(target, end, zigzag(run.scaled[i]! - lastScaled));
    lastOffset = run.offset[i]!;
    lastGap = gap;
    lastScaled = run.scaled[i]!;
  }
  return end;
}

/** Appends the `count` samples at `at` to the run. Throws a RangeError when they do not end by `end`. */
export function decodeSamples(
  bytes: Uint8Array,
  at: number,
  end: number,
  count: number,
  run: SampleRun,
): void {
  run.reserve(run.length + count);
  const { offset, scaled } = run;
  let [lastOffset, lastGap, lastScaled] = [0, 0, 0];
  let i = run.length;
  const last = i + count;
  let cursor = at;
  for (; i < last; i++) {
    let byte = bytes[cursor++]!;
    let code = byte & 0x7f;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      byte = bytes[cursor++]!;
      code |= (byte & 0x7f) << shift;
    }
    lastGap += (code >>> 1) ^ -(code & 1);
    lastOffset += lastGap;
    byte = bytes[cursor++]!;
    code = byte & 0x7f;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      byte = bytes[cursor++]!;
      code |= (byte & 0x7f) << shift;
    }
    lastScaled += (code >>> 1) ^ -(code & 1);
    offset[i] = lastOffset;
    scaled[i] = lastScaled;
  }
  if (cursor > end)
    throw new RangeError(`Cannot decode ${count} samples: they end ${cursor - end} bytes late`);
  run.length = last;
}

/** Small numbers of either sign to small numbers. */
export function zigzag(value: number): number {
  return ((value << 1) ^ (value >> 31)) >>> 0;
}

/** 7 bits a byte, low ones first; returns the end. */
export function putVarint(target: Uint8Array, at: number, value: number): number {
  let [end, rest] = [at, value];
  while (rest > 0x7f) {
    target[end++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  target[end++] = rest;
  return end;
}
