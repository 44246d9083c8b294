/** `npm start`: the composition root of the running city. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { City } from "../../twin/city/city.ts";
import { unknownYears } from "../../twin/kernel/calendar.ts";
import { MINUTE_MS, shanghaiDay } from "../../twin/kernel/time.ts";
import type { PolicyBook } from "../../twin/policy/policy-book.ts";
import { LogError, systemCode } from "../log/log-error.ts";
import { nodeFiles } from "../log/node-files.ts";
import { NoticeJournal } from "../notify/notice-journal.ts";
import { openChannels } from "../notify/open-channels.ts";
import { notifierOf, notifyPlanOf } from "../notify/open-notifier.ts";
import type { DeviceCommand } from "../notify/voice-channel.ts";
import { type CityRecipe, cityOf } from "../sources/city-recipe.ts";
import { MqttBroker } from "../sources/mqtt.ts";
import { policiesOf } from "../sources/policy-file.ts";
import { SimulatorSource } from "../sources/simulator.ts";
import { checkBind } from "./access.ts";
import { assembleCity } from "./assembled-city.ts";
import { originOf, tokenOf } from "./data-directory.ts";
import { ForkDesk, type ForkGround } from "./fork-desk.ts";
import { hostTimers } from "./host-timers.ts";
import { AccountBook } from "./identity/account-book.ts";
import { OidcIdentity } from "./identity/oidc-identity.ts";
import type { LiveCity } from "./live-city.ts";
import { ReadAudit } from "./read-audit.ts";
import { createServer } from "./server.ts";
import { shadowOrderOf } from "./shadow-order.ts";
import { type ShadowOrder, ShadowThread } from "./shadow-thread.ts";
import { readStartOptions, START_HELP, type StartOptions } from "./start-options.ts";

const TAKEN_OVER = "another process has taken these data over: this one ends";
const VIEWER = fileURLToPath(new URL("../../viewer/dist", import.meta.url));

/** Runs until a signal ends it; returns the exit code. */
export async function runStart(argv: readonly string[]): Promise<0 | 2> {
  const options = readStartOptions(argv);
  if (options === "help") {
    console.log(START_HELP);
    return 0;
  }
  if ("wrong" in options) return complain(options.wrong);
  try {
    return await runCity(options);
  } catch (error) {
    return complain(reasonOf(error, options));
  }
}

/** What is taken by another, and which option names another place. */
function reasonOf(error: unknown, { port, mqttPort, data }: StartOptions): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof LogError && error.code === "locked")
    return `${error.fault.reason} (--data ${data}); stop it, or name another directory by --data`;
  if (error instanceof RangeError && error.message.includes("another registry"))
    return `the log in ${data} counts devices of another registry: start with that one, or name another directory by --data`;
  if (systemCode(error) !== "EADDRINUSE") return error.message;
  const taken = "port" in error ? Number(error.port) : Number.NaN;
  const option = taken === mqttPort && taken !== port ? "--mqtt-port" : "--port";
  return `port ${taken} is taken by another program; choose another by ${option} (0 = any free one)`;
}

async function runCity(options: StartOptions): Promise<0 | 2> {
  const begun = Date.now();
  checkBind({ bind: options.bind, identity: options.oidc !== null });
  const directory = resolve(options.data);
  const token = await tokenOf(directory);
  const policies = await policiesOf(options.policy);
  if (typeof policies === "string") return complain(policies);
  const recipe = await recipeToRun(options, directory);
  if (typeof recipe === "string") return complain(recipe);
  const shadow = await shadowOrderOf(options.shadow, recipe, directory);
  if (typeof shadow === "string") return complain(shadow);
  // Its thread makes the same city beside us meanwhile.
  const source = options.simulator ? new SimulatorSource({ recipe, seed: options.seed }) : null;
  try {
    const city = await cityOf(recipe);
    if (typeof city === "string") return complain(city);
    return await serveCity(options, { city, recipe, source, policies, shadow, directory, token, begun });
  } finally {
    await source?.stop();
  }
}

