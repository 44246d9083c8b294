/**
 * What a small city lives through in a crash trial, written down step by step, so that a run that crashes and one that
 * does not get the very same: messages in every form that the door takes, repeats, bad input, commands, ticks.
 */
import { CloudEventLines } from "../simulator/cloud-event-lines.ts";
import type { NetworkOptions } from "../simulator/network.ts";
import { type Arrival, Simulation } from "../simulator/simulation.ts";
import { allowedCommands, type Case } from "../twin/case.ts";
import { ROLES } from "../twin/events/public-events.ts";
import { Random } from "../twin/kernel/random.ts";
import { formatTime, MINUTE_MS, minutes, SECOND_MS } from "../twin/kernel/time.ts";
import { crashCity, troublesOf } from "./crash-city.ts";
import { ColumnsCodec } from "./door/columns-binary.ts";
import { BATCH, COLUMNS, SENML_JSON, STRUCTURED } from "./door/media-type.ts";
import type { CityFold } from "./fold.ts";

export type Step =
  | {
      readonly kind: "message";
      readonly body: Uint8Array | string;
      /** Media type over HTTP; `null` = an MQTT packet. */
      readonly mediaType: string | null;
      readonly topic: string;
      readonly receivedAt: number;
    }
  | { readonly kind: "tick"; readonly time: number; readonly ahead: boolean };

const AHEAD_AFTER_MS = minutes(20);
const BAD: readonly (readonly [mediaType: string, body: string])[] = [
  [STRUCTURED, "{ broken"],
  [STRUCTURED, '{"specversion":"1.0","id":"x","source":"/devices/nobody","type":"warmcity.reading"}'],
  [BATCH, '[{"specversion":"1.0"},7,null]'],
  ["text/plain", "hello"],
  [SENML_JSON, '[{"n":"nobody","v":1}]'],
  [COLUMNS, "not columns"],
];

export interface CrashScriptOptions {
  readonly seed: number;
  /** Event time, ms since epoch. */
  readonly from: number;
  readonly until: number;
  readonly network: NetworkOptions;
  /** Alerts go out ahead of the watermark after so many ms, as when a city that was fed its past goes live; default 20 min. */
  readonly aheadAfterMs?: number;
}

export class CrashScript {
  readonly city = crashCity();
  readonly #random: Random;
  readonly #simulation: Simulation;
  readonly #lines: CloudEventLines;
  readonly #codec: ColumnsCodec;
  readonly #aheadFrom: number;
  readonly #until: number;
  readonly #sent: (Step & { kind: "message" })[] = [];
  #now: number;
  #commands = 0;

  constructor({ seed, from, until, network, aheadAfterMs = AHEAD_AFTER_MS }: CrashScriptOptions) {
    this.#random = new Random(seed, "crash-script");
    this.#aheadFrom = from + aheadAfterMs;
    this.#until = until;
    this.#now = from;
    this.#lines = new CloudEventLines(this.city);
    this.#codec = new ColumnsCodec(this.city);
    this.#simulation = new Simulation({
      city: this.city,
      seed,
      from,
      incidents: troublesOf(this.city, from),
      network,
    });
  }

  /** The next steps, up to and including a tick; `null` = the end. `fold` = the city as it stands, for the commands. */
  next(fold: CityFold): Step[] | null {
    if (this.#now >= this.#until) return null;
    const ahead = this.#now >= this.#aheadFrom;
    const gap = ahead ? this.#random.int(1, 8) * SECOND_MS : MINUTE_MS;
    this.#now += this.#random.chance(0.002) ? minutes(4) : gap;
    const steps: Step[] = [];
    let batch: string[] = [];
    for (const arrival of this.#simulation.advance(this.#now)) {
      if (arrival.kind === "event" && this.#random.chance(0.3)) {
        batch.push(JSON.stringify(arrival.event));
        continue;
      }
      if (batch.length > 0) steps.push(this.#message(BATCH, `[${batch.join(",")}]`, arrival.receivedAt));
      batch = [];
      steps.push(this.#arrival(arrival));
    }
    const at = this.#now - 1;
    if (batch.length > 0) steps.push(this.#message(BATCH, `[${batch.join(",")}]`, at));
    this.#simulation.truth();
    if (this.#random.chance(0.05)) steps.push(this.#repeat(at));
    if (this.#random.chance(0.02)) steps.push(this.#bad(at));
    if (this.#random.chance(0.1)) steps.push(...this.#command(fold, at));
    steps.push({ kind: "tick", time: this.#now, ahead });
    return steps;
  }

  #message(mediaType: string | null, body: Uint8Array | string, receivedAt: number, topic = ""): Step {
    const step = { kind: "message" as const, body, mediaType, topic, receivedAt };
    this.#sent.push(step);
    return step;
  }

  #arrival(arrival: Arrival): Step {
    const { receivedAt } = arrival;
    if (arrival.kind === "event") {
      const device = arrival.event.source.replace("/devices/", "");
      const text = JSON.stringify(arrival.event);
      const [kitchen = "", name = ""] = device.split("/");
      const byMqtt = arrival.event.source !== device && name !== "" && this.#random.chance(0.5);
      return byMqtt
        ? this.#message(
            null,
            new TextEncoder().encode(text),
            receivedAt,
            `warmcity/v1/${kitchen}/${name}/event`,
          )
        : this.#message(STRUCTURED, text, receivedAt);
    }
    if (this.#random.chance(0.3)) return this.#message(STRUCTURED, this.#line(arrival), receivedAt);
    const attributes = {
      specversion: "1.0",
      id: arrival.id,
      source: arrival.source,
      type: "warmcity.readings",
      time: formatTime(arrival.columns.base),
    };
    return this.#message(COLUMNS, this.#codec.encode(arrival.columns, attributes, "ordinals"), receivedAt);
  }

  #line(arrival: Arrival): string {
    return new TextDecoder().decode(this.#lines.line(arrival));
  }

  /** A gateway sends again what was taken long ago, or half of it together with something new. */
  #repeat(receivedAt: number): Step {
    const { body, mediaType, topic } = this.#random.pick(this.#sent);
    return this.#message(mediaType, body, receivedAt, topic);
  }

  #bad(receivedAt: number): Step {
    const [mediaType, body] = this.#random.pick(BAD);
    return this.#message(mediaType, body, receivedAt);
  }

  /** Somebody does something about an open case, allowed or not. */
  #command(fold: CityFold, at: number): Step[] {
    const cases = [fold.stage.desk, ...this.city.kitchens.map((_, index) => fold.kitchen(index))]
      .flatMap((desk) => Object.values(desk.cases))
      .filter(({ state }) => state !== "closed");
    if (cases.length === 0) return [];
    const one = this.#random.pick(cases);
    const role = this.#random.pick(ROLES);
    const allowed = allowedCommands(one, role);
    const command = this.#random.pick(allowed.length > 0 ? allowed : (["comment", "close"] as const));
    return [this.#message(STRUCTURED, this.#commandText(one, role, command, at), at)];
  }

  #commandText(one: Case, role: string, command: string, at: number): string {
    const kitchen = this.city.kitchens[one.kitchen];
    return JSON.stringify({
      specversion: "1.0",
      id: `command-${this.#commands++}`,
      source: "/persons/p-1",
      type: "warmcity.case.command",
      ...(kitchen === undefined ? {} : { subject: kitchen.id }),
      time: formatTime(at),
      data: {
        case: one.id,
        command,
        role,
        actor: `p-${this.#commands}`,
        reason: "seen on site",
        evidence: ["photo-1"],
        ...(command === "decide" ? { decision: { kind: "warning" } } : {}),
      },
    });
  }
}
