/**
 * `application/vnd.warmcity.columns`: columns as bytes, for gateways that send many readings and for the log.
 * Little-endian; version 1:
 *
 *    0  "WCCB"
 *    4  u16 version = 1
 *    6  u16 flags: 1 devices are registry ordinals | 2 sequence is u32 | 4 value is i32 thousandths |
 *                  8 there are no values, all entries are heartbeats | 16 device is u16
 *    8  f64 base, event time in ms since epoch
 *   16  u32 n, entries
 *   20  u32 m, devices
 *   24  u32 hash of the registry that the ordinals count in (0 for names)
 *   28  u32 t, bytes of the text
 *   32  text, UTF-8 JSON filled up with spaces to a multiple of 8 bytes:
 *       { "attributes": { CloudEvents attributes }, "devices": [names], "boot": [one bootid or null per device] }
 *       (a `boot` that is one text is the bootid of all of them)
 *       `attributes` may be empty where headers carry them; `devices` is absent with flag 1; `boot` may be absent
 *   32+t  f64 sequence[n]    unless flag 2
 *         f64 value[n]       unless flag 4 or 8; NaN = heartbeat
 *         u32 ordinal[m]     with flag 1
 *         u32 device[n]      unless flag 16; index into the devices
 *         u32 sequence[n]    with flag 2
 *         i32 dtMs[n]
 *         i32 value[n]       with flag 4, in thousandths; -2^31 = heartbeat
 *         u16 device[n]      with flag 16
 *
 * An entry takes 10 to 24 bytes. Encoding picks the short forms only where they lose nothing.
 */
import type { City } from "../../twin/city/city.ts";
import { COLUMN_ENTRIES_MAX, type Columns } from "../../twin/events/columns.ts";
import type { Parsed } from "../../twin/kernel/fault.ts";
import { hash32 } from "../../twin/kernel/hash.ts";
import type { RawColumns } from "./column-entries.ts";
import type { Attributes } from "./envelope.ts";
import { fromThousandths, isNothing, toThousandths } from "./short-values.ts";

export const HEADER_BYTES = 32;
const MAGIC = 0x42434357;
const VERSION = 1;
const ORDINALS = 1;
const SHORT_SEQUENCE = 2;
const SHORT_VALUE = 4;
const NO_VALUES = 8;
const SHORT_DEVICE = 16;
const ALL_FLAGS = ORDINALS | SHORT_SEQUENCE | SHORT_VALUE | NO_VALUES | SHORT_DEVICE;
const SPACE = 32;
const NAMES_MAX = COLUMN_ENTRIES_MAX;
const BOOT_LISTS_MAX = 256;
const NOTHINGS_MAX = 256;

export interface DecodedColumns {
  readonly attributes: Attributes;
  /** Views of the decoded bytes where these are aligned: the bytes must not be reused. */
  readonly raw: RawColumns;
}

/** Encodes and decodes columns of one city. */
export class ColumnsCodec {
  /** Names the registry: columns in ordinals are read only under the registry they were written with. */
  readonly registryHash: number;
  readonly #city: City;
  readonly #encoder = new TextEncoder();
  #short = new Int32Array(0);
  /** By length; read by many, written by none. */
  readonly #nothings = new Map<number, Float64Array>();
  /** Lists of one bootid over and over, by length: most messages of a run have the same one. */
  #sameBoots = { boot: "", byLength: new Map<number, readonly string[]>() };

  constructor(city: City) {
    this.#city = city;
    let hash = city.devices.length;
    for (const device of city.devices) hash = hash32(device.id, hash);
    this.registryHash = hash >>> 0;
  }

  /** `names` for the wire and for a log; `ordinals` among those that make the same city, as the simulator does. */
  encode(columns: Columns, attributes: Attributes, form: "names" | "ordinals"): Uint8Array {
    let bytes = new Uint8Array();
    this.encodeInto(columns, attributes, form, (length) => {
      bytes = new Uint8Array(length);
      return bytes;
    });
    return bytes;
  }