/** Opens all doors, makes the city live, and closes all again at a signal, or when any of it fails. */
async function serveCity(
  options: StartOptions,
  parts: {
    readonly city: City;
    readonly recipe: CityRecipe;
    readonly source: SimulatorSource | null;
    readonly policies: PolicyBook;
    readonly shadow: ShadowOrder | null;
    readonly directory: string;
    readonly token: string;
    /** Wall clock at which the command began. */
    readonly begun: number;
  },
): Promise<0 | 2> {
  const { city, source, policies, directory, token, begun } = parts;
  const { speed, keepDays } = options;
  const { live, port, outputs } = assembleCity({
    ...{ city, source, policies, speed, keepDays, directory },
    files: nodeFiles,
    clock: Date.now,
    timers: hostTimers,
    report: (line) => console.log(line),
  });
  const shadow = parts.shadow === null ? null : shadowBeside(live, parts.shadow);
  const forks = forksOf(live, { recipe: parts.recipe, directory }, policies);
  const shared = {
    bind: options.bind,
    now: () => Math.floor(live.now()),
    report: (error: unknown) => console.error(error),
  };
  // The last first; an open port would keep a failed process alive.
  const listening: { close(): Promise<void> }[] = [];
  let broker: MqttBroker | null = null;
  try {
    const viewer = existsSync(VIEWER) ? VIEWER : null;
    const accounts = new AccountBook(directory, Date.now);
    const oidc = options.oidc === null ? null : await OidcIdentity.discover(options.oidc);
    const reads = new ReadAudit(join(directory, "audit"), Date.now);
    const journal = new NoticeJournal(join(directory, "notices"), nodeFiles, () => live.lock);
    const plan = await notifyPlanOf(options.notify);
    const server = await createServer(port, {
      ...shared,
      ...{ token, accounts, oidc, reads, viewer, shadow, forks },
      port: options.port,
      notices: () => journal.newestFirst(),
      metrics: () => broker?.metrics() ?? [],
    });
    listening.unshift(forks, server);
    console.log(`url: ${server.url}/#token=${token}`);
    console.log(`token: ${token}`);
    console.log(`data: ${directory}`);
    for (const line of groundLines(policies, begun)) console.log(line);
    const mqtt = await MqttBroker.listen(port, { ...shared, port: options.mqttPort });
    broker = mqtt;
    listening.unshift(mqtt);
    console.log(`mqtt: mqtt://${options.bind}:${mqtt.port}`);
    const stopped = untilSignal();
    const command: DeviceCommand = (device, what) => mqtt.command(device, what);
    const channels = openChannels(plan, command, process.env);
    const isOwn = () => live.lock.isHeld();
    const notifier = notifierOf({ city, port, plan, journal, channels, isOwn, ...shared });
    await live.start();
    await notifier.start();
    listening.unshift(notifier);
    if (shadow !== null) listening.unshift(shadow);
    shadow?.start();
    const minute = setInterval(() => port.refreshAll(), MINUTE_MS);
    console.log(
      `ready: ${city.kitchens.length} kitchens after ${((Date.now() - begun) / 1000).toFixed(1)} s`,
    );
    const lost = await Promise.race([stopped, live.takenOver.then(() => TAKEN_OVER)]);
    clearInterval(minute);
    if (lost !== null) return complain(lost);
    console.log("stopping");
  } finally {
    for (const one of listening) await one.close();
  }
  await outputs.drain();
  await live.stop();
  return 0;
}

/** It reads what is durable, whatever the city is at. */
function shadowBeside(live: LiveCity, order: ShadowOrder): ShadowThread {
  const place = () => ({ durable: live.processor.log.durable, now: live.processor.fold.now });
  return new ShadowThread(order, place, (line) => console.log(line));
}

/** They work beside it, each from what is durable when its turn comes. */
function forksOf(live: LiveCity, ground: ForkGround, policies: PolicyBook): ForkDesk {
  return new ForkDesk(
    ground,
    policies,
    () => live.processor.log.durable,
    () => Math.floor(live.now()),
  );
}

/** From what the city is made, or why these data cannot be run so. */
async function recipeToRun(options: StartOptions, directory: string): Promise<CityRecipe | string> {
  if (options.registry !== null) return { kind: "registry", file: resolve(options.registry) };
  const { seed, preset, kitchens } = options;
  const wanted = { seed, preset, kitchens, today: shanghaiDay(Date.now()) };
  const origin = await originOf(directory, wanted);
  if (origin.seed !== seed || origin.preset !== preset || origin.kitchens !== kitchens) {
    const kept = `--seed ${origin.seed} --preset ${origin.preset}${origin.kitchens === null ? "" : ` --kitchens ${origin.kitchens}`}`;
    return `${join(directory, "city.json")} says that these data belong to ${kept}; use that, or another --data`;
  }
  return { kind: "generated", ...origin };
}

/** Working days of no later than this matter to a limit: a decision is due in 90 d. */
const LIMITS_REACH_DAYS = 90;

/** By what the city is judged, and what of the calendar is not known. */
function groundLines(policies: PolicyBook, now: number): string[] {
  const today = shanghaiDay(now);
  const years = unknownYears(today, today + LIMITS_REACH_DAYS);
  return [
    `policy: ${policies.eras.map(({ name }) => name).join(", ")} (now ${policies.at(now).name})`,
    ...years.map(
      (year) => `calendar: the holidays of ${year} are not published here; its working days may still change`,
    ),
  ];
}

/** Resolves with `null`. */
function untilSignal(): Promise<null> {
  return new Promise((done) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => done(null));
  });
}

function complain(reason: string): 2 {
  console.error(`start: ${reason}`);
  return 2;
}
