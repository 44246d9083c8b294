/** The real program, killed with `kill -9` again and again while a gateway feeds it over HTTP. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { City } from "../../twin/city/city.ts";
import { registryOf } from "../../twin/city/registry.ts";
import type { Alert } from "../../twin/events/output-events.ts";
import { Random } from "../../twin/kernel/random.ts";
import { minutes, parseTime } from "../../twin/kernel/time.ts";
import { accountOf, withoutPositions } from "../crash-account.ts";
import { CrashScript } from "../crash-script.ts";
import { openTwin, type Twin, takeStep } from "../crash-trial.ts";
import { FaultyFiles } from "../log/faulty-files.ts";
import { nodeFiles } from "../log/node-files.ts";
import { AlertListener } from "./alert-listener.ts";
import { CityProcess, runVerb } from "./city-process.ts";
import { type Message, overHttp, SureGateway } from "./sure-gateway.ts";

const FROM = parseTime("2026-06-02T09:40:00+08:00");
const UNTIL = FROM + minutes(85);
const KILLS = 15;

/** What the gateway has to say, and the twin that heard it without any interruption. */
async function uninterrupted(script: CrashScript): Promise<{ messages: Message[]; twin: Twin }> {
  const twin = await openTwin(script.city, new FaultyFiles());
  takeStep(twin, { kind: "tick", time: FROM, ahead: true });
  const messages: Message[] = [];
  for (let some = script.next(twin.processor.fold); some !== null; some = script.next(twin.processor.fold)) {
    const said = some.flatMap(overHttp);
    for (const message of said) takeStep(twin, message);
    messages.push(...said);
    await twin.processor.commit();
  }
  return { messages, twin };
}

/** Feeds a city and kills it, now and then; starts it again and goes on where the acknowledgements ended. */
class Killing {
  readonly gateway: SureGateway;
  readonly listener = new AlertListener();
  kills = 0;
  duringStart = 0;
  /** Messages that were durable, though the kill came before their acknowledgement. */
  unheard = 0;
  readonly #random = new Random(20261124, "kill");
  readonly #options: { readonly data: string; readonly registry: string };
  #city: CityProcess | null = null;
  #now = FROM;

  constructor(city: City, options: { readonly data: string; readonly registry: string }) {
    this.gateway = new SureGateway(city);
    this.#options = options;
  }

