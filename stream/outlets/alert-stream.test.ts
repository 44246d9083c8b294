/** The stream over real HTTP: what a reader gets, how it resumes, what happens to one that does not read. */
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { smallCity } from "../door/small-city.ts";
import { InMemoryCity, sampleAlert } from "../server/in-memory-city.ts";
import { PortError } from "../server/port-error.ts";
import { createServer, type RunningServer } from "../server/server.ts";

const TOKEN = "test-token-of-more-than-thirty-two-characters";

let city: InMemoryCity;
let server: RunningServer;

beforeAll(async () => {
  city = new InMemoryCity(smallCity());
  const alertStream = { batch: 64, stallMs: 1_500, aliveMs: 50 };
  const limits = { alertStream, streamsMax: 5 };
  server = await createServer(city, { bind: "127.0.0.1", port: 0, token: TOKEN, limits });
});
afterAll(() => server.close());

interface Frame {
  readonly id: string;
  readonly event: string;
  readonly alert: string;
}

/** A reader as browsers have it: takes frames until it has `count` of them, then leaves. */
async function read(
  count: number,
  options: { lastEventId?: string; query?: string; whileReading?: () => void } = {},
) {
  const aborted = new AbortController();
  const headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` };
  if (options.lastEventId !== undefined) headers["last-event-id"] = options.lastEventId;
  const { signal } = aborted;
  const response = await fetch(`${server.url}/v1/alerts/stream${options.query ?? ""}`, { headers, signal });
  expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const frames: Frame[] = [];
  let text = "";
  let told = false;
  while (frames.length < count) {
    const { value, done } = await reader.read();
    if (done) break;
    if (!told) options.whileReading?.();
    told = true;
    text += value;
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    frames.push(...blocks.flatMap(frameOf));
  }
  aborted.abort();
  return frames;
}

function frameOf(block: string): Frame[] {
  const fields = new Map(
    block.split("\n").map((line) => [line.split(": ")[0]!, line.slice(line.indexOf(": ") + 2)]),
  );
  const data = fields.get("data");
  if (data === undefined) return [];
  return [{ id: fields.get("id")!, event: fields.get("event")!, alert: JSON.parse(data).data.alert }];
}

const emit = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => String(city.emit(sampleAlert(`a${from + i}`)).position));

describe("the alert stream", () => {
  it("begins now unless told otherwise, and goes on live", async () => {
    emit(0, 3);
    const frames = await read(2, { whileReading: () => emit(3, 2) });
    expect(frames.map(({ alert }) => alert)).toEqual(["a3", "a4"]);
    expect(frames[0]!.event).toBe("warmcity.alert.raised");
  });

  it("resumes at Last-Event-ID without gap or repeat, from the log and from what comes meanwhile", async () => {
    const ids = [...emit(100, 500)];
    const [first] = ids;
    const frames = await read(1_499, {
      lastEventId: first!,
      whileReading: () => ids.push(...emit(600, 1_000)),
    });
    expect(frames.map(({ id }) => id)).toEqual(ids.slice(1));
  });

  it("resumes over what memory no longer holds", async () => {
    const before = city.newestOutput();
    const ids = emit(2_000, 20_000);
    const frames = await read(20_000, { lastEventId: String(before) });
    expect(frames.map(({ id }) => id)).toEqual(ids);
  });

  it("sends only what the filter wants", async () => {
    const before = String(city.newestOutput());
    city.emit(sampleAlert("f1", { level: "L1" }));
    city.emit(sampleAlert("f2", { kitchen: "K-00002", level: "L2" }));
    city.emit({
      type: "warmcity.kitchen.changed",
      id: "k",
      time: 0,
      subject: "K-00001",
      data: { region: "licence", from: "valid", to: "expiring" },
    });
    city.emit(sampleAlert("f3", { kitchen: null, code: "O02" }));
    const alerts = async (query: string, count: number) =>
      (await read(count, { query, lastEventId: before })).map(({ alert }) => alert);
    expect(await alerts("", 3)).toEqual(["f1", "f2", "f3"]);
    expect(await alerts("?level=L1,L2&banner=150602", 2)).toEqual(["f1", "f2"]);
    expect(await alerts("?code=O02", 1)).toEqual(["f3"]);
  });

  it("goes on from now for an id of another log", async () => {
    const frames = await read(1, { lastEventId: "900000000", whileReading: () => emit(70_000, 1) });
    expect(frames.map(({ alert }) => alert)).toEqual(["a70000"]);
  });

  it("ends when the log cannot be read, and lets the reader come back", async () => {
    const before = city.newestOutput();
    emit(80_000, 10_000);
    city.unreadable = new PortError("unavailable", "the log is closed");
    expect(await read(10_000, { lastEventId: String(before) })).toEqual([]);
    city.unreadable = null;
    expect(await read(10_000, { lastEventId: String(before) })).toHaveLength(10_000);
  });

  it("refuses an id that it never gave", async () => {
    const headers = { authorization: `Bearer ${TOKEN}`, "last-event-id": "yesterday" };
    expect((await fetch(`${server.url}/v1/alerts/stream`, { headers })).status).toBe(400);
  });

  it("disconnects and counts a reader that takes nothing, holds up nobody meanwhile, and has it back later", async () => {
    const before = String(city.newestOutput());
    const socket: Socket = connect(server.port, "127.0.0.1");
    socket.on("error", () => socket.destroy());
    const closed = new Promise((resolve) => socket.once("close", resolve));
    const request = ["GET /v1/alerts/stream HTTP/1.1", "host: localhost", `authorization: Bearer ${TOKEN}`];
    socket.write(`${[...request, `last-event-id: ${before}`].join("\r\n")}\r\n\r\n`);
    await new Promise((resolve) => socket.once("data", resolve));
    socket.pause();
    const ids = emit(50_000, 20_000);
    const frames = await read(20_000, { lastEventId: before });
    expect(frames).toHaveLength(20_000);
    await vi.waitFor(
      async () => {
        const metrics = await (await fetch(`${server.url}/metrics`)).text();
        expect(metrics).toMatch(/warmcity_http_alert_streams_too_slow_total 1\n/);
      },
      { timeout: 30_000, interval: 50 },
    );
    socket.resume();
    await closed;
    const again = await read(20_000, { lastEventId: before });
    expect(again.map(({ id }) => id)).toEqual(ids);
  });

  it("refuses more readers than it may have, and counts out those who left", async () => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const open = async () => {
      const abort = new AbortController();
      const response = await fetch(`${server.url}/v1/alerts/stream`, { headers, signal: abort.signal });
      return { abort, status: response.status };
    };
    await vi.waitFor(async () => {
      const metrics = await (await fetch(`${server.url}/metrics`)).text();
      expect(metrics).toContain("warmcity_alert_stream_readers 0\n");
    });
    const readers = await Promise.all(Array.from({ length: 6 }, open));
    expect(readers.filter(({ status }) => status === 200)).toHaveLength(5);
    expect(readers.filter(({ status }) => status === 503)).toHaveLength(1);
    for (const { abort } of readers) abort.abort();
    await vi.waitFor(async () => {
      const metrics = await (await fetch(`${server.url}/metrics`)).text();
      expect(metrics).toContain("warmcity_alert_stream_readers 0\n");
    });
  });

  it("keeps quiet connections alive by comments", async () => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const abort = new AbortController();
    const response = await fetch(`${server.url}/v1/alerts/stream`, { headers, signal: abort.signal });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    while (!text.includes(": alive\n\n")) text += (await reader.read()).value ?? "";
    abort.abort();
  });
});
