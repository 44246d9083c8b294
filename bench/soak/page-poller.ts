/** People who look at pages, and a gateway that sends events over HTTP, some of them twice and a few that are wrong. */
import { setTimeout as sleep } from "node:timers/promises";
import { BATCH } from "../../stream/door/media-type.ts";
import { Random } from "../../twin/kernel/random.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import type { SoakedCity } from "./soaked-city.ts";
import { reasonOf, Troubles } from "./troubles.ts";

const LOOKS_EVERY_MS = 250;
const EVENTS_A_BATCH = 20;
/** Every so many batches one is sent a second time, and one has an event that is refused. */
const AGAIN_EVERY = 5;
const WRONG_EVERY = 7;
const LATENCIES_MAX = 20_000;

export class PagePoller {
  readonly troubles = new Troubles();
  asked = 0;
  sent = 0;
  /** Of all requests, ms. */
  readonly latencies: number[] = [];
  readonly #city: SoakedCity;
  readonly #random: Random;
  #batches = 0;
  #stopped = false;
  #running: Promise<void> = Promise.resolve();

  constructor(city: SoakedCity, seed: number) {
    this.#city = city;
    this.#random = new Random(seed, "soak pages");
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    const { kitchens } = this.#city.city;
    for (let round = 0; !this.#stopped; round++) {
      const { id, code } = this.#random.pick(kitchens);
      const pages = [
        "/v1/city",
        `/v1/kitchens/${id}`,
        "/v1/alerts?state=firing&limit=50",
        `/v1/kitchens/${id}/history`,
        "/v1/cases?limit=50",
        `/v1/public/kitchens/${code}`,
        "/v1/kitchens?limit=100",
      ];
      await this.#look(pages[round % pages.length]!);
      if (round % 2 === 0) await this.#send();
      await sleep(LOOKS_EVERY_MS);
    }
  }

  async #look(path: string): Promise<void> {
    const answer = await this.#request("GET", path);
    if (answer !== null && answer.status !== 200) this.troubles.add(`GET ${path}: ${answer.status}`);
  }

  async #send(): Promise<void> {
    const batch = ++this.#batches;
    const events: object[] = Array.from({ length: EVENTS_A_BATCH }, (_, i) => this.#scan(`${batch}-${i}`));
    const wrong = batch % WRONG_EVERY === 0 ? 1 : 0;
    if (wrong === 1) events.push({ ...this.#scan(`${batch}-wrong`), subject: "K-nowhere" });
    const body = JSON.stringify(events);
    await this.#sendBatch(body, { accepted: EVENTS_A_BATCH, duplicates: 0, rejected: wrong });
    if (batch % AGAIN_EVERY !== 0) return;
    await this.#sendBatch(body, { accepted: 0, duplicates: EVENTS_A_BATCH, rejected: wrong });
  }

  /** The answer must account for every event. */
  async #sendBatch(
    body: string,
    wanted: { readonly accepted: number; readonly duplicates: number; readonly rejected: number },
  ): Promise<void> {
    const answer = await this.#request("POST", "/v1/events", body, BATCH);
    if (answer === null) return;
    this.sent += wanted.accepted + wanted.duplicates + wanted.rejected;
    if (answer.status !== 202) return this.troubles.add(`POST /v1/events: ${answer.status}`);
    const told: { accepted: number; duplicates: number; rejected: unknown[] } = JSON.parse(answer.body);
    const { accepted, duplicates } = told;
    const rejected = told.rejected.length;
    const isRight =
      accepted === wanted.accepted && duplicates === wanted.duplicates && rejected === wanted.rejected;
    if (!isRight)
      this.troubles.add(
        `a batch: ${JSON.stringify({ accepted, duplicates, rejected })}, wanted ${JSON.stringify(wanted)}`,
      );
  }

  /** Somebody reads the code at the door: no sign of trading, so nothing follows from it. */
  #scan(name: string): object {
    return {
      specversion: "1.0",
      id: `soak-scan-${name}`,
      source: "/systems/soak",
      type: "warmcity.kitchen.activity",
      subject: this.#random.pick(this.#city.city.kitchens).id,
      time: formatTime(this.#city.clock.now()),
      data: { kind: "scan" },
    };
  }

  async #request(method: "GET" | "POST", path: string, body?: string, mediaType?: string) {
    const begun = performance.now();
    try {
      const answer = await this.#city.client.request(method, path, body, mediaType);
      this.asked++;
      if (this.latencies.length < LATENCIES_MAX) this.latencies.push(performance.now() - begun);
      return answer;
    } catch (error) {
      this.troubles.add(`${method} ${path}: ${reasonOf(error)}`);
      return null;
    }
  }
}