  get city(): CityProcess {
    if (this.#city === null) throw new TypeError("no city runs");
    return this.#city;
  }

  async start(): Promise<void> {
    const city = new CityProcess({ ...this.#options, now: this.#now });
    this.#city = city;
    if (this.kills > 0 && this.kills < KILLS && this.#random.chance(0.3)) {
      await new Promise((resolve) => setTimeout(resolve, this.#random.int(300, 2_500)));
      this.duringStart++;
      await this.kill();
      return this.start();
    }
    await city.ready();
    await this.listener.connect(city);
  }

  async kill(): Promise<void> {
    this.kills++;
    await this.city.kill();
    await this.listener.cut();
  }

  async feed(messages: readonly Message[]): Promise<void> {
    const stride = Math.floor(messages.length / KILLS);
    let next = this.#random.int(1, stride);
    for (const [index, message] of messages.entries()) {
      if (message.receivedAt !== this.#now) await this.city.setClock(message.receivedAt);
      this.#now = message.receivedAt;
      if (index < next || this.kills >= KILLS) {
        expect(await this.gateway.send(this.city, message)).toBe(true);
        continue;
      }
      next += this.#random.int(Math.floor(stride / 2), stride);
      await this.#killAt(message);
    }
  }

  async #killAt(message: Message): Promise<void> {
    const answer = this.gateway.send(this.city, message);
    if (this.#random.chance(0.3)) await answer;
    else await new Promise((resolve) => setTimeout(resolve, this.#random.int(0, 6)));
    await this.kill();
    const isAcknowledged = await answer;
    await this.start();
    if (isAcknowledged) return;
    const before = await this.balance();
    expect(await this.gateway.send(this.city, message)).toBe(true);
    if ((await this.balance()).accepted === before.accepted) this.unheard++;
  }

  async balance(): Promise<Twin["processor"]["balance"]> {
    return JSON.parse((await this.city.request("GET", "/v1/audit/balance")).body);
  }
}

/** Everything that the fold knows, but for the repeats, and the seconds that had a tick: those are the machine's. */
function stateOf({ processor: { fold } }: Twin): unknown {
  const { clock, counts, ...rest } = fold.save();
  const told = { ...rest, clock: { ...clock, marked: null }, counts: { ...counts, duplicates: null } };
  return JSON.parse(withoutPositions(told));
}

function sorted(alerts: readonly Alert[]): string[] {
  return alerts.map((alert) => withoutPositions({ ...alert, position: null })).sort();
}

/** Ids of the lines of the output files, in their order. */
async function idsInFiles(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  return texts.flatMap((text) => text.trimEnd().split("\n")).map((line) => JSON.parse(line).id);
}

describe("the program, killed while it is fed", () => {
  let directory = "";
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "warm-city-kill-"));
  });
  afterAll(async () => {
    await CityProcess.killAll();
    await rm(directory, { recursive: true, force: true });
  });

  test(`loses nothing and repeats nothing over ${KILLS} kills`, async () => {
    const network = { duplicates: 0.02, loss: 0.01, reorder: 0.05 };
    const script = new CrashScript({ seed: 11, from: FROM, until: UNTIL, network, aheadAfterMs: 0 });
    const { city } = script;
    const registry = join(directory, "registry.json");
    await writeFile(registry, JSON.stringify(registryOf(city)));
    const data = join(directory, "data");
    const { messages, twin: expected } = await uninterrupted(script);
    const wanted = accountOf(city, expected.log);

    const killing = new Killing(city, { data, registry });
    await killing.start();
    await killing.feed(messages);
    const balance = await killing.balance();
    const alerts = await killing.city.list<Alert>("/v1/alerts");
    await killing.listener.reach(Math.max(...alerts.map((alert) => Reflect.get(alert, "position"))));
    expect(await killing.city.stop()).toBe(0);
    await killing.listener.cut();

    const twin = await openTwin(city, nodeFiles, { directory: `${data}/` });
    const account = accountOf(city, twin.log);
    const { accepted, duplicates, rejected } = account;
    expect(account.twice).toEqual([]);
    expect([...killing.gateway.acknowledged].filter((id) => !account.identities.has(id))).toEqual([]);
    expect([...account.identities].sort()).toEqual([...wanted.identities].sort());
    expect([...account.outputs].sort()).toEqual([...wanted.outputs].sort());
    expect(balance).toMatchObject({ received: accepted + duplicates + rejected, accepted, duplicates });
    expect(balance.rejected).toBe(rejected);
    expect(balance.processed + balance.late + balance.quarantined).toBe(accepted);
    expect(sorted(alerts)).toEqual(sorted(expected.processor.alerts.save().map(({ alert }) => alert)));
    expect(stateOf(twin)).toEqual(stateOf(expected));
    const ofAlerts = [...account.outputs].filter(([, json]) => JSON.parse(json).type.includes(".alert."));
    expect(killing.listener.heard.map(({ id }) => id)).toEqual(ofAlerts.map(([id]) => id));
    expect(await idsInFiles(join(data, "outputs"))).toEqual([...account.outputs.keys()]);
    expect(twin.recovery).toMatchObject({ records: 0, remade: 0, unexplained: 0, skippedSnapshots: [] });
    await twin.close();
    expect(await runVerb("verify", "--data", data)).toMatchObject({ code: 0 });

    const { kills, duringStart, unheard, listener } = killing;
    expect(kills).toBeGreaterThanOrEqual(KILLS);
    console.log(
      `kill -9: ${kills} kills (${duringStart} while starting), ${messages.length} messages, ${accepted} events, ` +
        `${unheard} durable but not yet acknowledged, ${account.outputs.size} outputs, ${alerts.length} alerts, ` +
        `${listener.heard.length} heard by SSE`,
    );
  }, 300_000);
});
