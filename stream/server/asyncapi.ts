/** Events, streams and MQTT topics as AsyncAPI 3.0, made from the event schemas. */
import type { TSchema } from "@sinclair/typebox";
import { inputEvents } from "../../twin/events/catalogue.ts";
import { outputEvents } from "../../twin/events/output-events.ts";
import { COLUMNS, SENML_CBOR, SENML_JSON, STRUCTURED } from "../door/media-type.ts";
import { SOURCE_FORMS } from "../door/source.ts";
import { DEADLETTER_TOPIC, TOPIC_ROOT } from "../door/topic.ts";
import { plain } from "./openapi.ts";
import { CITY_STREAM_PATH } from "./routes/city.ts";
import { EVENTS_PATH } from "./routes/events.ts";

type Json = Record<string, unknown>;

const COLUMNS_LAYOUT = `Columns as bytes, little-endian, version 1.
Offset 0: "WCCB"; 4: u16 version = 1; 6: u16 flags (1 devices are registry ordinals, 2 sequence is u32, 4 value is i32 thousandths, 8 no
values: all entries are heartbeats, 16 device is u16); 8: f64 base, ms since epoch; 16: u32 n entries; 20: u32 m devices; 24: u32 registry
hash (0 without flag 1); 28: u32 t bytes of text; 32: text, UTF-8 JSON filled up with spaces to a multiple of 8:
{"attributes": {CloudEvents attributes}, "devices": [ids], "boot": [one bootid or null per device], or one text for all of them}
("attributes" may be empty where ce- headers carry them, "devices" is absent with flag 1, "boot" may be absent).
From 32+t: f64 sequence[n] unless flag 2; f64 value[n] unless flag 4 or 8 (NaN = heartbeat); u32 ordinal[m] with flag 1; u32 device[n] unless
flag 16 (index into the devices); u32 sequence[n] with flag 2; i32 dtMs[n]; i32 value[n] with flag 4 (thousandths, -2^31 = heartbeat);
u16 device[n] with flag 16.`;

const STATES_LAYOUT = `Kitchen states, little-endian. Snapshot: u8 1, u8 0, u16 0, u32 kitchens, f64 time, f64 position, then (u8 state, u8 flags) per kitchen.
Delta: u8 2, u8 0, u16 0, u32 changes, f64 time, f64 position, then (u16 index, u8 state, u8 flags) per change. Kitchens are in the order of
/v1/kitchens/positions. States: 0 normal, 1 L4, 2 L3, 3 L2, 4 L1, 5 offline, 6 closed, 7 never. Flags: 1 unacknowledged alert, 2 open now.`;

export function asyncApi(version: string): Json {
  const inputs = Object.entries(inputEvents).map(([type, data]) =>
    eventMessage(type, data, deviceAttributes()),
  );
  const outputs = Object.entries(outputEvents).map(([type, data]) => eventMessage(type, data, {}));
  return {
    asyncapi: "3.0.0",
    info: { title: "Warm City Twin 暖城孪生", version, license: { name: "Apache-2.0" } },
    defaultContentType: STRUCTURED,
    servers: {
      http: { host: "127.0.0.1:8080", protocol: "http" },
      mqtt: { host: "127.0.0.1:1883", protocol: "mqtt" },
    },
    channels: channels(
      inputs.map(([key]) => key),
      outputs.map(([key]) => key),
    ),
    operations: OPERATIONS,
    components: { messages: Object.fromEntries([...inputs, ...outputs, ...OTHER_MESSAGES]) },
  };
}

const OPERATIONS = {
  takeEvents: operation("receive", "events"),
  takeReadings: operation("receive", "reading"),
  takeDeviceEvents: operation("receive", "event"),
  takeStatus: operation("receive", "status"),
  sendAlerts: operation("send", "alerts"),
  sendCity: operation("send", "city"),
  sendCommands: operation("send", "command"),
  sendDeadLetters: operation("send", "deadletters"),
};

/** Messages that are no CloudEvents of ours. */
const OTHER_MESSAGES: readonly [string, Json][] = [
  message("columns", COLUMNS, { type: "string" }, COLUMNS_LAYOUT),
  message("senml", SENML_JSON, { type: "array" }, "A SenML pack (RFC 8428); `n` is the device id."),
  message("senmlCbor", SENML_CBOR, { type: "string" }, "The same in CBOR."),
  message("number", "text/plain", { type: "number" }, "A bare number, in the unit of the device's kind."),
  message(
    "status",
    "text/plain",
    { type: "string", enum: ["online", "offline"] },
    "Retained; also as last will.",
  ),
  message("command", "application/json", { type: "object" }, "What the device shall do."),
  message("states", "application/octet-stream", { type: "string" }, STATES_LAYOUT),
  message("feed", "application/json", { type: "object" }, "`kind` is hello, totals or skipped."),
];

function message(name: string, contentType: string, payload: Json, description: string): [string, Json] {
  return [name, { name, contentType, description, payload }];
}

function channels(inputs: readonly string[], outputs: readonly string[]): Json {
  return {
    events: channel(EVENTS_PATH, "http", [...inputs, "columns", "senml", "senmlCbor"]),
    alerts: channel(
      "/v1/alerts/stream",
      "http",
      outputs.filter((key) => key.startsWith("warmcity_alert")),
    ),
    city: channel(CITY_STREAM_PATH, "http", ["states", "feed"]),
    reading: topic("reading", ["senml", "senmlCbor", "number"]),
    event: topic("event", inputs),
    status: topic("status", ["status"]),
    command: topic("command", ["command"]),
    deadletters: channel(DEADLETTER_TOPIC, "mqtt", ["warmcity_deadletter"]),
  };
}

/** A message key may have no dots. */
function eventMessage(type: string, data: TSchema, attributes: Json): [string, Json] {
  const key = type.replaceAll(/[.-]/g, "_");
  const payload = {
    type: "object",
    required: ["specversion", "id", "source", "type", "time", "data"],
    properties: {
      specversion: { const: "1.0" },
      id: { type: "string", minLength: 1, maxLength: 256 },
      source: { type: "string", format: "uri-reference" },
      type: { const: type },
      subject: { type: "string", description: "Kitchen id; absent for city-wide events." },
      time: { type: "string", format: "date-time" },
      exercise: { type: "boolean" },
      ...attributes,
      data: plain(data),
    },
  };
  return [key, { name: type, contentType: STRUCTURED, payload }];
}

function deviceAttributes(): Json {
  const forms = SOURCE_FORMS.map((form) => `/${form}/…`).join(" ");
  return {
    source: { type: "string", description: `One of ${forms}` },
    bootid: { type: "string", maxLength: 256 },
    sequence: { type: ["integer", "string"], description: "A counter that starts anew with each bootid." },
    receivedtime: {
      type: "string",
      format: "date-time",
      description: "Set by the door; in files it may be given.",
    },
  };
}

function channel(address: string, server: string, messages: readonly string[]): Json {
  const references = messages.map((name) => [name, { $ref: `#/components/messages/${name}` }]);
  return { address, servers: [{ $ref: `#/servers/${server}` }], messages: Object.fromEntries(references) };
}

function topic(name: string, messages: readonly string[]): Json {
  return {
    ...channel(`${TOPIC_ROOT}/{kitchen}/{device}/${name}`, "mqtt", messages),
    parameters: {
      kitchen: { description: "Kitchen id." },
      device: { description: "Name of the device within its kitchen." },
    },
  };
}

function operation(action: "send" | "receive", name: string): Json {
  return { action, channel: { $ref: `#/channels/${name}` } };
}
