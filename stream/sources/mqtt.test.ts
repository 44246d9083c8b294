/** The broker, spoken to by real MQTT clients over TCP. */
import { connect as tcp } from "node:net";
import { Encoder } from "cbor-x";
import { connectAsync, type IClientOptions, type MqttClient } from "mqtt";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parseTime } from "../../twin/kernel/time.ts";
import { smallCity } from "../door/small-city.ts";
import { LogError } from "../log/log-error.ts";
import { InMemoryCity } from "../server/in-memory-city.ts";
import { MqttBroker, type MqttOptions } from "./mqtt.ts";

const NOW = parseTime("2026-11-23T10:00:00+08:00");
const FRIDGE = "warmcity/v1/K-00001/fridge-temperature-1";

let city: InMemoryCity;
let broker: MqttBroker;
const clients: MqttClient[] = [];

const listen = async (options: Partial<MqttOptions> = {}) => {
  broker = await MqttBroker.listen(city, { bind: "127.0.0.1", port: 0, now: () => NOW, ...options });
};

async function client(options: IClientOptions = {}): Promise<MqttClient> {
  const connected = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, {
    reconnectPeriod: 20,
    ...options,
  });
  connected.on("error", () => undefined);
  clients.push(connected);
  return connected;
}

/** What arrives on a topic. */
async function heard(topic: string): Promise<{ topic: string; text: string }[]> {
  const listener = await client();
  const messages: { topic: string; text: string }[] = [];
  listener.on("message", (on, payload) => messages.push({ topic: on, text: payload.toString() }));
  await listener.subscribeAsync(topic, { qos: 1 });
  return messages;
}

const events = () => city.taken.flatMap((item) => (item.kind === "event" ? [item.event] : []));
const metric = (name: string) =>
  broker.metrics().find((family) => family.name === `warmcity_mqtt_${name}`)?.samples[0]?.value;

beforeEach(async () => {
  city = new InMemoryCity(smallCity());
  await listen();
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((one) => one.endAsync(true)));
  await broker.close();
});

describe("the MQTT broker", () => {
  it("takes numbers, SenML in JSON and CBOR, CloudEvents", async () => {
    const device = await client();
    const encoder = new Encoder({ mapsAsObjects: false, useRecords: false });
    await device.publishAsync(`${FRIDGE}/reading`, "4.5", { qos: 1 });
    await device.publishAsync(`${FRIDGE}/reading`, JSON.stringify([{ t: -60, v: 5 }]), { qos: 1 });
    await device.publishAsync(`${FRIDGE}/reading`, encoder.encode([new Map([[2, 5.5]])]), { qos: 1 });
    const event = {
      specversion: "1.0",
      id: "r-1",
      source: "/devices/K-00001/fridge-temperature-1",
      type: "warmcity.reading",
      time: "2026-11-23T09:59:00+08:00",
      data: { value: 6 },
    };
    await device.publishAsync(`${FRIDGE}/event`, JSON.stringify(event), { qos: 2 });
    expect(events().map(({ data }) => data)).toEqual([
      { value: 4.5 },
      { value: 5 },
      { value: 5.5 },
      { value: 6 },
    ]);
  });

  it("acknowledges QoS 1 only when the message is durable", async () => {
    let open: () => void = () => undefined;
    city.durable = new Promise<void>((resolve) => {
      open = resolve;
    });
    const device = await client();
    let acknowledged = false;
    const published = device.publishAsync(`${FRIDGE}/reading`, "4.5", { qos: 1 }).then(() => {
      acknowledged = true;
    });
    await vi.waitFor(() => expect(city.waiting).toBe(1));
    await device.subscribeAsync("warmcity/v1/other", { qos: 0 });
    expect(acknowledged).toBe(false);
    open();
    await published;
    expect(events()).toHaveLength(1);
  });

  it("acknowledges nothing that could not be made durable, and takes it when it comes again", async () => {
    const reports: unknown[] = [];
    await broker.close();
    await listen({ report: (error) => reports.push(error) });
    city.failure = new LogError("full", { pointer: "/000.log", reason: "Cannot write: ENOSPC" });
    const device = await client();
    const published = device.publishAsync(`${FRIDGE}/reading`, "4.5", { qos: 1 });
    await vi.waitFor(() => expect(reports.length).toBeGreaterThan(1));
    expect(events()).toEqual([]);
    city.failure = null;
    await published;
    expect(events()).toHaveLength(1);
  });

  it("puts the dead letter in the place of what is refused", async () => {
    const letters = await heard("warmcity/v1/deadletters");
    const passedOn = await heard("warmcity/v1/+/+/+");
    const device = await client();
    const lie = {
      specversion: "1.0",
      id: "r-1",
      source: "/devices/K-00002/fridge-temperature-1",
      type: "warmcity.reading",
      time: "2026-11-23T09:59:00+08:00",
      data: { value: 6 },
    };
    const bad: [string, string | Buffer][] = [
      [`${FRIDGE}/event`, JSON.stringify(lie)],
      [`${FRIDGE}/reading`, Buffer.from([0x9a, 0xff, 0xff, 0xff, 0xff])],
      [`${FRIDGE}/reading`, "NaN"],
      ["warmcity/v1/K-00009/x/reading", "4"],
      ["elsewhere", "4"],
      [`${FRIDGE}/command`, '{"open":true}'],
      ["warmcity/v1/deadletters", "forged"],
    ];
    for (const [topic, payload] of bad) await device.publishAsync(topic, payload, { qos: 1 });
    await vi.waitFor(() => expect(letters).toHaveLength(bad.length));
    expect(letters.map(({ text }) => JSON.parse(text).topic)).toEqual(bad.map(([topic]) => topic));
    for (const { text } of letters) expect(JSON.parse(text).faults[0].reason).not.toBe("");
    expect(passedOn).toEqual([]);
    expect(city.letters).toHaveLength(bad.length);
    expect(events()).toEqual([]);
    expect(metric("refused_total")).toBe(bad.length);
    await device.publishAsync(`${FRIDGE}/reading`, "4.5", { qos: 1 });
    expect(events()).toHaveLength(1);
  });

  it("hears of a device that goes without a word by its last will, and tells newcomers its state", async () => {
    const topic = `${FRIDGE}/status`;
    const device = await client({
      will: { topic, payload: Buffer.from("offline"), qos: 1, retain: true },
      reconnectPeriod: 0,
    });
    await device.publishAsync(topic, "online", { qos: 1, retain: true });
    expect(events().map(({ type }) => type)).toEqual(["warmcity.device.heartbeat"]);
    const before = await heard(topic);
    await vi.waitFor(() => expect(before).toEqual([{ topic, text: "online" }]));
    device.stream.destroy();
    await vi.waitFor(() =>
      expect(events().at(-1)).toMatchObject({ type: "warmcity.device.died", device: 0 }),
    );
    const after = await heard(topic);
    await vi.waitFor(() => expect(after).toEqual([{ topic, text: "offline" }]));
  });

  it("carries commands to the device that they are for", async () => {
    const commands = await heard(`${FRIDGE}/command`);
    await broker.command("K-00001/fridge-temperature-1", { defrost: true });
    await vi.waitFor(() => expect(commands.map(({ text }) => text)).toEqual(['{"defrost":true}']));
  });

  it("shows nothing of itself to subscribers", async () => {
    const device = await client();
    const granted = await device
      .subscribeAsync(["$SYS/#", `${FRIDGE}/reading`])
      .catch((error: unknown) => error);
    expect(JSON.stringify(granted instanceof Error ? granted.message : granted)).toMatch(
      /128|Unspecified|fail/i,
    );
  });
});

