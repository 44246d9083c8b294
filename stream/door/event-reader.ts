/** One CloudEvent, whatever carried it, into a sorting: envelope, then data by their type (plain, SenML, columns). */
import type { City } from "../../twin/city/city.ts";
import type { Fault } from "../../twin/kernel/fault.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import type { UnplacedEvent } from "./admission.ts";
import type { Arrival, Piece } from "./arrival.ts";
import { bodyText, nonFinitePointer, parseBase64, parseJson } from "./body.ts";
import { decodeCbor } from "./cbor.ts";
import { DeviceRanges, type RawColumns, sortEntries, valueReason } from "./column-entries.ts";
import { ColumnsCodec, isOrdinals } from "./columns-binary.ts";
import { readColumns } from "./columns-json.ts";
import { type Draft, dataFaults, isSound, shown } from "./data-checks.ts";
import { type Attributes, type Envelope, readEnvelope } from "./envelope.ts";
import { namedDevices } from "./event-traits.ts";
import { COLUMNS, isJson, JSON_TYPE, SENML_CBOR, SENML_JSON } from "./media-type.ts";
import { readPack } from "./pack-reader.ts";

/** Bad entries of one columns message that are listed one by one; the rest is summed up in one refusal. */
const BAD_ENTRIES_LISTED = 100;

export class EventReader {
  readonly #city: City;
  readonly #ranges: DeviceRanges;
  readonly #codec: ColumnsCodec;
  #stamp = { at: Number.NaN, text: "" };

  constructor(city: City) {
    this.#city = city;
    this.#ranges = new DeviceRanges(city);
    this.#codec = new ColumnsCodec(city);
  }

  /** One event in JSON (`raw` is `text` parsed) into the piece's sorting; returns why it is refused as a whole. */
  event(raw: unknown, text: string, piece: Piece): readonly Fault[] {
    return isAttributes(raw)
      ? this.#route(raw, text, piece)
      : fault("", `is ${shown(raw)}; expected a CloudEvent, an object`);
  }

  /** A decoded SenML pack (see `readPack`); returns why it is refused as a whole. */
  pack(pack: unknown, attributes: Attributes | null, payload: string | Uint8Array, piece: Piece): Fault[] {
    return readPack(pack, attributes, payload, this.#city, piece, (raw, text, own) =>
      this.event(raw, text, own),
    );
  }

  /** A SenML pack in CBOR; returns like `pack`. */
  packBytes(bytes: Uint8Array, attributes: Attributes | null, piece: Piece): readonly Fault[] {
    const pack = decodeCbor(bytes);
    return pack.ok ? this.pack(pack.value, attributes, bytes, piece) : pack.faults;
  }

  /**
   * The binary form of columns; `attributes` from headers or from around it win over those within. Returns why the
   * message as a whole is refused.
   */
  columnBytes(bytes: Uint8Array, attributes: Attributes, piece: Piece): readonly Fault[] {
    const decoded = this.#codec.decode(bytes);
    if (!decoded.ok) return decoded.faults;
    const faults: Fault[] = [];
    const all = { ...decoded.value.attributes, ...attributes };
    const envelope = readEnvelope(all, this.#city, piece.arrival.bounds, true, faults);
    if (envelope === null) return faults;
    if (envelope.type !== "warmcity.readings") {
      return fault("/type", `is "${envelope.type}"; columns are warmcity.readings`);
    }
    const { raw } = decoded.value;
    // The log reads the bytes back alone: they must hold all attributes, and no device that it could not find again.
    const whole = isOrdinals(bytes) && Object.keys(attributes).length === 0 && !raw.ordinals.includes(-1);
    this.#columns(raw, new Map(), envelope, piece, whole ? bytes : null);
    return [];
  }

  /** By what its data are; returns why the event is refused. */
  #route(raw: Attributes, text: string, piece: Piece): readonly Fault[] {
    const mediaType = raw.datacontenttype ?? JSON_TYPE;
    if (typeof mediaType !== "string")
      return fault("/datacontenttype", `is ${shown(mediaType)}; expected a text`);
    if (raw.data_base64 === undefined) {
      if (mediaType === SENML_JSON) return this.pack(raw.data, raw, text, piece);
      if (isJson(mediaType)) return this.#plain(raw, text, piece);
      return fault("/datacontenttype", `is ${shown(mediaType)}; expected ${JSON_TYPE} or ${SENML_JSON}`);
    }
    const bytes = parseBase64(raw.data_base64);
    if (!bytes.ok) return fault("/data_base64", bytes.faults[0]!.reason);
    if (mediaType === COLUMNS) return this.columnBytes(bytes.value, raw, piece);
    if (mediaType === SENML_CBOR) return this.packBytes(bytes.value, raw, piece);
    if (!isJson(mediaType) && mediaType !== SENML_JSON) {
      const known = [JSON_TYPE, SENML_JSON, SENML_CBOR, COLUMNS].join(", ");
      return fault("/datacontenttype", `is ${shown(mediaType)}; expected one of ${known}`);
    }
    const inner = bodyText(bytes.value);
    const data = inner.ok ? parseJson(inner.value) : inner;
    if (!data.ok) return fault("/data_base64", data.faults[0]!.reason);
    const { data_base64, ...attributes } = raw;
    const plain = { ...attributes, data: data.value };
    return this.#route(plain, JSON.stringify(plain), piece);
  }

