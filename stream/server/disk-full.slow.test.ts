/** A disk that is full or read-only: nothing is acknowledged that is not kept, and it is said why; with room it goes on. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tap } from "rxjs";
import { afterAll, describe, expect, test } from "vitest";
import { registryOf } from "../../twin/city/registry.ts";
import { minutes, parseTime } from "../../twin/kernel/time.ts";
import { accountOf, type LogAccount } from "../crash-account.ts";
import { CrashScript } from "../crash-script.ts";
import { openTwin, takeStep } from "../crash-trial.ts";
import { FaultyFiles } from "../log/faulty-files.ts";
import type { FilePort } from "../log/file-port.ts";
import { nodeFiles } from "../log/node-files.ts";
import { verifyLog } from "../log/verify.ts";
import { AlertListener } from "./alert-listener.ts";
import { CityClient } from "./city-client.ts";
import { CityProcess } from "./city-process.ts";
import { LiveCity } from "./live-city.ts";
import { LivePort } from "./live-port.ts";
import { createServer } from "./server.ts";
import { type SmallDisk, smallDisk } from "./small-disk.ts";
import { type Message, overHttp, SureGateway } from "./sure-gateway.ts";

const FROM = parseTime("2026-06-02T09:40:00+08:00");
const TOKEN = "a-token-for-tests-only-0123456789abcdefgh";
const READY_WITHIN = 400;

/** Half an hour of a small city, gas leak and all. */
async function messagesOf(script: CrashScript): Promise<Message[]> {
  const twin = await openTwin(script.city, new FaultyFiles());
  const messages: Message[] = [];
  for (let some = script.next(twin.processor.fold); some !== null; some = script.next(twin.processor.fold)) {
    const said = some.flatMap(overHttp);
    for (const message of said) takeStep(twin, message);
    messages.push(...said);
    await twin.processor.commit();
  }
  await twin.close();
  return messages;
}

const script = new CrashScript({
  seed: 3,
  from: FROM,
  until: FROM + minutes(36),
  network: {},
  aheadAfterMs: 0,
});
const { city } = script;
const messages = await messagesOf(script);
const [first, second] = [Math.floor(messages.length / 3), Math.floor((2 * messages.length) / 3)];

/** A trouble that a disk has while some messages are sent, and that ends. */
interface Trouble {
  readonly begin: () => Promise<void> | void;
  readonly end: () => Promise<void> | void;
  /** What `/readyz` must say about it. */
  readonly says: RegExp;
}

/** Sends a part before, a part that nobody takes during the trouble, and, when it is over, that again and the rest. */
async function sufferIt(
  client: CityClient,
  { begin, end, says }: Trouble,
  setClock: (now: number) => Promise<void> | void,
): Promise<{
  gateway: SureGateway;
  listener: AlertListener;
  refused: number;
  balance: Record<string, number>;
}> {
  const gateway = new SureGateway(city);
  const listener = new AlertListener();
  await listener.connect(client);
  const send = async (message: Message) => {
    await setClock(message.receivedAt);
    return gateway.send(client, message);
  };
  for (const message of messages.slice(0, first)) expect(await send(message)).toBe(true);
  await begin();
  let refused = 0;
  let next = first;
  for (; next < second && refused < 40; next++) if (!(await send(messages[next]!))) refused++;
  expect(refused).toBe(40);
  const notTaken = await client.request("POST", "/v1/events", "{}", "application/cloudevents+json");
  expect(notTaken.status).toBe(503);
  expect(JSON.parse(notTaken.body)).toMatchObject({ status: 503, detail: expect.stringMatching(says) });
  const red = await client.request("GET", "/readyz");
  expect(red.status).toBe(503);
  expect(JSON.parse(red.body).reasons).toEqual([expect.stringMatching(says)]);
  expect((await client.request("GET", "/healthz")).status).toBe(200);
  await end();
  await untilReady(client);
  // A gateway that keeps what was not acknowledged begins with the oldest.
  for (const message of messages.slice(first)) expect(await send(message)).toBe(true);
  const balance = await balanceHeard(client, listener);
  return { gateway, listener, refused, balance };
}

/** The balance at the end, once the listener has heard all there is. */
async function balanceHeard(client: CityClient, listener: AlertListener): Promise<Record<string, number>> {
  const balance = JSON.parse((await client.request("GET", "/v1/audit/balance")).body);
  const alerts = await client.list<{ position: number }>("/v1/alerts");
  await listener.reach(Math.max(...alerts.map(({ position }) => position)));
  return balance;
}

