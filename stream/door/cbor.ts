/**
 * CBOR (RFC 8949) from strangers: `cborFault` walks the bytes first, without recursion, and refuses what nests too deep,
 * promises more than it brings, or uses tags; only then the decoder sees them.
 */
import { Decoder } from "cbor-x/decode";
import type { Parsed } from "../../twin/kernel/fault.ts";

const DEPTH_MAX = 16;
const BREAK = 0xff;

const decoder = new Decoder({ mapsAsObjects: false, useRecords: false });

/** The one item that the bytes hold, maps as `Map`; a fault if they hold anything else. */
export function decodeCbor(bytes: Uint8Array): Parsed<unknown> {
  const reason = cborFault(bytes);
  if (reason !== null) return { ok: false, faults: [{ pointer: "", reason }] };
  try {
    const value: unknown = decoder.decode(bytes);
    return { ok: true, value };
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    return { ok: false, faults: [{ pointer: "", reason: `is no CBOR: ${told}` }] };
  }
}

/** Why the bytes are not exactly one sound, tag-free, shallow CBOR item; `null` if they are. */
export function cborFault(bytes: Uint8Array): string | null {
  /** Items still to come in each open container; -1 = until a break. */
  const open: number[] = [1];
  let at = 0;
  while (open.length > 0) {
    if (at >= bytes.length) return `is no CBOR: it ends within an item, after ${bytes.length} bytes`;
    const initial = bytes[at]!;
    const left = open.at(-1)!;
    if (initial === BREAK) {
      if (left !== -1) return `is no CBOR: a break at byte ${at} ends nothing`;
      open.pop();
      at++;
    } else {
      if (left > 0) open[open.length - 1] = left - 1;
      const item = readHead(bytes, at);
      if (typeof item === "string") return item;
      at = item.next;
      if (item.items !== 0) open.push(item.items);
      if (open.length > DEPTH_MAX) return `nests deeper than ${DEPTH_MAX}`;
    }
    while (open.length > 0 && open.at(-1) === 0) open.pop();
  }
  return at === bytes.length ? null : `is followed by ${bytes.length - at} bytes that belong to nothing`;
}

interface Head {
  /** Where the next item begins. */
  readonly next: number;
  /** Items that this container holds; -1 = until a break, 0 = no container. */
  readonly items: number;
}

function readHead(bytes: Uint8Array, at: number): Head | string {
  const major = bytes[at]! >> 5;
  const short = bytes[at]! & 31;
  if (short > 27 && short < 31) return `is no CBOR: reserved length at byte ${at}`;
  const indefinite = short === 31;
  const width = short < 24 || indefinite ? 0 : 1 << (short - 24);
  const next = at + 1 + width;
  if (next > bytes.length) return `is no CBOR: it ends within an item, after ${bytes.length} bytes`;
  let argument = short;
  if (width > 0) {
    argument = 0;
    for (let i = at + 1; i < next; i++) argument = argument * 256 + bytes[i]!;
  }
  if (major <= 1) return indefinite ? `is no CBOR: an endless number at byte ${at}` : { next, items: 0 };
  if (major === 7) return { next, items: 0 };
  if (major === 6) return `has a tag at byte ${at}; tags are not used here`;
  if (major <= 3) {
    if (indefinite) return `has a text in pieces at byte ${at}; that is not used here`;
    return next + argument > bytes.length
      ? `is no CBOR: a text of ${argument} bytes at byte ${at} is longer than what is left`
      : { next: next + argument, items: 0 };
  }
  if (indefinite) return { next, items: -1 };
  const items = major === 5 ? argument * 2 : argument;
  return next + items > bytes.length
    ? `is no CBOR: ${items} items at byte ${at} are more than the bytes left`
    : { next, items };
}
