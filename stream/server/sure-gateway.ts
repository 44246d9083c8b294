/** A gateway as gateways should be, for tests: it sends each message until the city has acknowledged it. */
import type { City } from "../../twin/city/city.ts";
import { identitiesOf } from "../crash-account.ts";
import type { Step } from "../crash-script.ts";
import { Door } from "../door/door.ts";
import { STRUCTURED } from "../door/media-type.ts";
import type { CityClient } from "./city-client.ts";

export type Message = Step & { kind: "message" };

/** Refused input is acknowledged, too: it stands in the dead letters. */
const ACKNOWLEDGED = [202, 400, 413, 415];

export class SureGateway {
  readonly #city: City;
  readonly #door: Door;
  /** Identities of all that was acknowledged. */
  readonly acknowledged = new Set<string>();

  constructor(city: City) {
    this.#city = city;
    this.#door = new Door(city);
  }

  /** Sends once; whether the city said that it has it. `false` also if it died on the way. */
  async send(to: CityClient, message: Message): Promise<boolean> {
    const { body, mediaType, receivedAt } = message;
    let status: number;
    try {
      const bytes = typeof body === "string" ? body : new Uint8Array(body);
      ({ status } = await to.request("POST", "/v1/events", bytes, mediaType ?? STRUCTURED));
    } catch (error) {
      // What `fetch` throws when the connection breaks.
      if (error instanceof TypeError) return false;
      throw error;
    }
    if (!ACKNOWLEDGED.includes(status)) return false;
    const { admitted } = this.#door.cloudEvents(body, mediaType ?? STRUCTURED, {}, receivedAt);
    for (const item of admitted)
      for (const identity of identitiesOf(this.#city, item)) this.acknowledged.add(identity);
    return true;
  }
}

/** What a script says over HTTP: MQTT packets with an event become a structured one, ticks are the city's own. */
export function overHttp(step: Step): Message[] {
  if (step.kind !== "message") return [];
  if (step.mediaType !== null) return [step];
  const body = typeof step.body === "string" ? step.body : new TextDecoder().decode(step.body);
  return [{ ...step, body, mediaType: STRUCTURED }];
}
