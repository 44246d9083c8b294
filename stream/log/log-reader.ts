/** Reads records by position; every block is held against its CRC-32 and the block before. */
import { type Block, FRAME_HEADER_BYTES, HEADER_BYTES, padded } from "./block.ts";
import { BadBlock, BlockCursor, Chain } from "./block-cursor.ts";
import type { FilePort } from "./file-port.ts";
import { damage } from "./log-error.ts";
import type { Segment } from "./segment.ts";

export interface LogRecord {
  /** Ordinal of the record, from 0, without gap. */
  readonly position: number;
  /** One of `RECORD_KINDS`. */
  readonly kind: number;
  /** Valid until the next iteration; begins at a multiple of 8 of its buffer, so that columns can be read in place. */
  readonly bytes: Uint8Array;
}

/** Where to read: `from` up to, not including, `to`; `to` must be durable. */
export interface LogRange {
  readonly files: FilePort;
  readonly directory: string;
  readonly segments: readonly Segment[];
  readonly from: number;
  readonly to: number;
}

/** Throws a `LogError` "damaged" with segment, byte offset and what was expected. */
export async function* readRecords(range: LogRange): AsyncGenerator<LogRecord, void> {
  const acceptor = new Acceptor();
  for (const segment of segmentsOf(range)) {
    const file = range.files.openRead(`${range.directory}/${segment.name}`);
    try {
      const cursor = new BlockCursor(file, segment.seek(range.from), segment.bytes ?? file.size());
      for (;;) {
        const block = acceptor.accept(await cursor.next(), segment, cursor);
        if (block === null) break;
        for (const record of recordsOf(block, range)) yield record;
        if (block.next >= range.to) return;
      }
    } finally {
      file.closeSync();
    }
  }
}

/** The same with blocking reads. */
export function* readRecordsSync(range: LogRange): Generator<LogRecord, void> {
  const acceptor = new Acceptor();
  for (const segment of segmentsOf(range)) {
    const file = range.files.openRead(`${range.directory}/${segment.name}`);
    try {
      const cursor = new BlockCursor(file, segment.seek(range.from), segment.bytes ?? file.size());
      for (;;) {
        const block = acceptor.accept(cursor.nextSync(), segment, cursor);
        if (block === null) break;
        yield* recordsOf(block, range);
        if (block.next >= range.to) return;
      }
    } finally {
      file.closeSync();
    }
  }
}

function segmentsOf({ segments, from, to }: LogRange): Segment[] {
  if (!(Number.isInteger(from) && from >= 0))
    throw new RangeError(`Cannot read the log from position ${from}`);
  return segments.filter(
    (segment, i) => from < to && segment.first < to && (segments[i + 1]?.first ?? to) > from,
  );
}

/** Lets only blocks through that are whole and follow each other. */
class Acceptor {
  #chain: Chain | null = null;

  accept(found: Block | BadBlock | null, segment: Segment, cursor: BlockCursor): Block | null {
    if (found === null) return null;
    if (found instanceof BadBlock) throw damage(segment.name, found.offset, found.reason);
    const offset = cursor.offset - found.bytes.length;
    this.#chain ??= new Chain(found.first, null);
    const fault = this.#chain.take(found);
    if (fault !== null) throw damage(segment.name, offset, fault);
    segment.note(found.first, offset);
    return found;
  }
}

function* recordsOf(block: Block, range: LogRange): Generator<LogRecord, void> {
  const { bytes, view, first } = block;
  const to = Math.min(range.to, block.next);
  let at = HEADER_BYTES;
  for (let position = first; position < to; position++) {
    const start = at + FRAME_HEADER_BYTES;
    const length = view.getUint32(at, true);
    if (position >= range.from)
      yield { position, kind: bytes[at + 4]!, bytes: bytes.subarray(start, start + length) };
    at = start + padded(length);
  }
}
