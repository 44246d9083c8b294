/**
 * The door: whatever comes from outside is read, checked and sorted here, once, whichever way it came. Pure: it does not
 * know HTTP or MQTT, only bodies, media types and topics, and it is told when things were received.
 *
 *   HTTP body ─> cloudEvents ─┐
 *   MQTT packet ────> mqtt ───┼─> envelope ─> data (schema, ranges, devices) ─> Intake { admitted, refused }
 *   line of a file ─> line ───┘
 */
import type { City } from "../../twin/city/city.ts";
import type { Fault } from "../../twin/kernel/fault.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import { type Intake, Sorting } from "./admission.ts";
import type { Arrival, Piece } from "./arrival.ts";
import { bodyText, excerpt, parseJson } from "./body.ts";
import { shown } from "./data-checks.ts";
import { EventReader } from "./event-reader.ts";
import { isCommand } from "./event-traits.ts";
import { parseInstant } from "./instant.ts";
import { elementTexts } from "./json-text.ts";
import {
  BATCH,
  bareMediaType,
  COLUMNS,
  type Headers,
  headerAttributes,
  isJson,
  MEDIA_TYPES,
  SENML_CBOR,
  SENML_JSON,
  STRUCTURED,
} from "./media-type.ts";
import { receipt, receivedTimeReason } from "./receipt.ts";
import { parseTopic, type Topic } from "./topic.ts";

/** Who commands is asked for role and area, which a topic does not have. */
const NO_DEVICE_COMMANDS: Fault = {
  pointer: "/type",
  reason: "is a person's command, which no device gives",
};

export interface DoorLimits {
  /** Bytes (of a text: characters) that one message may have. */
  readonly bodyMax: number;
  /** Events that one batch may carry. */
  readonly batchMax: number;
}

export const DOOR_LIMITS: DoorLimits = { bodyMax: 10_000_000, batchMax: 50_000 };

const BARE_NUMBER = /^\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?\s*$/;
const STATUS = { online: "warmcity.device.heartbeat", offline: "warmcity.device.died" } as const;

export class Door {
  readonly #city: City;
  readonly #reader: EventReader;
  readonly #limits: DoorLimits;
  readonly #gateways: ReadonlySet<string>;
  /** Tells apart the messages that have no identity of their own and came in the same millisecond. */
  #nameless = 0;

  constructor(city: City, limits: Partial<DoorLimits> = {}) {
    this.#city = city;
    this.#reader = new EventReader(city);
    this.#limits = { ...DOOR_LIMITS, ...limits };
    this.#gateways = new Set(city.devices.flatMap(({ gateway }) => (gateway === null ? [] : [gateway])));
  }

