/** Checks a log offline, byte by byte: CRC-32, positions, the SHA-256 chain and the head. Writes nothing, takes no lock. */
import { type Block, hexOf, NO_BLOCK, sameBytes } from "./block.ts";
import { BadBlock, BlockCursor, Chain } from "./block-cursor.ts";
import type { FilePort } from "./file-port.ts";
import { HEAD_NAME, type Head, readHead } from "./head-file.ts";
import { LogError } from "./log-error.ts";
import { type Segment, segmentsAmong } from "./segment.ts";

export interface VerifyFault {
  /** A file in the log's directory, and the byte in it where the faulty block begins. */
  readonly file: string;
  readonly offset: number;
  readonly reason: string;
}

export interface VerifyReport {
  readonly ok: boolean;
  readonly segments: number;
  readonly blocks: number;
  readonly records: number;
  readonly bytes: number;
  /** SHA-256 of the last good block, hex: two logs with the same one are the same up to there. */
  readonly sha256: string;
  /** A torn last block (of a crash, or of a writer at work) is a fault, too: opening the log cuts it off. */
  readonly firstFault: VerifyFault | null;
}

/** Throws a system error when the directory or a file cannot be read. */
export async function verifyLog(directory: string, files: FilePort): Promise<VerifyReport> {
  const segments = segmentsAmong(await files.list(directory));
  const walk = new Walk();
  let firstFault: VerifyFault | null = null;
  try {
    walk.head = await readHead(files, directory);
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    firstFault = { file: HEAD_NAME, offset: 0, reason: error.fault.reason };
  }
  for (const segment of segments) {
    firstFault ??= await walk.segment(files, directory, segment);
    if (firstFault !== null) break;
  }
  firstFault ??= walk.headFault();
  const { blocks, bytes, chain } = walk;
  return {
    ok: firstFault === null,
    segments: segments.length,
    blocks,
    records: chain.next,
    bytes,
    sha256: hexOf(chain.previous),
    firstFault,
  };
}

class Walk {
  readonly chain = new Chain(0, NO_BLOCK);
  head: Head | null = null;
  blocks = 0;
  bytes = 0;
  /** The chain's hash at the head's position. */
  #atHead: string | null = null;

  async segment(files: FilePort, directory: string, segment: Segment): Promise<VerifyFault | null> {
    const file = files.openRead(`${directory}/${segment.name}`);
    try {
      // Begun and not written to: nothing of the log, whatever its name says.
      if (file.size() === 0) return null;
      if (segment.first !== this.chain.next) {
        const reason = `a segment that begins at position ${this.chain.next} expected: one is missing`;
        return { file: segment.name, offset: 0, reason };
      }
      const cursor = new BlockCursor(file, 0, file.size());
      for (;;) {
        const offset = cursor.offset;
        const block = await cursor.next();
        if (block === null) return null;
        const reason = block instanceof BadBlock ? block.reason : this.#take(block);
        if (reason !== null) return { file: segment.name, offset, reason };
        this.bytes += cursor.offset - offset;
      }
    } finally {
      file.closeSync();
    }
  }

  headFault(): VerifyFault | null {
    if (this.head === null || this.#atHead === this.head.sha256) return null;
    const found = this.#atHead ?? `no block that ends there; the log ends at ${this.chain.next}`;
    const reason = `SHA-256 ${this.head.sha256} at position ${this.head.position} expected, found ${found}`;
    return { file: HEAD_NAME, offset: 0, reason };
  }

  #take(block: Block): string | null {
    const computed = block.computedHash();
    if (!sameBytes(block.hash, computed))
      return `SHA-256 ${hexOf(block.hash)} expected, ${hexOf(computed)} found`;
    const fault = this.chain.take(block);
    if (fault !== null) return fault;
    this.blocks++;
    if (this.chain.next === this.head?.position) this.#atHead = hexOf(this.chain.previous);
    return null;
  }
}