async function untilReady(client: CityClient): Promise<void> {
  let answer = "";
  for (let patience = READY_WITHIN; patience > 0; patience--) {
    const { status, body } = await client.request("GET", "/readyz");
    if (status === 200) return;
    answer = body;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Not ready again: ${answer}`);
}

/** What a log says of what the gateway and the listener have seen. */
async function expectKept(
  files: FilePort,
  directory: string,
  { gateway, listener, balance }: Awaited<ReturnType<typeof sufferIt>>,
): Promise<LogAccount> {
  const twin = await openTwin(city, files, { directory });
  const account = accountOf(city, twin.log);
  const { accepted, duplicates, rejected } = account;
  expect(account.twice).toEqual([]);
  expect([...gateway.acknowledged].filter((id) => !account.identities.has(id))).toEqual([]);
  expect(account.identities.size).toBe(gateway.acknowledged.size);
  expect(balance).toMatchObject({
    received: accepted + duplicates + rejected,
    accepted,
    duplicates,
    rejected,
  });
  const ofAlerts = [...account.outputs].filter(([, json]) => JSON.parse(json).type.includes(".alert."));
  expect(ofAlerts.length).toBeGreaterThan(0);
  expect(listener.heard.map(({ id }) => id)).toEqual(ofAlerts.map(([id]) => id));
  await twin.close();
  expect(await verifyLog(`${directory}log`, files)).toMatchObject({ ok: true });
  return account;
}

describe("a city on an injected disk", () => {
  const TROUBLES = {
    "is full": (files: FaultyFiles): Trouble => ({
      begin: () => {
        files.capacity = 0;
      },
      end: () => {
        files.capacity = Number.POSITIVE_INFINITY;
      },
      says: /full.*ENOSPC/,
    }),
    "is read-only": (files: FaultyFiles): Trouble => ({
      begin: () => {
        files.readOnly = true;
      },
      end: () => {
        files.readOnly = false;
      },
      says: /read-only.*EROFS/,
    }),
    "fails to sync": (files: FaultyFiles): Trouble => ({
      begin: () => {
        files.failingSyncs = Number.POSITIVE_INFINITY;
      },
      end: () => {
        files.failingSyncs = 0;
      },
      says: /EIO/,
    }),
  };
  for (const [name, trouble] of Object.entries(TROUBLES)) {
    test(`that ${name} acknowledges nothing, says why, and goes on without a restart when it is well`, async () => {
      const files = new FaultyFiles();
      let now = FROM;
      const said: string[] = [];
      const live: LiveCity = new LiveCity({
        city,
        directory: "data",
        files,
        clock: () => now,
        simulator: null,
        outlets: [(outputs) => outputs.pipe(tap((published) => port.hear(published)))],
        report: (line) => said.push(line),
        onOpened: () => port.seed(),
      });
      const port = new LivePort(city, live);
      const server = await createServer(port, {
        bind: "127.0.0.1",
        port: 0,
        token: TOKEN,
        now: () => now,
        report: (error) => said.push(String(error)),
      });
      await live.start();
      const client = new CityClient();
      client.connectTo(server.url, TOKEN);
      const suffered = await sufferIt(client, trouble(files), (time) => {
        now = time;
      });
      await server.close();
      await live.stop();
      await suffered.listener.cut();
      const account = await expectKept(files, "data/", suffered);
      expect(said.filter((line) => line.startsWith("not ready: "))).toHaveLength(1);
      expect(said).toContain("ready again");
      console.log(`injected, ${name}: ${suffered.refused} refused, ${account.accepted} events kept`);
    });
  }
});

describe("the program on a real small disk", async () => {
  const disk: SmallDisk = await smallDisk();
  const settings = await mkdtemp(join(tmpdir(), "warm-city-settings-"));
  const registry = join(settings, "registry.json");
  await writeFile(registry, JSON.stringify(registryOf(city)));
  const data = join(disk.folder, "data");
  console.log(`disk tests: ran on ${disk.name}, and on an injected ENOSPC, EROFS and EIO file port`);
  afterAll(async () => {
    await CityProcess.killAll();
    await disk.remove();
    await rm(settings, { recursive: true });
  });

  test(`acknowledges nothing while ${disk.name} is full, and goes on without a restart`, async () => {
    const process = new CityProcess({ data, registry, now: FROM, before: disk.before });
    await process.ready();
    const trouble: Trouble = {
      begin: () => disk.fill(process.pid),
      end: () => disk.free(process.pid),
      says: /full.*(ENOSPC|EFBIG)/,
    };
    const suffered = await sufferIt(process, trouble, (now) => process.setClock(now));
    expect(await process.stop()).toBe(0);
    await suffered.listener.cut();
    const account = await expectKept(nodeFiles, `${data}/`, suffered);
    console.log(`${disk.name}: ${suffered.refused} refused, ${account.accepted} events kept`);
  });

  const { setReadOnly } = disk;
  if (setReadOnly === null) return;
  test("killed while the disk is full, refused a start while it is read-only, it has all of it in the end", async () => {
    const later = join(disk.folder, "later");
    const start = (now: number) => new CityProcess({ data: later, registry, now, before: disk.before });
    const gateway = new SureGateway(city);
    const listener = new AlertListener();
    const connect = async (to: CityProcess) => {
      await to.ready();
      await listener.connect(to);
    };
    const send = async (to: CityProcess, message: Message) => {
      await to.setClock(message.receivedAt);
      return gateway.send(to, message);
    };
    const killed = start(FROM);
    await connect(killed);
    for (const message of messages.slice(0, first)) expect(await send(killed, message)).toBe(true);
    await disk.fill(killed.pid);
    let next = first;
    while (await send(killed, messages[next]!)) next++;
    await killed.kill();
    await listener.cut();
    await disk.free(killed.pid);

    await setReadOnly(true);
    const refused = start(messages[next]!.receivedAt);
    await expect(refused.ready()).rejects.toThrow(/start: .*EROFS/);
    expect(await refused.ended()).toBe(2);
    await setReadOnly(false);

    const again = start(messages[next]!.receivedAt);
    await connect(again);
    for (const message of messages.slice(next)) expect(await send(again, message)).toBe(true);
    const balance = await balanceHeard(again, listener);
    expect(await again.stop()).toBe(0);
    await listener.cut();
    await expectKept(nodeFiles, `${later}/`, { gateway, listener, balance, refused: 1 });
  });
});
