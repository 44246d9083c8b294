/**
 * The small cities of the swarm: a dozen kitchens that live, half an hour in which a good deal goes wrong, and every message
 * that their gateways, devices and people send in it. What is sent is the same for all seeds of a variant, so it is made once.
 */

import type { Incident } from "../../simulator/incidents.ts";
import { type Arrival, Simulation } from "../../simulator/simulation.ts";
import { identitiesOf } from "../../stream/crash-account.ts";
import { ColumnsCodec } from "../../stream/door/columns-binary.ts";
import { Door } from "../../stream/door/door.ts";
import { BATCH, COLUMNS, STRUCTURED } from "../../stream/door/media-type.ts";
import type { City } from "../../twin/city/city.ts";
import { generateCity } from "../../twin/city/generated-city.ts";
import type { DeviceKind } from "../../twin/devices/device-kind.ts";
import { Random } from "../../twin/kernel/random.ts";
import { formatTime, minutes, parseTime, SECOND_MS } from "../../twin/kernel/time.ts";

/** Cities, mornings and evenings that differ, and how often each is drawn: the small ones show the same in half the time. */
export const VARIANT_WEIGHTS = [1, 1, 1, 1, 3, 3, 3, 3];
const KITCHENS = [10, 10, 12, 16, 6, 7, 8, 8];
const BEGINNINGS = [
  "06-02T11:10",
  "06-05T17:40",
  "06-08T23:50",
  "06-10T06:20",
  "06-12T12:30",
  "06-13T19:05",
  "06-30T23:55",
  "07-01T08:40",
];
/** Event time in which things happen. */
export const LASTS_MS = minutes(12);
/** A gateway bundles what it has every so often. */
const BUNDLE_MS = 20 * SECOND_MS;

export interface Message {
  /** Event time at which it is first sent, ms since epoch. */
  readonly at: number;
  /** Who sends it: a network may part some senders from the city. */
  readonly sender: string;
  readonly body: Uint8Array | string;
  /** Media type over HTTP; `null` = an MQTT packet on `topic`. */
  readonly mediaType: string | null;
  readonly topic: string;
  /** What the door must know it by; none = it is refused. */
  readonly identities: readonly string[];
}

export interface SwarmCity {
  readonly city: City;
  /** Event time at which it begins, ms since epoch. */
  readonly from: number;
  /** In order of sending. */
  readonly messages: readonly Message[];
}

const made = new Map<number, SwarmCity>();

/** The city of a variant: a place in `VARIANT_WEIGHTS`. */
export function swarmCity(variant: number): SwarmCity {
  const known = made.get(variant);
  if (known !== undefined) return known;
  const city = generateCity({ seed: 5 + variant, preset: "full", kitchens: KITCHENS[variant]! });
  const from = parseTime(`2026-${BEGINNINGS[variant]}:00+08:00`);
  const simulation = new Simulation({ city, seed: variant, from, incidents: troublesOf(city, from) });
  const messages = new Sending(city, variant).messages(simulation.advance(from + LASTS_MS));
  const result = { city, from, messages };
  made.set(variant, result);
  return result;
}

function troublesOf(city: City, from: number): Incident[] {
  const at = (minute: number) => from + minutes(minute);
  const devices = (kind: DeviceKind) => city.devices.filter((device) => device.kind === kind);
  const device = (kind: DeviceKind, nth = 0) => devices(kind)[nth % devices(kind).length]!.id;
  const kitchen = (nth: number) => city.kitchens[nth % city.kitchens.length]!.id;
  const hit = (minute: number) => ({ at: at(minute), confidence: 0.91, lastedMs: 4_000 });
  const lot = {
    product: "milk",
    lot: "L7",
    supplier: "S-001",
    quantity: 12,
    papers: true,
    category: "dairy",
  } as const;
  const received = (nth: number, minute: number): Incident => {
    return { kind: "goods", kitchen: kitchen(nth), at: at(minute), step: "received", data: lot };
  };
  const gas = { kind: "gas-release", device: device("gas"), until: at(9) } as const;
  return [
    {
      ...gas,
      steps: [
        [at(3), 12],
        [at(4), 22],
        [at(5), 31],
      ],
    },
    { kind: "infrared", device: device("rodent-infrared"), at: at(6), triggers: 2 },
    { kind: "camera-hits", camera: device("camera", 3), class: "rat", hits: [hit(2), hit(9)] },
    {
      kind: "camera-hits",
      camera: device("camera", 8),
      class: "no_hat",
      hits: [2, 2.4, 3, 7, 7.4, 11].map(hit),
    },
    { kind: "camera-hits", camera: device("camera", 11), class: "pet", hits: [6, 6.5, 11].map(hit) },
    { kind: "camera-view", camera: device("camera", 5), state: "covered", from: at(2), to: at(9) },
    { kind: "device-off", device: device("camera", 14), from: at(3), to: at(10), warned: true },
    { kind: "gateway-cut", kitchen: kitchen(5), from: at(4), to: at(8) },
    { kind: "clock-skew", kitchen: kitchen(7), from: at(2), to: at(9), offsetMs: minutes(5) },
    {
      kind: "cold-failure",
      device: device("fridge-temperature"),
      at: at(1),
      start: 9,
      slopePerMin: 0.8,
      ambient: 24,
      repairAt: at(10),
    },
    received(1, 2),
    received(2, 3),
    { kind: "recall", at: at(5), data: { recall: "R-1", class: 1, product: "milk", lots: ["L7"] } },
    received(4, 8),
    {
      kind: "illness",
      kitchen: kitchen(6),
      reports: [3, 4, 8].map((minute, i) => ({
        at: at(minute),
        person: `guest-${i}`,
        ate: formatTime(from - minutes(600)),
        symptoms: ["vomiting"],
        hospital: false,
        people: 1,
      })),
    },
    { kind: "closing", kitchen: kitchen(9), from: at(5), to: at(10), declared: true },
  ];
}