  /** One HTTP body: CloudEvents structured, batch or binary mode, a SenML pack, or columns (CONTRACT §2). */
  cloudEvents(body: Uint8Array | string, contentType: string, headers: Headers, receivedAt: number): Intake {
    const sorting = new Sorting();
    if (body.length > this.#limits.bodyMax) return this.#tooLarge(body, sorting);
    const arrival: Arrival = { bounds: receipt(receivedAt), live: true, kitchen: -1, device: null };
    const piece: Piece = { arrival, index: 0, sorting };
    const mediaType = bareMediaType(contentType) ?? "";
    const attributes = headerAttributes(headers);
    const binaryMode = "specversion" in attributes;
    const around = binaryMode ? attributes : null;
    const read = this.#reader;
    let faults: readonly Fault[] = [];
    if (mediaType === STRUCTURED) faults = this.#json(body, (raw, text) => read.event(raw, text, piece));
    else if (mediaType === BATCH) faults = this.#json(body, (raw, text) => this.#batch(raw, text, piece));
    else if (mediaType === SENML_JSON) {
      faults = this.#json(body, (raw, text) => read.pack(raw, around, text, piece));
    } else if (mediaType === SENML_CBOR && typeof body !== "string") {
      faults = read.packBytes(body, around, piece);
    } else if (mediaType === COLUMNS && typeof body !== "string") {
      faults = read.columnBytes(body, attributes, piece);
    } else if (binaryMode && isJson(mediaType)) {
      faults = this.#json(body, (data, text) => {
        const event = { ...attributes, datacontenttype: mediaType };
        const whole = `${JSON.stringify(event).slice(0, -1)},"data":${text}}`;
        return read.event({ ...event, data }, whole, piece);
      });
    } else {
      const wanted = `${MEDIA_TYPES.join(", ")} (the last of them with ce- headers only)`;
      const reason = `the media type is ${shown(contentType)}; expected one of ${wanted}`;
      sorting.refuse(0, [{ pointer: "", reason }], body);
      return sorting.intake("media-type");
    }
    sorting.settle(0, faults, body);
    return sorting.intake();
  }

  /** One CloudEvent that was never written down, nor will be: what a what-if run says. Its `json` is empty. */
  unwritten(raw: unknown, receivedAt: number): Intake {
    const sorting = new Sorting();
    const arrival: Arrival = { bounds: receipt(receivedAt), live: true, kitchen: -1, device: null };
    sorting.settle(0, this.#reader.event(raw, "", { arrival, index: 0, sorting }), "");
    return sorting.intake();
  }

  /** One line of a file or one record of the log: a CloudEvent in JSON that says itself when it was received. */
  line(line: Uint8Array | string): Intake {
    const sorting = new Sorting();
    const faults = this.#json(line, (raw, text) => {
      const told = typeof raw === "object" && raw !== null ? Reflect.get(raw, "receivedtime") : undefined;
      const at = told === undefined || told === null ? null : parseInstant(String(told));
      const reason = at === null ? null : receivedTimeReason(at);
      if (reason !== null) return [{ pointer: "/receivedtime", reason: `${shown(told)} ${reason}` }];
      const arrival: Arrival = { bounds: receipt(at), live: false, kitchen: -1, device: null };
      return this.#reader.event(raw, text, { arrival, index: 0, sorting });
    });
    sorting.settle(0, faults, line);
    return sorting.intake();
  }

  /** One MQTT packet on a topic of CONTRACT §6. The topic's kitchen and the payload's must agree. */
  mqtt(topic: string, payload: Uint8Array, receivedAt: number): Intake {
    const sorting = new Sorting();
    if (payload.length > this.#limits.bodyMax) return this.#tooLarge(payload, sorting);
    const parts = parseTopic(topic);
    const reason = this.#topicReason(topic, parts);
    if (parts === null || reason !== null) {
      sorting.refuse(0, [{ pointer: "", reason: reason ?? "" }], payload);
      return sorting.intake();
    }
    const isDevice = this.#city.deviceOrdinal(parts.device) >= 0;
    const kitchen = this.#city.kitchenIndex(parts.kitchen);
    const device = isDevice ? parts.device : null;
    const arrival: Arrival = { bounds: receipt(receivedAt), live: true, kitchen, device };
    const piece: Piece = { arrival, index: 0, sorting };
    let faults: readonly Fault[];
    if (parts.channel === "reading") faults = this.#reading(parts, payload, receivedAt, piece);
    else if (parts.channel === "status") faults = this.#status(parts, payload, receivedAt, piece);
    else {
      faults = this.#json(payload, (raw, text) =>
        isCommand(raw) ? [NO_DEVICE_COMMANDS] : this.#reader.event(raw, text, piece),
      );
    }
    sorting.settle(0, faults, payload);
    return sorting.intake();
  }

  /** Why nothing can come in on a topic; `null` if something can. */
  #topicReason(topic: string, parts: Topic | null): string | null {
    if (parts === null || parts.channel === "command") {
      return `the topic is ${shown(topic)}; expected warmcity/v1/<kitchen>/<device>/reading, event or status`;
    }
    if (this.#city.kitchenIndex(parts.kitchen) < 0) {
      return `the topic names kitchen ${shown(parts.kitchen)}, which is not in the registry`;
    }
    if (this.#city.deviceOrdinal(parts.device) >= 0 || this.#gateways.has(parts.device)) return null;
    return `the topic names device ${shown(parts.device)}, which is not in the registry`;
  }

  /** A SenML pack in JSON or CBOR, or a bare number. */
  #reading(topic: Topic, payload: Uint8Array, receivedAt: number, piece: Piece): readonly Fault[] {
    const first = payload[0];
    // Major type 4 of CBOR, a list; no JSON text begins with such a byte.
    if (first !== undefined && first >= 0x80 && first <= 0x9f) {
      return this.#reader.packBytes(payload, null, piece);
    }
    const text = bodyText(payload);
    if (text.ok && BARE_NUMBER.test(text.value)) {
      const data = { value: Number(text.value) };
      return this.#say("warmcity.reading", topic.device, data, receivedAt, piece);
    }
    return this.#json(payload, (pack, json) => this.#reader.pack(pack, null, json, piece));
  }

  #status(topic: Topic, payload: Uint8Array, receivedAt: number, piece: Piece): readonly Fault[] {
    const text = excerpt(payload, 64).trim();
    if (text !== "online" && text !== "offline") {
      return [{ pointer: "", reason: "a status is `online` or `offline`" }];
    }
    return this.#say(STATUS[text], topic.device, {}, receivedAt, piece);
  }

  /** An event that the door words itself for a device whose message had no envelope. */
  #say(type: string, device: string, data: object, now: number, piece: Piece): readonly Fault[] {
    this.#nameless = (this.#nameless + 1) % 1_000_000;
    const id = `mqtt/${now}/${this.#nameless}`;
    const raw = { specversion: "1.0", id, source: `/devices/${device}`, type, time: formatTime(now), data };
    return this.#reader.event(raw, JSON.stringify(raw), piece);
  }

  #batch(raw: unknown, text: string, piece: Piece): readonly Fault[] {
    if (!Array.isArray(raw)) {
      return [{ pointer: "", reason: `is ${shown(raw)}; expected a batch, a list of CloudEvents` }];
    }
    if (raw.length > this.#limits.batchMax) {
      return [{ pointer: "", reason: `has ${raw.length} events; expected at most ${this.#limits.batchMax}` }];
    }
    const texts = elementTexts(text);
    raw.forEach((event: unknown, index) => {
      const element = texts[index]!;
      piece.sorting.settle(index, this.#reader.event(event, element, { ...piece, index }), element);
    });
    return [];
  }

  /** Reads a JSON body; `read` returns why the message as a whole is refused, or nothing. */
  #json(
    body: Uint8Array | string,
    read: (value: unknown, text: string) => readonly Fault[],
  ): readonly Fault[] {
    const text = bodyText(body);
    if (!text.ok) return text.faults;
    const parsed = parseJson(text.value);
    return parsed.ok ? read(parsed.value, text.value) : parsed.faults;
  }

  #tooLarge(body: Uint8Array | string, sorting: Sorting): Intake {
    const reason = `has ${body.length} bytes; expected at most ${this.#limits.bodyMax}`;
    sorting.refuse(0, [{ pointer: "", reason }], body);
    return sorting.intake("size");
  }
}
