/** `npm run soak`: the real program for hours, with clients on it; the exit code says whether all was well. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { figureRow } from "../figure.ts";
import { inScratch } from "../scratch.ts";
import { alertsPutOut } from "./put-out.ts";
import { SoakClients } from "./soak-clients.ts";
import { readSoakOptions, SOAK_HELP, type SoakOptions } from "./soak-options.ts";
import { figuresOf, progressLine, verdictLine } from "./soak-report.ts";
import { type Sample, Sampler } from "./soak-sample.ts";
import { programFor, type SoakedCity, soakedCity } from "./soaked-city.ts";
import { reasonOf } from "./troubles.ts";
import {
  balanceVerdict,
  lagVerdict,
  lateVerdict,
  memoryVerdicts,
  troubleVerdict,
  type Verdict,
} from "./verdicts.ts";

const HOUR_MS = 3_600_000;
/** Without a terminal, so many lines tell how far it is. */
const LINES = 60;

let interrupted = false;

async function main(argv: readonly string[]): Promise<number> {
  const options = readSoakOptions(argv);
  if (options === "help") {
    process.stdout.write(SOAK_HELP);
    return 0;
  }
  if ("wrong" in options) return complain(options.wrong);
  const { data } = options;
  if (data !== null && !(await isEmpty(data))) return complain(`--data ${data}: must be empty`);
  process.once("SIGINT", () => {
    interrupted = true;
  });
  try {
    const verdicts =
      data === null
        ? await inScratch((scratch) => soak(options, join(scratch, "data")))
        : await soak(options, data);
    return verdicts.some(({ ok }) => ok === false) ? 1 : 0;
  } catch (error) {
    tell(`soak broke: ${error instanceof Error ? error.stack : error}`);
    return 1;
  }
}

async function soak(options: SoakOptions, data: string): Promise<Verdict[]> {
  const program = programFor(options, data);
  try {
    tell("the city starts, and lives its first six hours ...");
    const city = await soakedCity(options, data, program);
    const sampler = await Sampler.begin(city, options.speed);
    const clients = await SoakClients.connect(city, options.seed);
    const samples: Sample[] = [];
    const ended: string[] = [];
    try {
      await watch(city, sampler, clients, samples, options);
      await clients.finish();
      samples.push(await sampler.sample());
    } catch (error) {
      ended.push(...(program.hasEnded ? ["it ended by itself"] : []), reasonOf(error));
    }
    clients.stop();
    await program.end();
    const verdicts = [
      programVerdict(samples, [...ended, ...program.errors]),
      balanceVerdict(samples),
      lateVerdict(samples),
      ...clients.verdicts(await alertsPutOut(data)),
      lagVerdict(samples),
      ...memoryVerdicts(samples, options.slopeMax),
    ];
    report(options, samples, clients, verdicts);
    return verdicts;
  } finally {
    await program.end();
  }
}

/** Samples and breaks connections until the time is over, the program ends or somebody interrupts. */
async function watch(
  { program }: SoakedCity,
  sampler: Sampler,
  clients: SoakClients,
  samples: Sample[],
  { hours, everyS, reconnectS }: SoakOptions,
): Promise<void> {
  const begun = performance.now();
  const told = Math.max(1, Math.floor((hours * 3_600) / everyS / LINES));
  const breaking = breakNowAndThen(clients, begun + hours * HOUR_MS, reconnectS);
  for (let i = 1; !interrupted && performance.now() - begun < hours * HOUR_MS; i++) {
    await sleep(
      Math.max(0, Math.min(begun + i * everyS * 1_000, begun + hours * HOUR_MS) - performance.now()),
    );
    if (program.hasEnded) throw new Error(program.errors.at(-1) ?? "without a word");
    const sample = await sampler.sample();
    samples.push(sample);
    const line = progressLine(sample, hours, clients.readers.steady.heard.count);
    if (process.stderr.isTTY === true) process.stderr.write(`\r\u001b[K${line}`);
    else if (i % told === 0) tell(line);
  }
  if (process.stderr.isTTY === true) tell("");
  await breaking;
}

async function breakNowAndThen(clients: SoakClients, until: number, everyS: number): Promise<void> {
  for (let next = performance.now() + everyS * 1_000; next < until; next += everyS * 1_000) {
    while (!interrupted && performance.now() < next) await sleep(Math.min(500, next - performance.now()));
    if (interrupted) return;
    await clients.breakConnections();
  }
}

function programVerdict(samples: readonly Sample[], errors: readonly string[]): Verdict {
  const faults = samples.at(-1)?.ruleFaults ?? 0;
  const troubles = faults > 0 ? [`${faults} rules threw`, ...errors] : errors;
  return troubleVerdict("program", troubles.length, troubles.slice(0, 5), "ran to the end, no rule threw");
}

function report(
  options: SoakOptions,
  samples: readonly Sample[],
  clients: SoakClients,
  verdicts: readonly Verdict[],
): void {
  const { publisher, poller, breaks } = clients;
  const latencies = { alarms: publisher.latencies, requests: poller.latencies };
  const figures = figuresOf(samples, latencies);
  const ok = verdicts.every((verdict) => verdict.ok !== false);
  if (options.json) {
    for (const figure of figures) process.stdout.write(`${JSON.stringify(figure)}\n`);
    process.stdout.write(`${JSON.stringify({ ok, breaks, samples: samples.length, verdicts })}\n`);
    return;
  }
  const { hours, speed, preset, kitchens } = options;
  const city = `${kitchens ?? "all"} kitchens, ${preset}, ×${speed}`;
  process.stdout.write(
    `\nsoak of ${hours} h: ${city}; ${samples.length} samples, connections broken ${breaks} times\n`,
  );
  for (const figure of figures) process.stdout.write(`${figureRow(figure)}\n`);
  process.stdout.write(`\n${verdicts.map(verdictLine).join("\n")}\n\n`);
}

async function isEmpty(directory: string): Promise<boolean> {
  try {
    return (await readdir(directory)).length === 0;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return true;
    throw error;
  }
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

function complain(reason: string): 2 {
  process.stderr.write(`soak: ${reason}\n`);
  return 2;
}

process.exitCode = await main(process.argv.slice(2));
