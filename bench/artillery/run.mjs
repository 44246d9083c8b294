#!/usr/bin/env node
/**
 * `node bench/artillery/run.mjs [name …]`: starts a city on data of its own, puts Artillery's load on it, tells what both did, ends
 * it. Traffic goes to loopback unless `--url` says otherwise.
 */
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const ARTILLERY = at("node_modules/artillery/bin/run");
const PROGRAM = at("../../stream/run.mjs");
const USAGE = new URL("../process-usage.mjs", import.meta.url).href;
/** Beyond this the generator is taken for the limit. */
const LATE_MAX_MS = 100;
const KINDS = ["gas", "fridge-temperature", "freezer-temperature"];
const KITCHENS_SPOKEN_FOR = 60;

/** What each load runs beside, and its rate unless another is asked for. */
const LOADS = {
  ingest: { rate: 50, about: "events over HTTP, batches of 100 and single ones", city: ["--no-simulator"] },
  reads: { rate: 20, about: "what pages ask for", city: [] },
  deltas: { rate: 10, about: "viewers of the map over WebSocket", city: ["--speed", "60"] },
  alerts: { rate: 10, about: "readers of the alert stream, and gas alarms", city: [] },
};

const HELP = `node bench/artillery/run.mjs [name …] [options]

${Object.entries(LOADS)
  .map(([name, { rate, about }]) => `  ${name.padEnd(10)}${about} (${rate}/s)`)
  .join("\n")}

  --rate N        virtual users a second (default: as above)
  --seconds N     how long they keep coming (default: 30)
  --kitchens N    size of the city that is started (default: 500)
  --url U --token T   a city that runs already, with its token, instead of one of our own
  --json          Artillery's aggregate as JSON lines of { name, value, unit, ratio, against }
  --help          this text

Needs once: npm ci --ignore-scripts --prefix bench/artillery. Exit codes: 0 measured, 1 answers were wrong, 2 bad usage.
`;

async function main(argv) {
  const text = { type: "string" };
  const flag = { type: "boolean" };
  const options = {
    rate: text,
    seconds: text,
    kitchens: text,
    url: text,
    token: text,
    json: flag,
    help: flag,
  };
  let parsed;
  try {
    parsed = parseArgs({ args: argv, allowPositionals: true, options });
  } catch (error) {
    return complain(error.message);
  }
  const { values, positionals } = parsed;
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const names = positionals.length > 0 ? positionals : Object.keys(LOADS);
  const unknown = names.find((name) => !Object.hasOwn(LOADS, name));
  if (unknown !== undefined)
    return complain(`no load "${unknown}": there are ${Object.keys(LOADS).join(", ")}`);
  if (!existsSync(ARTILLERY))
    return complain("Artillery is not installed: npm ci --ignore-scripts --prefix bench/artillery");
  const wrong = ["rate", "seconds", "kitchens"].find(
    (name) => values[name] !== undefined && !(Number(values[name]) > 0),
  );
  if (wrong !== undefined) return complain(`--${wrong} ${values[wrong]}: expected a number above 0`);
  let failed = 0;
  for (const name of names) failed += await measure(name, values);
  return failed > 0 ? 1 : 0;
}