  #plain(raw: Attributes, text: string, piece: Piece): readonly Fault[] {
    const { arrival, index, sorting } = piece;
    const faults: Fault[] = [];
    const columnar = raw.type === "warmcity.readings";
    const envelope = readEnvelope(raw, this.#city, arrival.bounds, columnar, faults);
    if (envelope === null) return faults;
    if (columnar) {
      const bad = new Map<number, Fault>();
      const columns = readColumns(raw.data, this.#city, faults, bad);
      if (columns !== null) this.#columns(columns, bad, envelope, piece);
      return faults;
    }
    const event = this.#sound(envelope, raw, arrival, faults);
    if (event === null) return faults;
    sorting.admit({ kind: "event", index, event, json: this.#kept(raw, text, arrival) });
    return [];
  }

  /** The event with proven data, or `null` and faults. */
  #sound(envelope: Envelope, raw: Attributes, arrival: Arrival, faults: Fault[]): UnplacedEvent | null {
    const { type, id, source, time, boot, sequence, exercise } = envelope;
    if (type === "warmcity.readings") return null;
    const { data } = raw;
    const { kitchen, device } = this.#place(envelope, data, arrival, faults);
    const receivedAt = arrival.bounds.at;
    const draft: Draft = {
      type,
      id,
      source,
      kitchen,
      device,
      time,
      receivedAt,
      boot,
      sequence,
      exercise,
      data,
    };
    if (!isSound(draft)) {
      faults.push(...dataFaults(type, data));
      return null;
    }
    const beyond = nonFinitePointer(raw);
    if (beyond !== null) faults.push({ pointer: beyond, reason: "is a number beyond all bounds" });
    if (draft.type === "warmcity.reading") {
      const { value } = draft.data;
      if (!this.#ranges.holds(device, value)) {
        faults.push({ pointer: "/data/value", reason: valueReason(this.#city, device, value) });
      }
    }
    return faults.length > 0 ? null : draft;
  }

  /** Where an event belongs: devices that the data name must be known and of the event's kitchen, or tell it. */
  #place(envelope: Envelope, data: unknown, arrival: Arrival, faults: Fault[]) {
    let { kitchen, device } = envelope;
    const maintained = envelope.type === "warmcity.device.maintained";
    for (const named of namedDevices(envelope.type, data)) {
      const ordinal = this.#city.deviceOrdinal(named.id);
      if (ordinal < 0) {
        faults.push({ pointer: named.pointer, reason: `the registry has no device ${shown(named.id)}` });
        continue;
      }
      const owner = this.#city.kitchenOfDevice[ordinal]!;
      if (kitchen < 0) kitchen = owner;
      if (owner !== kitchen) {
        const reason = `${shown(named.id)} does not belong to "${this.#city.kitchens[kitchen]!.id}"`;
        faults.push({ pointer: named.pointer, reason });
      }
      if (maintained) device = ordinal;
    }
    if (maintained && device < 0 && kitchen < 0 && faults.length === 0) {
      faults.push({ pointer: "/data/device", reason: "is missing; expected the device that was maintained" });
    }
    if (arrival.kitchen >= 0 && kitchen !== arrival.kitchen) {
      const own = this.#city.kitchens[arrival.kitchen]!.id;
      const other = kitchen < 0 ? "no kitchen" : `"${this.#city.kitchens[kitchen]!.id}"`;
      faults.push({ pointer: "/subject", reason: `the topic speaks for "${own}", the event for ${other}` });
    }
    return { kitchen, device };
  }

  #columns(
    raw: RawColumns,
    found: Map<number, Fault>,
    envelope: Envelope,
    piece: Piece,
    bytes: Uint8Array | null = null,
  ): void {
    const { arrival, index, sorting } = piece;
    const kitchen = envelope.kitchen >= 0 ? envelope.kitchen : arrival.kitchen;
    const context = { city: this.#city, ranges: this.#ranges, bounds: arrival.bounds, kitchen };
    const { columns, bad } = sortEntries(raw, context, found);
    const { source, id, exercise } = envelope;
    if (columns.value.length > 0) {
      const encoded = bad.length === 0 ? bytes : null;
      const receivedAt = arrival.bounds.at;
      sorting.admit({ kind: "columns", index, source, id, receivedAt, exercise, columns, encoded });
    }
    for (const listed of bad.slice(0, BAD_ENTRIES_LISTED)) {
      sorting.refuse(index, [listed.fault], entryText(raw, listed.entry));
    }
    const [first, ...others] = bad.slice(BAD_ENTRIES_LISTED);
    if (first === undefined) return;
    const reason = `${others.length + 1} more entries are refused; the first: ${first.fault.reason}`;
    sorting.refuse(index, fault(first.fault.pointer, reason), entryText(raw, first.entry), others.length + 1);
  }

  /** The text as the log keeps it: the same bytes with our `receivedtime`, whatever the sender said. */
  #kept(raw: Attributes, text: string, arrival: Arrival): string {
    const { at } = arrival.bounds;
    if (at === null || !arrival.live) return text;
    if (this.#stamp.at !== at) this.#stamp = { at, text: formatTime(at) };
    if (Object.hasOwn(raw, "receivedtime")) {
      return JSON.stringify({ ...raw, receivedtime: this.#stamp.text });
    }
    return `${text.slice(0, text.lastIndexOf("}"))},"receivedtime":"${this.#stamp.text}"}`;
  }
}

function fault(pointer: string, reason: string): readonly Fault[] {
  return [{ pointer, reason }];
}

function isAttributes(value: unknown): value is Attributes {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function entryText(raw: RawColumns, i: number): string {
  const value = raw.value[i]!;
  return JSON.stringify({
    device: raw.nameOf(raw.device[i]!) || raw.device[i],
    sequence: raw.sequence[i],
    dtMs: raw.dtMs[i],
    value: Number.isNaN(value) ? null : String(value),
  });
}
