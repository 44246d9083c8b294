/** What one core takes in, from the socket to durable, answered and folded: the CPU time is the server's process alone. */
import { BATCH, COLUMNS, STRUCTURED } from "../../stream/door/media-type.ts";
import { TOPIC_ROOT } from "../../stream/door/topic.ts";
import { EVENTS_PATH } from "../../stream/server/routes/events.ts";
import { type Benchmark, type BenchOptions, defineBenchmark, rate, type Told } from "../figure.ts";
import { post, sendAll } from "../load/http-posts.ts";
import { publishAll } from "../load/mqtt-publishes.ts";
import { ReadingLoad } from "../load/readings.ts";
import { type ServedCity, withServedCity } from "../load/served-city.ts";
import { median, watch } from "../measure.ts";

/** A load that is ready to go: everything that costs the sender much is done. */
interface Loaded {
  /** Readings that it carries. */
  readonly readings: number;
  readonly send: () => Promise<void>;
}

interface Way {
  readonly name: string;
  readonly about: string;
  /** Readings per second and core. */
  readonly budget: number;
  readonly load: (load: ReadingLoad, served: ServedCity) => Loaded;
}

const RUNS = 3;
const BATCH_CONNECTIONS = 8;
const SINGLE_CONNECTIONS = 64;
const COLUMN_DEVICES = 20;
const READINGS_EACH = 50;

const httpBatch: Way = {
  name: "ingest-http",
  about: "CloudEvents in JSON over HTTP, 100 in a batch",
  budget: 100_000,
  load: (load, served) => posts(served, 100_000, 100, BATCH, BATCH_CONNECTIONS, () => load.batch(100)),
};

const httpSingle: Way = {
  name: "ingest-http-single",
  about: "CloudEvents in JSON over HTTP, one in a request",
  budget: 25_000,
  load: (load, served) => posts(served, 40_000, 1, STRUCTURED, SINGLE_CONNECTIONS, () => load.event().json),
};

const mqtt: Way = {
  name: "ingest-mqtt",
  about: "CloudEvents in JSON over MQTT with QoS 1, one in a message",
  budget: 50_000,
  load: (load, { city, mqttPort }) => {
    const messages = Array.from({ length: 40_000 }, () => {
      const { device, json } = load.event();
      return { topic: `${TOPIC_ROOT}/${city.devices[device]!.id}/event`, payload: json };
    });
    return { readings: messages.length, send: () => publishAll(mqttPort, messages, BATCH_CONNECTIONS) };
  },
};

const columnsJson: Way = {
  name: "ingest-columns-json",
  about: "readings as columns in JSON over HTTP, 20 devices x 50 in a message",
  budget: 3e6,
  load: (load, served) =>
    posts(served, 3e6, COLUMN_DEVICES * READINGS_EACH, STRUCTURED, BATCH_CONNECTIONS, () =>
      load.columnsJson(load.columns(COLUMN_DEVICES, READINGS_EACH)),
    ),
};

const columnsBinary: Way = {
  name: "ingest-columns-binary",
  about: "readings as binary columns over HTTP, 20 devices x 50 in a message",
  budget: 5e6,
  load: (load, served) =>
    posts(served, 6e6, COLUMN_DEVICES * READINGS_EACH, COLUMNS, BATCH_CONNECTIONS, () =>
      load.columnsBytes(load.columns(COLUMN_DEVICES, READINGS_EACH)),
    ),
};

export const ingestBenchmarks: readonly Benchmark[] = [
  httpBatch,
  httpSingle,
  mqtt,
  columnsJson,
  columnsBinary,
].map((way) => defineBenchmark({ name: way.name, about: way.about, run: (options) => ingest(way, options) }));

function ingest(way: Way, options: BenchOptions): Promise<Told> {
  return withServedCity(options, async (served) => {
    const load = new ReadingLoad(served.city, options.seed, Date.now() - 60_000);
    await way.load(load, served).send();
    const runs: { perCpu: number; perWall: number }[] = [];
    for (let run = 0; run < (options.runs ?? RUNS); run++) {
      const { readings, send } = way.load(load, served);
      const before = await served.usage();
      const spent = watch();
      await send();
      const { wall } = spent();
      const { cpu } = await served.usage();
      runs.push({ perCpu: readings / (cpu - before.cpu), perWall: readings / wall });
    }
    const perCpu = median(runs.map((run) => run.perCpu));
    const perWall = median(runs.map((run) => run.perWall));
    return {
      figures: [
        rate(way.name, perCpu, "readings/s/core", way.budget),
        rate(`${way.name}.wall`, perWall, "readings/s", null),
      ],
    };
  });
}

function posts(
  served: ServedCity,
  readings: number,
  each: number,
  mediaType: string,
  connections: number,
  body: () => string | Uint8Array,
): Loaded {
  const requests = Array.from({ length: readings / each }, () =>
    post(served, EVENTS_PATH, mediaType, body()),
  );
  return { readings, send: () => sendAll(served, requests, connections) };
}
