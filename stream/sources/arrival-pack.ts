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

export function packArrivals(arrivals: Iterable<Arrival>, codec: ColumnsCodec): ArrivalPack {
  const encoder = new TextEncoder();
  const messages: { receivedAt: number; isColumns: boolean; start: number; bytes: Uint8Array }[] = [];
  let end = 0;
  for (const arrival of arrivals) {
    const isColumns = arrival.kind === "columns";
    const bytes = isColumns ? columnsOf(arrival, codec) : encoder.encode(JSON.stringify(arrival.event));
    messages.push({ receivedAt: arrival.receivedAt, isColumns, start: end, bytes });
    end += Math.ceil(bytes.length / ALIGNMENT) * ALIGNMENT;
  }
  const whole = new Uint8Array(end);
  for (const { bytes, start } of messages) whole.set(bytes, start);
  return {
    receivedAt: Float64Array.from(messages, ({ receivedAt }) => receivedAt),
    isColumns: Uint8Array.from(messages, ({ isColumns }) => (isColumns ? 1 : 0)),
    start: Uint32Array.from(messages, ({ start }) => start),
    length: Uint32Array.from(messages, ({ bytes }) => bytes.length),
    bytes: whole,
  };
}

function columnsOf(arrival: Extract<Arrival, { kind: "columns" }>, codec: ColumnsCodec): Uint8Array {
  const attributes = {
    specversion: "1.0",
    id: arrival.id,
    source: arrival.source,
    type: "warmcity.readings",
    time: formatTime(arrival.columns.base),
  };
  return codec.encode(arrival.columns, attributes, "ordinals");
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