  /** As `encode`, into memory that `room` gives when asked for so many bytes, from a multiple of 8 on; all of it is
   * written. */
  encodeInto(
    columns: Columns,
    attributes: Attributes,
    form: "names" | "ordinals",
    room: (bytes: number) => Uint8Array,
  ): void {
    const { devices, boots, device, sequence, dtMs, value } = columns;
    const [n, m] = [value.length, devices.length];
    const named = form === "names";
    const texts = {
      attributes,
      ...(named ? { devices: Array.from(devices, (ordinal) => this.#city.devices[ordinal]!.id) } : {}),
      ...(boots === null ? {} : { boot: oneBoot(boots) ?? boots }),
    };
    const text = this.#encoder.encode(JSON.stringify(texts));
    const t = Math.ceil(text.length / 8) * 8;
    const flags =
      (named ? 0 : ORDINALS) |
      (isShortSequence(sequence) ? SHORT_SEQUENCE : 0) |
      (m <= 0x1_0000 ? SHORT_DEVICE : 0) |
      this.#shorten(value);
    const layout = layoutOf(n, m, t, flags);
    const bytes = room(layout.end);
    const { buffer, byteOffset: at } = bytes;
    const view = new DataView(buffer, at);
    view.setUint32(0, MAGIC, true);
    view.setUint16(4, VERSION, true);
    view.setUint16(6, flags, true);
    view.setFloat64(8, columns.base, true);
    view.setUint32(16, n, true);
    view.setUint32(20, m, true);
    view.setUint32(24, named ? 0 : this.registryHash, true);
    view.setUint32(28, t, true);
    bytes.fill(SPACE, HEADER_BYTES + text.length, HEADER_BYTES + t);
    bytes.set(text, HEADER_BYTES);
    if (flags & SHORT_SEQUENCE) new Uint32Array(buffer, at + layout.sequence, n).set(sequence);
    else new Float64Array(buffer, at + layout.sequence, n).set(sequence);
    if (flags & SHORT_VALUE) new Int32Array(buffer, at + layout.value, n).set(this.#short.subarray(0, n));
    else if (!(flags & NO_VALUES)) new Float64Array(buffer, at + layout.value, n).set(value);
    if (!named) new Uint32Array(buffer, at + layout.ordinals, m).set(devices);
    if (flags & SHORT_DEVICE) new Uint16Array(buffer, at + layout.device, n).set(device);
    else new Uint32Array(buffer, at + layout.device, n).set(device);
    new Int32Array(buffer, at + layout.dtMs, n).set(dtMs);
  }

  /** The flag of the form in which the values go; short ones then stand in `#short`. */
  #shorten(value: Float64Array): number {
    if (isNothing(value)) return NO_VALUES;
    if (value.length > this.#short.length) this.#short = new Int32Array(2 * value.length);
    return toThousandths(value, this.#short) ? SHORT_VALUE : 0;
  }

  /** Columns from outside, still to be checked entry by entry (`sortEntries`). */
  decode(bytes: Uint8Array): Parsed<DecodedColumns> {
    const fault = headerFault(bytes);
    if (fault !== null) return refusal(fault);
    const whole = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
    const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength);
    const flags = view.getUint16(6, true);
    const [n, m, t] = [view.getUint32(16, true), view.getUint32(20, true), view.getUint32(28, true)];
    if (flags & ORDINALS && view.getUint32(24, true) !== this.registryHash) {
      return refusal("counts devices by another registry; send their names");
    }
    const texts = readTexts(whole.subarray(HEADER_BYTES, HEADER_BYTES + t));
    if (texts === null) return refusal("has a text section that is no JSON object in UTF-8");
    const { buffer, byteOffset } = whole;
    const layout = layoutOf(n, m, t, flags);
    const ordinals =
      flags & ORDINALS
        ? this.#ordinals(new Int32Array(buffer, byteOffset + layout.ordinals, m))
        : this.#lookUp(texts.devices, m);
    if (ordinals === null) return refusal(`names no list of ${m} device ids`);
    const boots = typeof texts.boot === "string" ? this.#listOf(texts.boot, m) : texts.boot;
    if (boots !== null && boots.length !== m) return refusal(`has no list of ${m} bootids`);
    const raw = {
      base: view.getFloat64(8, true),
      nameOf: (place: number) => texts.devices?.[place] ?? this.#city.devices[ordinals[place]!]?.id ?? "",
      ordinals,
      boots,
      device:
        flags & SHORT_DEVICE
          ? new Uint16Array(buffer, byteOffset + layout.device, n)
          : new Uint32Array(buffer, byteOffset + layout.device, n),
      sequence:
        flags & SHORT_SEQUENCE
          ? new Uint32Array(buffer, byteOffset + layout.sequence, n)
          : new Float64Array(buffer, byteOffset + layout.sequence, n),
      dtMs: new Int32Array(buffer, byteOffset + layout.dtMs, n),
      value: flags & NO_VALUES ? this.#nothing(n) : valuesOf(flags, buffer, byteOffset + layout.value, n),
    };
    return { ok: true, value: { attributes: texts.attributes, raw } };
  }

  /**
   * Columns that this program wrote itself after they had passed the door, less what is from devices that the registry
   * has no more. Throws a RangeError if the bytes are damaged or count by another registry.
   */
  decodeOwn(bytes: Uint8Array): { attributes: Attributes; columns: Columns } {
    const decoded = this.decode(bytes);
    if (!decoded.ok) throw new RangeError(`Cannot read columns: the message ${decoded.faults[0]!.reason}`);
    const { attributes, raw } = decoded.value;
    const { base, boots, device, sequence, dtMs, value } = raw.ordinals.includes(-1) ? withoutGone(raw) : raw;
    const devices = new Uint32Array(raw.ordinals);
    return { attributes, columns: { base, devices, boots, device, sequence, dtMs, value } };
  }

  #listOf(boot: string, length: number): readonly string[] {
    const known = this.#sameBoots;
    if (known.boot !== boot || known.byLength.size >= BOOT_LISTS_MAX) {
      this.#sameBoots = { boot, byLength: new Map() };
    }
    let list = this.#sameBoots.byLength.get(length);
    if (list === undefined) {
      list = new Array<string>(length).fill(this.#sameBoots.boot);
      this.#sameBoots.byLength.set(length, list);
    }
    return list;
  }

  /** The same list if the registry has all of them, which is usual. */
  #ordinals(given: Int32Array): Int32Array {
    const known = this.#city.devices.length;
    for (let i = 0; i < given.length; i++) {
      if (given[i]! >= 0 && given[i]! < known) continue;
      return given.map((ordinal) => (ordinal >= 0 && ordinal < known ? ordinal : -1));
    }
    return given;
  }

  /** Not a number, `length` times: heartbeats have that column in common. */
  #nothing(length: number): Float64Array {
    let nothing = this.#nothings.get(length);
    if (nothing === undefined) {
      nothing = new Float64Array(length).fill(Number.NaN);
      if (this.#nothings.size < NOTHINGS_MAX) this.#nothings.set(length, nothing);
    }
    return nothing;
  }

  #lookUp(names: readonly string[] | null, wanted: number): Int32Array | null {
    if (names === null || names.length !== wanted) return null;
    return Int32Array.from(names, (name) => this.#city.deviceOrdinal(name));
  }
}

/** The entries whose device is known; the list of devices stays, so that the others keep their places. */
function withoutGone(raw: RawColumns): RawColumns {
  const isKnown = (_: number, entry: number) => raw.ordinals[raw.device[entry]!] !== -1;
  return {
    ...raw,
    device: raw.device.filter(isKnown),
    sequence: raw.sequence.filter(isKnown),
    dtMs: raw.dtMs.filter(isKnown),
    value: raw.value.filter(isKnown),
  };
}

interface Layout {
  readonly sequence: number;
  readonly value: number;
  readonly ordinals: number;
  readonly device: number;
  readonly dtMs: number;
  readonly end: number;
}

/** Byte offsets of the columns: the wide ones first, so that all are aligned. */
function layoutOf(n: number, m: number, t: number, flags: number): Layout {
  const [isShortSequence, isShortValue] = [(flags & SHORT_SEQUENCE) !== 0, (flags & SHORT_VALUE) !== 0];
  const isShortDevice = (flags & SHORT_DEVICE) !== 0;
  const wideSequence = HEADER_BYTES + t;
  const wideValue = wideSequence + (isShortSequence ? 0 : n * 8);
  const ordinals = wideValue + (isShortValue || flags & NO_VALUES ? 0 : n * 8);
  const wideDevice = ordinals + (flags & ORDINALS ? m * 4 : 0);
  const shortSequence = wideDevice + (isShortDevice ? 0 : n * 4);
  const dtMs = shortSequence + (isShortSequence ? n * 4 : 0);
  const shortValue = dtMs + n * 4;
  const shortDevice = shortValue + (isShortValue ? n * 4 : 0);
  return {
    sequence: isShortSequence ? shortSequence : wideSequence,
    value: isShortValue ? shortValue : wideValue,
    ordinals,
    device: isShortDevice ? shortDevice : wideDevice,
    dtMs,
    end: shortDevice + (isShortDevice ? n * 2 : 0),
  };
}

function headerFault(bytes: Uint8Array): string | null {
  if (bytes.byteLength < HEADER_BYTES)
    return `has ${bytes.byteLength} bytes; the header alone has ${HEADER_BYTES}`;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) return 'does not begin with "WCCB"';
  const version = view.getUint16(4, true);
  if (version !== VERSION) return `has version ${version}; known is ${VERSION}`;
  const flags = view.getUint16(6, true);
  if (flags > ALL_FLAGS) return `has unknown flags ${flags}`;
  const [n, m, t] = [view.getUint32(16, true), view.getUint32(20, true), view.getUint32(28, true)];
  if (n > COLUMN_ENTRIES_MAX) return `has ${n} entries; expected at most ${COLUMN_ENTRIES_MAX}`;
  if (m > NAMES_MAX) return `has ${m} devices; expected at most ${NAMES_MAX}`;
  if (t % 8 !== 0) return `has a text of ${t} bytes; expected a multiple of 8`;
  const wanted = layoutOf(n, m, t, flags).end;
  if (wanted !== bytes.byteLength) return `has ${bytes.byteLength} bytes; its header promises ${wanted}`;
  return Number.isFinite(view.getFloat64(8, true)) ? null : "has a base that is no time";
}

interface Texts {
  readonly attributes: Attributes;
  readonly devices: readonly string[] | null;
  readonly boot: string | readonly (string | null)[] | null;
}

function readTexts(bytes: Uint8Array): Texts | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
  if (typeof parsed !== "object" || parsed === null) return null;
  const attributes: unknown = Reflect.get(parsed, "attributes") ?? {};
  const devices: unknown = Reflect.get(parsed, "devices") ?? null;
  const boot: unknown = Reflect.get(parsed, "boot") ?? null;
  if (!isAttributes(attributes)) return null;
  if (devices !== null && !isListOf(devices, isName)) return null;
  if (isName(boot)) return { attributes, devices, boot };
  if (boot !== null && !isListOf(boot, (item) => item === null || isName(item))) return null;
  return { attributes, devices, boot };
}

function isAttributes(value: unknown): value is Attributes {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value.length > 0 && value.length <= 256;
}

function isListOf<T>(value: unknown, isItem: (item: unknown) => item is T): value is T[];
function isListOf(value: unknown, isItem: (item: unknown) => boolean): value is (string | null)[];
function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function refusal(reason: string): Parsed<never> {
  return { ok: false, faults: [{ pointer: "", reason }] };
}

/** Whether the message names devices by ordinals, as the log does. The bytes must have been decoded before. */
export function isOrdinals(bytes: Uint8Array): boolean {
  return ((bytes[6] ?? 0) & ORDINALS) !== 0;
}

/** The bootid that all of them have; `null` if they differ. */
function oneBoot(boots: readonly (string | null)[]): string | null {
  const [first = null] = boots;
  return first !== null && boots.every((boot) => boot === first) ? first : null;
}

function valuesOf(flags: number, buffer: ArrayBufferLike, at: number, n: number): Float64Array {
  return flags & SHORT_VALUE
    ? fromThousandths(new Int32Array(buffer, at, n))
    : new Float64Array(buffer, at, n);
}

function isShortSequence(sequence: Columns["sequence"]): boolean {
  if (sequence instanceof Uint32Array) return true;
  for (let i = 0; i < sequence.length; i++) if (sequence[i]! > 0xffff_ffff) return false;
  return true;
}
