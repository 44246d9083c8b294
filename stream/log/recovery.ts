/** Finds the end of a log that may have been cut off in mid-write. */
import {
  Block,
  blockFault,
  blockLength,
  HASH_BYTES,
  HEADER_BYTES,
  hexOf,
  NO_BLOCK,
  sameBytes,
} from "./block.ts";
import { BadBlock, BlockCursor, Chain } from "./block-cursor.ts";
import type { FilePort, LogFile } from "./file-port.ts";
import { HEAD_NAME, type Head, readHead } from "./head-file.ts";
import { damage, LogError } from "./log-error.ts";
import { type Segment, segmentsAmong } from "./segment.ts";

export interface LogEnd {
  readonly segments: Segment[];
  /** Position after the last record, and the hash of the block that ends there. */
  readonly next: number;
  readonly previous: Uint8Array;
  /** Bytes of the last segment that are whole blocks, and bytes after them: a write that did not end. */
  readonly endBytes: number;
  readonly tornBytes: number;
  /** Where the last whole block of the last segment begins; equal to `endBytes` when it has none. */
  readonly lastBlockAt: number;
  /** Why the torn bytes are none of the log; `null` when there are none. */
  readonly reason: string | null;
}

/** Segments at the end that are read whole; two, as the last one may be empty. */
const READ_WHOLE = 2;

/**
 * Reads the last segments whole (CRC-32 and chain) and how each older one continues the one before; the inside of those is
 * checked when it is read, or by `verifyLog`. Changes nothing. Throws a `LogError` "damaged" for anything but a torn last block.
 */
export async function findEnd(files: FilePort, directory: string): Promise<LogEnd> {
  const { segments, empty } = parted(files, directory, segmentsAmong(await files.list(directory)));
  const head = await readHead(files, directory);
  const whole = Math.max(0, segments.length - READ_WHOLE);
  let previous = NO_BLOCK;
  for (const segment of segments.slice(0, whole))
    previous = readFrom(files, directory, segment, (file) => followLink(file, segment, previous));
  const chain = new Chain(segments[whole]?.first ?? 0, previous);
  let end: SegmentEnd = NOTHING;
  for (const segment of segments.slice(whole)) {
    if (end.reason !== null) throw damage(segment.name, 0, `The segment before has a bad end: ${end.reason}`);
    if (segment.first !== chain.next)
      throw damage(
        segment.name,
        0,
        `A segment that begins at position ${chain.next} expected: one is missing`,
      );
    end = readFrom(files, directory, segment, (file) => scan(file, segment, chain, head));
  }
  const begun = empty.find(({ first }) => first === chain.next);
  if (begun !== undefined && end.reason === null) {
    segments.push(begun);
    end = NOTHING;
  }
  if (segments.length > 0 && whole === 0 && segments[0]!.first !== 0)
    throw damage(segments[0]!.name, 0, "A log begins at position 0: the first segment is missing");
  if (head !== null && head.position > chain.next) {
    const reason = `Position ${head.position} was durable, the log ends at ${chain.next}`;
    throw new LogError("damaged", { pointer: `/${HEAD_NAME}`, reason });
  }
  return {
    segments,
    next: chain.next,
    previous: chain.previous,
    endBytes: end.bytes,
    tornBytes: end.torn,
    lastBlockAt: end.lastBlockAt,
    reason: end.reason,
  };
}

/**
 * The segments that have bytes, and the empty ones: the next one, or what a writer left that began a segment as another took
 * the log over.
 */
function parted(
  files: FilePort,
  directory: string,
  all: readonly Segment[],
): { segments: Segment[]; empty: Segment[] } {
  const isEmpty = (segment: Segment) => readFrom(files, directory, segment, (file) => file.size() === 0);
  const empty = all.filter(isEmpty);
  return { segments: all.filter((segment) => !empty.includes(segment)), empty };
}

function readFrom<T>(files: FilePort, directory: string, segment: Segment, read: (file: LogFile) => T): T {
  const file = files.openRead(`${directory}/${segment.name}`);
  try {
    return read(file);
  } finally {
    file.closeSync();
  }
}

/** Whether a segment's first block continues the segment before; returns the hash of its last block. */
function followLink(file: LogFile, segment: Segment, previous: Uint8Array): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES);
  file.readSync(header, 0);
  const length = blockLength(header, 0, file.size());
  if (typeof length === "string") throw damage(segment.name, 0, length);
  const first = new Block(header);
  if (first.first !== segment.first || !sameBytes(first.previous, previous))
    throw damage(
      segment.name,
      0,
      `A block that follows SHA-256 ${hexOf(previous)} at ${segment.first} expected`,
    );
  const hash = new Uint8Array(HASH_BYTES);
  file.readSync(hash, file.size() - HASH_BYTES);
  return hash;
}

interface SegmentEnd {
  readonly bytes: number;
  readonly torn: number;
  readonly lastBlockAt: number;
  readonly reason: string | null;
}

const NOTHING: SegmentEnd = { bytes: 0, torn: 0, lastBlockAt: 0, reason: null };

/** Reads a segment into the chain as far as it is good. A bad block with a good one behind it is damage, no torn end. */
function scan(file: LogFile, segment: Segment, chain: Chain, head: Head | null): SegmentEnd {
  const size = file.size();
  const cursor = new BlockCursor(file, 0, size);
  let lastBlockAt = 0;
  for (;;) {
    const offset = cursor.offset;
    const block = cursor.nextSync();
    if (block === null) return { bytes: offset, torn: 0, lastBlockAt, reason: null };
    if (block instanceof BadBlock) {
      if (hasLaterBlock(file, offset, size, chain.next)) throw damage(segment.name, offset, block.reason);
      const reason = `${segment.name} at ${offset}: ${block.reason}`;
      return { bytes: offset, torn: size - offset, lastBlockAt, reason };
    }
    const fault = chain.take(block);
    if (fault !== null) throw damage(segment.name, offset, fault);
    if (head?.position === chain.next && head.sha256 !== hexOf(chain.previous))
      throw damage(segment.name, offset, `The head has SHA-256 ${head.sha256} for this block`);
    segment.note(block.first, offset);
    lastBlockAt = offset;
  }
}

function hasLaterBlock(file: LogFile, offset: number, size: number, after: number): boolean {
  const rest = new Uint8Array(size - offset);
  file.readSync(rest, offset);
  for (let at = 8; at < rest.length; at += 8) {
    const length = blockLength(rest, at, rest.length - at);
    if (typeof length === "string") continue;
    const bytes = rest.subarray(at, at + length);
    if (blockFault(bytes) === null && new Block(bytes).first > after) return true;
  }
  return false;
}
