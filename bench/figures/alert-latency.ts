/** From the arrival of an alarming reading to the alert on the live stream, while 20,000 events a second come in. */
import { get, type IncomingMessage } from "node:http";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { BATCH, STRUCTURED } from "../../stream/door/media-type.ts";
import { EVENTS_PATH } from "../../stream/server/routes/events.ts";
import type { City } from "../../twin/city/city.ts";
import { cost, defineBenchmark, rate, type Told } from "../figure.ts";
import { Poster, post } from "../load/http-posts.ts";
import { ReadingLoad } from "../load/readings.ts";
import { type ServedCity, withServedCity } from "../load/served-city.ts";
import { quantile, watch } from "../measure.ts";

const EVENTS_A_SECOND = 20_000;
const BATCH_EVENTS = 100;
const BATCH_EVERY_MS = (1_000 * BATCH_EVENTS) / EVENTS_A_SECOND;
const LANES = 8;
const PROBES = 100;
const PROBE_EVERY_MS = 100;
const ALARM_LEL = 60;
const ANSWER_WITHIN_MS = 30_000;
const BUDGET_MS = 250;

export const alertLatency = defineBenchmark({
  name: "alert-latency",
  about: "gas alarm in over HTTP, alert out over SSE, with 20,000 other events a second",
  run: (options) =>
    withServedCity(options, async (served) => {
      const probes = probesOf(served.city);
      const load = new ReadingLoad(served.city, options.seed, Date.now() - 60_000, new Set(probes));
      const alerts = await AlertReader.open(served);
      const background = new Background(served, load);
      try {
        await background.warmUp();
        return await underLoad(served, load, alerts, background, probes);
      } finally {
        background.stop();
        alerts.close();
      }
    }),
});

async function underLoad(
  served: ServedCity,
  load: ReadingLoad,
  alerts: AlertReader,
  background: Background,
  probes: readonly number[],
): Promise<Told> {
  const spent = watch();
  const running = background.run();
  const poster = await Poster.connect(served.port);
  const taken: number[] = [];
  for (const device of probes) {
    await sleep(PROBE_EVERY_MS);
    const request = post(served, EVENTS_PATH, STRUCTURED, load.eventOf(device, ALARM_LEL));
    const rung = alerts.of(served.city.kitchens[served.city.kitchenOfDevice[device]!]!.id);
    const begun = performance.now();
    const [rungAt] = await Promise.all([rung, poster.send(request)]);
    taken.push(rungAt - begun);
  }
  poster.close();
  background.stop();
  await running;
  const { wall } = spent();
  return {
    figures: [
      cost("alert-latency.p50", quantile(taken, 0.5), "ms", null),
      cost("alert-latency.p99", quantile(taken, 0.99), "ms", BUDGET_MS),
      rate("alert-latency.background", (background.sent * BATCH_EVENTS) / wall, "events/s", EVENTS_A_SECOND),
    ],
  };
}

/** Gas probes of different kitchens: each rings once. */
function probesOf(city: City): number[] {
  const gas = [...city.devices.keys()].filter((device) => city.devices[device]!.kind === "gas");
  const byKitchen = new Map(gas.map((device) => [city.kitchenOfDevice[device]!, device]));
  return [...byKitchen.values()].slice(0, PROBES);
}

/** Batches at a steady pace; one that is late is sent as soon as a connection is free. */
class Background {
  sent = 0;
  readonly #served: ServedCity;
  readonly #load: ReadingLoad;
  #ready: Buffer[] = [];
  #stopped = false;

  constructor(served: ServedCity, load: ReadingLoad) {
    this.#served = served;
    this.#load = load;
  }

  /** Prepares the batches, and sends some so that the program has compiled what it needs. */
  async warmUp(): Promise<void> {
    const seconds = 1.5 * ((PROBES * PROBE_EVERY_MS) / 1_000) + 5;
    this.#ready = Array.from({ length: (seconds * 1_000) / BATCH_EVERY_MS }, () =>
      post(this.#served, EVENTS_PATH, BATCH, this.#load.batch(BATCH_EVENTS)),
    );
    const poster = await Poster.connect(this.#served.port);
    for (const request of this.#ready.splice(0, 2_000 / BATCH_EVERY_MS)) await poster.send(request);
    poster.close();
  }

  async run(): Promise<void> {
    const begun = performance.now();
    const lane = async () => {
      const poster = await Poster.connect(this.#served.port);
      while (!this.#stopped) {
        const mine = this.sent++;
        const request = this.#ready[mine];
        if (request === undefined) break;
        await sleep(Math.max(0, begun + mine * BATCH_EVERY_MS - performance.now()));
        await poster.send(request);
      }
      poster.close();
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  }

  stop(): void {
    this.#stopped = true;
  }
}

/** The live alert stream. */
class AlertReader {
  readonly #response: IncomingMessage;
  readonly #waiting = new Map<string, (at: number) => void>();

  private constructor(response: IncomingMessage) {
    this.#response = response;
    createInterface({ input: response }).on("line", (line) => this.#take(line));
  }

  static open({ port, token }: ServedCity): Promise<AlertReader> {
    const headers = { authorization: `Bearer ${token}` };
    return new Promise((resolve, reject) => {
      const request = get({ host: "127.0.0.1", port, path: "/v1/alerts/stream?code=T09", headers });
      request.on("response", (response) => resolve(new AlertReader(response)));
      request.on("error", reject);
    });
  }

  /** When the kitchen's next alert came, on the clock of `performance.now()`. */
  of(kitchen: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`No alert of ${kitchen}`)), ANSWER_WITHIN_MS);
      this.#waiting.set(kitchen, (at) => {
        clearTimeout(late);
        resolve(at);
      });
    });
  }

  close(): void {
    this.#response.destroy();
  }

  #take(line: string): void {
    if (!line.startsWith("data:")) return;
    const at = performance.now();
    const event: unknown = JSON.parse(line.slice("data:".length));
    const kitchen = typeof event === "object" && event !== null ? String(Reflect.get(event, "subject")) : "";
    this.#waiting.get(kitchen)?.(at);
    this.#waiting.delete(kitchen);
  }
}