describe("the MQTT broker ends a connection that", () => {
  /** Sends bytes and resolves when the broker hangs up. */
  const say = (bytes: Uint8Array) =>
    new Promise((resolve) => {
      const socket = tcp(broker.port, "127.0.0.1");
      socket.on("error", () => socket.destroy());
      socket.on("close", resolve);
      socket.resume();
      socket.write(bytes);
    });

  it("sends nothing", async () => {
    await broker.close();
    await listen({ connectMs: 100 });
    await say(new Uint8Array());
  });

  it("speaks no MQTT", async () => {
    await say(Buffer.from("GET / HTTP/1.1\r\n\r\n"));
    expect(metric("broken_connections_total")).toBeGreaterThan(0);
  });

  it("announces a packet beyond the limit, before it has come", async () => {
    await say(Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0x7f));
    expect(metric("too_large_total")).toBe(1);
  });

  it("has no credentials where they are asked for", async () => {
    await broker.close();
    await listen({ credentials: (name, password) => name === "gw" && password === "right" });
    await expect(client({ reconnectPeriod: 0 })).rejects.toThrow(/Not authorized/);
    await expect(client({ username: "gw", password: "wrong", reconnectPeriod: 0 })).rejects.toThrow(
      /Not authorized/,
    );
    const right = await client({ username: "gw", password: "right" });
    await right.publishAsync(`${FRIDGE}/reading`, "4", { qos: 1 });
  });

  it("is one too many", async () => {
    await broker.close();
    await listen({ clientsMax: 1 });
    const first = await client();
    await say(new Uint8Array());
    await first.publishAsync(`${FRIDGE}/reading`, "4", { qos: 1 });
  });
});

it("the MQTT broker refuses to listen beyond loopback without credentials", async () => {
  await expect(MqttBroker.listen(city, { bind: "0.0.0.0", port: 0 })).rejects.toThrow("need credentials");
});

it("an MQTT broker whose port is taken leaves no timer behind that would keep the process alive", async () => {
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
  const before = timers();
  for (let nth = 0; nth < 5; nth++) {
    await expect(MqttBroker.listen(city, { bind: "127.0.0.1", port: broker.port })).rejects.toThrow(
      "EADDRINUSE",
    );
  }
  expect(timers()).toBeLessThan(before + 5);
});