const BAD: readonly (readonly [mediaType: string, body: string])[] = [
  [STRUCTURED, "{ broken"],
  [BATCH, '[{"specversion":"1.0"},7,null]'],
  ["text/plain", "hello"],
  [COLUMNS, "not columns"],
];

/** Puts what happens into messages, in every form that the door takes. */
class Sending {
  readonly #city: City;
  readonly #door: Door;
  readonly #codec: ColumnsCodec;
  readonly #random: Random;
  readonly #messages: Message[] = [];
  #bundle: string[] = [];
  #bundleAt = 0;

  constructor(city: City, variant: number) {
    this.#city = city;
    this.#door = new Door(city);
    this.#codec = new ColumnsCodec(city);
    this.#random = new Random(variant, "swarm-sending");
  }

  messages(arrivals: Iterable<Arrival>): readonly Message[] {
    for (const arrival of arrivals) {
      if (arrival.receivedAt >= this.#bundleAt + BUNDLE_MS) this.#sendBundle(arrival.receivedAt);
      if (arrival.kind === "columns") this.#columns(arrival);
      else this.#event(arrival);
      if (this.#random.chance(0.02)) this.#bad(arrival.receivedAt);
    }
    this.#sendBundle(this.#bundleAt + BUNDLE_MS);
    return this.#messages.sort((a, b) => a.at - b.at);
  }

  #columns({ columns, id, source, receivedAt }: Arrival & { kind: "columns" }): void {
    const time = formatTime(columns.base);
    const attributes = { specversion: "1.0", id, source, type: "warmcity.readings", time };
    const form = this.#random.chance(0.5) ? "ordinals" : "names";
    this.#put({
      at: receivedAt,
      sender: source,
      body: this.#codec.encode(columns, attributes, form),
      mediaType: COLUMNS,
    });
  }

  #event({ event, receivedAt }: Arrival & { kind: "event" }): void {
    const text = JSON.stringify(event);
    const device = event.source.startsWith("/devices/") ? event.source.slice("/devices/".length) : "";
    const [kitchen = "", name = ""] = device.split("/");
    const way = this.#random.weighted([name === "" ? 0 : 2, 2, 1]);
    if (way === 0) {
      const topic = `warmcity/v1/${kitchen}/${name}/event`;
      this.#put({ at: receivedAt, sender: kitchen, body: text, mediaType: null, topic });
    } else if (way === 1)
      this.#put({ at: receivedAt, sender: event.source, body: text, mediaType: STRUCTURED });
    else {
      if (this.#bundle.length === 0) this.#bundleAt = receivedAt;
      this.#bundle.push(text);
    }
  }

  #sendBundle(at: number): void {
    if (this.#bundle.length === 0) return;
    this.#put({ at, sender: "/systems/bundler", body: `[${this.#bundle.join(",")}]`, mediaType: BATCH });
    this.#bundle = [];
  }

  #bad(at: number): void {
    const [mediaType, body] = this.#random.pick(BAD);
    this.#put({ at, sender: "/systems/broken", body, mediaType });
  }

  #put(parts: Omit<Message, "identities" | "topic"> & { topic?: string }): void {
    const message = { topic: "", ...parts };
    const { admitted } = intakeOf(this.#door, message, message.at);
    this.#messages.push({
      ...message,
      identities: admitted.flatMap((item) => identitiesOf(this.#city, item)),
    });
  }
}

/** What the door makes of a message that comes in at `receivedAt`, ms since epoch. */
export function intakeOf(
  door: Door,
  { body, mediaType, topic }: Pick<Message, "body" | "mediaType" | "topic">,
  receivedAt: number,
) {
  if (mediaType !== null) return door.cloudEvents(body, mediaType, {}, receivedAt);
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return door.mqtt(topic, bytes, receivedAt);
}
