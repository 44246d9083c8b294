/** What is read off the program now and then. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { LOG_FOLDER } from "../../stream/log/verify-command.ts";
import type { SoakedCity } from "./soaked-city.ts";
import { positionOf } from "./soaked-city.ts";
import type { Judged, Sums } from "./verdicts.ts";

export interface Sample extends Judged {
  /** Event time, ms since epoch. */
  readonly cityTime: number;
  readonly heapMb: number;
  /** Since the last sample: by how much the program's event loop was late, ms. */
  readonly loopP99Ms: number;
  readonly loopMaxMs: number;
  /** Share of one core since the last sample, percent. */
  readonly cpuPercent: number;
  readonly logMb: number;
  /** The whole data directory. */
  readonly dataMb: number;
  readonly ruleFaults: number;
  /** How late the event loop of the clients was, ms: beyond this, what they see is theirs. */
  readonly ownLoopP99Ms: number;
}

const MB = 1e6;
const LOOK_EVERY_MS = 20;

export class Sampler {
  readonly #city: SoakedCity;
  readonly #speed: number;
  readonly #begun = performance.now();
  readonly #own = monitorEventLoopDelay({ resolution: LOOK_EVERY_MS });
  #last: { readonly at: number; readonly cpu: number };

  private constructor(city: SoakedCity, speed: number, cpu: number) {
    this.#city = city;
    this.#speed = speed;
    this.#last = { at: this.#begun, cpu };
    this.#own.enable();
  }

  static async begin(city: SoakedCity, speed: number): Promise<Sampler> {
    const { cpu } = await city.program.watchedUsage();
    return new Sampler(city, speed, cpu);
  }

  async sample(): Promise<Sample> {
    const { program, data, clock } = this.#city;
    const metrics = await this.#text("/metrics");
    const sums: Sums = JSON.parse(await this.#text("/v1/audit/balance"));
    const usage = await program.watchedUsage();
    await positionOf(this.#city);
    const at = performance.now();
    const cpuPercent = (100_000 * (usage.cpu - this.#last.cpu)) / (at - this.#last.at);
    this.#last = { at, cpu: usage.cpu };
    // The histogram holds the whole time between two looks.
    const ownLoopP99Ms = Math.max(0, this.#own.percentile(99) / 1e6 - LOOK_EVERY_MS);
    this.#own.reset();
    return {
      hours: (at - this.#begun) / 3_600_000,
      cityTime: clock.now(),
      rssMb: usage.rss / MB,
      heapMb: usage.heap / MB,
      heapFloorMb: usage.heapFloor === null ? null : usage.heapFloor / MB,
      loopP99Ms: usage.loopP99Ms,
      loopMaxMs: usage.loopMaxMs,
      cpuPercent,
      lagS: metricIn(metrics, "warmcity_fold_lag_ms") / this.#speed / 1_000,
      ruleFaults: metricIn(metrics, "warmcity_rule_faults_total"),
      logMb: (await bytesBelow(join(data, LOG_FOLDER))) / MB,
      dataMb: (await bytesBelow(data)) / MB,
      sums,
      ownLoopP99Ms,
    };
  }

  async #text(path: string): Promise<string> {
    const { status, body } = await this.#city.client.request("GET", path);
    if (status !== 200) throw new Error(`GET ${path}: ${status}`);
    return body;
  }
}

/** The value of a metric without labels in Prometheus's text format. */
export function metricIn(text: string, name: string): number {
  const value = new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1];
  if (value === undefined) throw new Error(`There is no metric ${name}`);
  return Number(value);
}

async function bytesBelow(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    bytes += entry.isDirectory() ? await bytesBelow(path) : await bytesOf(path);
  }
  return bytes;
}

/** 0 if it is gone meanwhile, as snapshots go. */
async function bytesOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return 0;
    throw error;
  }
}
