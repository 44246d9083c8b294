/** What arrived in a span of time as bytes in one buffer: passed between threads without a copy, read message by message. */
import type { Arrival } from "../../simulator/simulation.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import type { Intake } from "../door/admission.ts";
import type { ColumnsCodec } from "../door/columns-binary.ts";
import type { Door } from "../door/door.ts";
import { COLUMNS, STRUCTURED } from "../door/media-type.ts";

/** One element per message in all arrays but `bytes`. */
export interface ArrivalPack {
  /** ms since epoch, in order. */
  readonly receivedAt: Float64Array<ArrayBuffer>;
  /** 1 = binary columns, 0 = a CloudEvent in JSON. */
  readonly isColumns: Uint8Array<ArrayBuffer>;
  readonly start: Uint32Array<ArrayBuffer>;
  readonly length: Uint32Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Columns are read in place, so every message begins at a multiple of this. */
const ALIGNMENT = 8;
const FIRST_BYTES = 4_096;
const GROWTH = 1.5;

/** `memory` is used for the bytes if they fit, whatever it held before; otherwise a larger one takes its place. */
export function packArrivals(
  arrivals: Iterable<Arrival>,
  codec: ColumnsCodec,
  memory = new Uint8Array(FIRST_BYTES),
): ArrivalPack {
  const encoder = new TextEncoder();
  const messages: { receivedAt: number; isColumns: boolean; start: number; length: number }[] = [];
  const pack = new GrowingBytes(memory);
  for (const arrival of arrivals) {
    const isColumns = arrival.kind === "columns";
    const start = pack.end;
    if (isColumns) codec.encodeInto(arrival.columns, attributesOf(arrival), "ordinals", pack.room);
    else {
      const text = encoder.encode(JSON.stringify(arrival.event));
      pack.room(text.length).set(text);
    }
    messages.push({ receivedAt: arrival.receivedAt, isColumns, start, length: pack.used - start });
  }
  return {
    receivedAt: Float64Array.from(messages, ({ receivedAt }) => receivedAt),
    isColumns: Uint8Array.from(messages, ({ isColumns }) => (isColumns ? 1 : 0)),
    start: Uint32Array.from(messages, ({ start }) => start),
    length: Uint32Array.from(messages, ({ length }) => length),
    bytes: pack.bytes,
  };
}

/** Pieces of memory one behind the other, each at a multiple of `ALIGNMENT`. */
class GrowingBytes {
  bytes: Uint8Array<ArrayBuffer>;
  /** Where the last piece ends, and where the next begins. */
  used = 0;
  end = 0;

  constructor(memory: Uint8Array<ArrayBuffer>) {
    this.bytes = memory;
  }

  /** The next piece, holding anything, valid until the next call. */
  readonly room = (length: number): Uint8Array => {
    const start = this.end;
    this.used = start + length;
    this.end = Math.ceil(this.used / ALIGNMENT) * ALIGNMENT;
    if (this.end > this.bytes.length) {
      const larger = new Uint8Array(Math.ceil(GROWTH * this.end));
      larger.set(this.bytes.subarray(0, start));
      this.bytes = larger;
    }
    return this.bytes.subarray(start, this.used);
  };
}

function attributesOf({ id, source, columns }: Extract<Arrival, { kind: "columns" }>) {
  const time = formatTime(columns.base);
  return { specversion: "1.0", id, source, type: "warmcity.readings", time };
}

/** The i-th message as the door sees it: bytes with a media type, like anybody's. */
export function enterArrival(pack: ArrivalPack, i: number, door: Door): Intake {
  const start = pack.start[i]!;
  const body = pack.bytes.subarray(start, start + pack.length[i]!);
  return door.cloudEvents(body, pack.isColumns[i] === 1 ? COLUMNS : STRUCTURED, {}, pack.receivedAt[i]!);
}

/** An arrival that stays in its thread, as the door sees it. */
export function enter(arrival: Arrival, door: Door, codec: ColumnsCodec): Intake {
  return enterArrival(packArrivals([arrival], codec), 0, door);
}