/** Puts one load on a city; returns 1 if any answer was wrong. */
async function measure(
  name,
  { rate = LOADS[name].rate, seconds = "30", kitchens = "500", url, token, json },
) {
  const scratch = await mkdtemp(join(tmpdir(), "warmcity-artillery-"));
  const argv = ["--kitchens", kitchens, ...LOADS[name].city, "--data", join(scratch, "data")];
  const city =
    url === undefined
      ? await startCity(argv)
      : { url, token, usage: async () => null, end: async () => undefined };
  try {
    const found = join(scratch, "devices.json");
    await writeFile(found, JSON.stringify(await devicesOf(city)));
    const before = await city.usage();
    const output = join(scratch, "report.json");
    await runArtillery(name, output, {
      ...{ CITY_URL: city.url, CITY_TOKEN: city.token, CITY_DEVICES: found },
      CITY_SOCKET: `${city.url.replace(/^http/, "ws")}/v1/city/stream`,
      ...{ LOAD_RATE: String(rate), LOAD_SECONDS: seconds },
    });
    const after = await city.usage();
    const { aggregate } = JSON.parse(await readFile(output, "utf8"));
    const cpu = before === null || after === null ? null : after.cpu - before.cpu;
    return tell(name, aggregate, { planned: Number(rate) * Number(seconds), cpu, json });
  } finally {
    await city.end();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function startCity(argv) {
  const child = fork(PROGRAM, ["start", "--port", "0", "--mqtt-port", "0", ...argv], {
    execArgv: ["--max-semi-space-size=32", "--import", USAGE],
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const said = {};
  const ended = once(child, "exit");
  for await (const line of createInterface({ input: child.stdout })) {
    const [, word, rest] = /^(url|token|ready): (.*)$/.exec(line) ?? [];
    if (word !== undefined) said[word] = rest;
    if (word === "ready") break;
  }
  if (said.ready === undefined) throw new Error("The city did not start");
  child.stdout.resume();
  return {
    url: new URL(said.url).origin,
    token: said.token,
    async usage() {
      child.send("usage");
      return (await once(child, "message"))[0];
    },
    async end() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** Sensors for which the load speaks. */
async function devicesOf({ url, token }) {
  const ask = async (path) => {
    const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
    return response.json();
  };
  const { items } = await ask(`/v1/kitchens?limit=${KITCHENS_SPOKEN_FOR}`);
  const kitchens = await Promise.all(items.map(({ id }) => ask(`/v1/kitchens/${id}`)));
  return kitchens.flatMap(({ id: kitchen, devices }) =>
    devices
      .filter(({ kind }) => KINDS.includes(kind))
      .map(({ id: device, kind }) => ({ kitchen, device, kind })),
  );
}

async function runArtillery(name, output, variables) {
  const args = [ARTILLERY, "run", at(`${name}.yml`), "--output", output, "--quiet"];
  const env = { ...process.env, ...variables, ARTILLERY_DISABLE_TELEMETRY: "true" };
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  const said = [];
  child.stdout.on("data", (chunk) => said.push(chunk));
  const [code] = await once(child, "close");
  if (code !== 0)
    throw new Error(`Artillery ended with ${code}: ${Buffer.concat(said).toString().slice(-2_000)}`);
}

/** Figures first, then whose limit it was. */
function tell(name, { counters, summaries }, { planned, cpu, json }) {
  const figures = [];
  const add = (key, value, unit, ratio = null, against = null) =>
    figures.push({ name: `artillery-${name}.${key}`, value, unit, ratio, against });
  const created = counters["vusers.created"] ?? 0;
  add("sent", created, "virtual users", created / planned, `${planned} planned`);
  for (const [key, value] of Object.entries(counters)) {
    if (/^(http\.codes|city|map|stream|errors)\./.test(key) || key === "vusers.failed") add(key, value, "");
  }
  for (const [key, { p50, p95, p99, max }] of Object.entries(summaries)) {
    if (!/^(http\.response_time$|stream|map|generator)/.test(key)) continue;
    for (const [q, value] of Object.entries({ p50, p95, p99, max })) add(`${key}.${q}`, value, "ms");
  }
  if (cpu !== null) add("server.cpu", cpu, "CPU-s in all");
  if (json) for (const figure of figures) process.stdout.write(`${JSON.stringify(figure)}\n`);
  else {
    process.stdout.write(`${name}: ${LOADS[name].about}\n`);
    for (const { name: key, value, unit } of figures)
      process.stdout.write(
        `  ${key.slice(11 + name.length).padEnd(34)}${Number(value.toFixed(1)).toString().padStart(12)} ${unit}\n`,
      );
  }
  const late = Math.max(
    summaries["generator.late_ms"]?.p99 ?? Number.POSITIVE_INFINITY,
    summaries["generator.loop_ms"]?.p95 ?? Number.POSITIVE_INFINITY,
  );
  const isOurs = late > LATE_MAX_MS || created < 0.99 * planned;
  if (!json)
    process.stdout.write(
      isOurs
        ? `  The generator was late itself (by ${late} ms): its limit, not the server's.\n\n`
        : `  The generator kept its plan (${late} ms late): the times above are the server's.\n\n`,
    );
  const isWrong = Object.entries(counters).some(
    ([key, value]) => value > 0 && (/^(errors\.|http\.codes\.[45])/.test(key) || key === "vusers.failed"),
  );
  return isWrong ? 1 : 0;
}

function complain(reason) {
  process.stderr.write(`artillery: ${reason}\n`);
  return 2;
}

process.exitCode = await main(process.argv.slice(2));
