/**
 * The one codec between the server and its viewers, imported by both ends (pure: no `node:`, no DOM).
 *
 * `GET /v1/city/stream` (WebSocket): JSON texts for what is rare, little-endian binary frames for kitchen states.
 * The client learns the order of kitchens from `GET /v1/kitchens/positions`; index i below is the i-th kitchen there.
 *
 *   snapshot  u8 1 | u8 0 | u16 0 | u32 kitchens | f64 time | f64 position | kitchens x (u8 state, u8 flags)
 *   delta     u8 2 | u8 0 | u16 0 | u32 changes  | f64 time | f64 position | changes x (u16 index, u8 state, u8 flags)
 */

/** What a kitchen shows on the map, worst first decides: its highest open alert, else dark, else closed. */
export const MAP_STATES = ["normal", "L4", "L3", "L2", "L1", "offline", "closed", "never"] as const;
export type MapState = (typeof MAP_STATES)[number];

/** Bits of `flags`: an alert of this kitchen is not yet acknowledged; the kitchen is open now. */
export const FLAG_UNACKNOWLEDGED = 1;
export const FLAG_OPEN = 2;

const HEADER_BYTES = 24;
const SNAPSHOT = 1;
const DELTA = 2;

export interface StateFrame {
  readonly kind: "snapshot" | "delta";
  /** Event time, ms since epoch. */
  readonly time: number;
  /** Log position up to which the frame speaks. */
  readonly position: number;
  /** Kitchen indices; `null` in a snapshot, whose states are in registry order. */
  readonly indices: Uint16Array | null;
  readonly states: Uint8Array;
  readonly flags: Uint8Array;
}

/** The rare messages, as JSON texts. */
export type FeedMessage =
  | {
      readonly kind: "hello";
      readonly position: number;
      readonly time: number;
      readonly kitchens: number;
    }
  | { readonly kind: "totals"; readonly totals: CityTotals }
  /** The reader was too slow: only the newest value per kitchen follows. */
  | { readonly kind: "skipped"; readonly frames: number };

export interface CityTotals {
  /** Event time, ms since epoch, and the log position the totals speak for. */
  readonly time: number;
  readonly position: number;
  readonly kitchens: number;
  readonly byState: Readonly<Record<MapState, number>>;
  readonly byBanner: readonly {
    readonly banner: string;
    readonly kitchens: number;
    readonly byState: Readonly<Record<MapState, number>>;
  }[];
  readonly openAlerts: Readonly<Record<"L1" | "L2" | "L3" | "L4", number>>;
  readonly devices: { readonly known: number; readonly online: number };
}

export function encodeStateFrame(frame: StateFrame): Uint8Array {
  const snapshot = frame.kind === "snapshot";
  const stride = snapshot ? 2 : 4;
  const bytes = new Uint8Array(HEADER_BYTES + frame.states.length * stride);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, snapshot ? SNAPSHOT : DELTA);
  view.setUint32(4, frame.states.length, true);
  view.setFloat64(8, frame.time, true);
  view.setFloat64(16, frame.position, true);
  for (let i = 0, at = HEADER_BYTES; i < frame.states.length; i++, at += stride) {
    if (!snapshot) view.setUint16(at, frame.indices![i]!, true);
    bytes[at + stride - 2] = frame.states[i]!;
    bytes[at + stride - 1] = frame.flags[i]!;
  }
  return bytes;
}

/** Throws a RangeError that says what is wrong with the frame. */
export function decodeStateFrame(bytes: Uint8Array): StateFrame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < HEADER_BYTES) {
    throw new RangeError(
      `Cannot decode state frame: ${bytes.byteLength} bytes, the header alone has ${HEADER_BYTES}`,
    );
  }
  const kind = view.getUint8(0);
  if (kind !== SNAPSHOT && kind !== DELTA)
    throw new RangeError(`Cannot decode state frame: kind ${kind}, wanted 1 or 2`);
  const count = view.getUint32(4, true);
  const stride = kind === SNAPSHOT ? 2 : 4;
  if (bytes.byteLength !== HEADER_BYTES + count * stride) {
    throw new RangeError(`Cannot decode state frame: ${bytes.byteLength} bytes for ${count} kitchens`);
  }
  const indices = kind === SNAPSHOT ? null : new Uint16Array(count);
  const states = new Uint8Array(count);
  const flags = new Uint8Array(count);
  for (let i = 0, at = HEADER_BYTES; i < count; i++, at += stride) {
    if (indices !== null) indices[i] = view.getUint16(at, true);
    states[i] = bytes[at + stride - 2]!;
    flags[i] = bytes[at + stride - 1]!;
  }
  return {
    kind: kind === SNAPSHOT ? "snapshot" : "delta",
    time: view.getFloat64(8, true),
    position: view.getFloat64(16, true),
    indices,
    states,
    flags,
  };
}
