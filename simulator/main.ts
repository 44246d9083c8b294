/** `npm run simulate`: days of the virtual city as a file of CloudEvents in order of arrival (CONTRACT §7). */
import { closeSync, createWriteStream, openSync, writeFileSync, writeSync } from "node:fs";
import process from "node:process";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import type { City } from "../twin/city/city.ts";
import { generateCity } from "../twin/city/generated-city.ts";
import { registryOf } from "../twin/city/registry.ts";
import { formatTime, shanghaiDay } from "../twin/kernel/time.ts";
import { CloudEventLines } from "./cloud-event-lines.ts";
import { Gzip } from "./gzip/gzip.ts";
import { NOISE_LEVELS } from "./noise.ts";
import { joinNegatives, type RawOptions, readOptions, type SimulateOptions, USAGE } from "./options.ts";
import { Simulation } from "./simulation.ts";
import { truthLine } from "./truth.ts";

const CHUNK_BYTES = 1 << 20;
const EXIT_BAD = 2;

/** Exit code 0, or 2 with a sentence on stderr. */
async function main(): Promise<number> {
  let raw: RawOptions & { readonly help?: boolean | undefined };
  try {
    raw = parseArgs({
      args: joinNegatives(process.argv.slice(2)),
      options: {
        hours: { type: "string" },
        out: { type: "string" },
        kitchens: { type: "string" },
        preset: { type: "string" },
        seed: { type: "string" },
        from: { type: "string" },
        noise: { type: "string" },
        truth: { type: "string" },
        registry: { type: "string" },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    return complain(`${error instanceof Error ? error.message : error}`);
  }
  if (raw.help === true) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const read = readOptions(raw);
  if (!read.ok) return complain(read.reason);
  try {
    await simulate(read.options);
    return 0;
  } catch (error) {
    return complain(`cannot write: ${error instanceof Error ? error.message : error}`);
  }
}

function complain(reason: string): number {
  process.stderr.write(`simulate: ${reason}\nTry: npm run simulate -- --help\n`);
  return EXIT_BAD;
}

async function simulate(options: SimulateOptions): Promise<void> {
  const { seed, preset, kitchens, from, out } = options;
  const size = kitchens === null ? {} : { kitchens };
  const city = generateCity({ seed, preset, today: shanghaiDay(from), ...size });
  if (options.registry !== null) writeFileSync(options.registry, JSON.stringify(registryOf(city)));
  const simulation = new Simulation({ city, seed, from, noise: NOISE_LEVELS[options.noise], terse: true });
  process.stderr.write(
    `simulate: ${city.kitchens.length} kitchens, ${city.devices.length} devices (${preset}), seed ${seed}, from ${formatTime(from)}\n`,
  );
  const progress = new Progress(from, options.durationMs);
  const truth = options.truth === null ? null : openSync(options.truth, "w");
  const plain = chunks({ city, simulation, until: from + options.durationMs, progress, truth });
  const source = Readable.from(out.endsWith(".gz") ? packed(plain) : plain, {
    objectMode: false,
    highWaterMark: 4 * CHUNK_BYTES,
  });
  await pipeline(source, createWriteStream(out, { highWaterMark: 4 * CHUNK_BYTES }));
  if (truth !== null) closeSync(truth);
  progress.end();
}

interface Run {
  readonly city: City;
  readonly simulation: Simulation;
  /** ms since epoch. */
  readonly until: number;
  readonly progress: Progress;
  /** File descriptor; `null` = nobody wants to know. */
  readonly truth: number | null;
}

/** Lines gathered into large chunks; the reader's pace is the writer's. The truth goes its own way with each chunk. */
function* chunks({ city, simulation, until, progress, truth }: Run) {
  const lines = new CloudEventLines(city);
  let chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let filled = 0;
  for (const arrival of simulation.advance(until)) {
    const line = lines.line(arrival);
    if (filled + line.length > chunk.length && filled > 0) {
      yield chunk.subarray(0, filled);
      tellTruth(simulation, truth);
      chunk = Buffer.allocUnsafe(Math.max(CHUNK_BYTES, line.length));
      filled = 0;
    }
    chunk.set(line, filled);
    filled += line.length;
    progress.reached(arrival.receivedAt, line.length);
  }
  yield chunk.subarray(0, filled);
  tellTruth(simulation, truth);
}

function tellTruth(simulation: Simulation, file: number | null): void {
  const records = simulation.truth();
  if (file !== null) writeSync(file, records.map(truthLine).join(""));
}

function* packed(plain: Iterable<Uint8Array>) {
  const gzip = new Gzip();
  yield gzip.head();
  for (const chunk of plain) yield* gzip.write(chunk);
  yield* gzip.end();
}

/** One line on stderr per tenth of the run. */
class Progress {
  #bytes = 0;
  #lines = 0;
  #told = 0;
  readonly #from: number;
  readonly #durationMs: number;

  constructor(from: number, durationMs: number) {
    this.#from = from;
    this.#durationMs = durationMs;
  }

  reached(time: number, bytes: number): void {
    this.#bytes += bytes;
    this.#lines++;
    const tenth = Math.floor((10 * (time - this.#from)) / this.#durationMs);
    if (tenth <= this.#told) return;
    this.#told = tenth;
    process.stderr.write(`simulate: ${formatTime(time)}  ${10 * tenth} %  ${this.#amount()}\n`);
  }

  end(): void {
    process.stderr.write(`simulate: done, ${this.#amount()}\n`);
  }

  #amount(): string {
    return `${this.#lines} lines, ${(this.#bytes / 1e6).toFixed(1)} MB`;
  }
}

process.exitCode = await main();
