/** The live feed over real WebSockets. */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { smallCity } from "../door/small-city.ts";
import { InMemoryCity } from "../server/in-memory-city.ts";
import { createServer, type RunningServer } from "../server/server.ts";
import { decodeStateFrame, type FeedMessage, MAP_STATES, type StateFrame } from "../wire.ts";

const TOKEN = "test-token-of-more-than-thirty-two-characters";
const stateFeed = { tickMs: 5, totalsEveryMs: 20, waitingBytesMax: 1_000, stallMs: 60_000 };

let city: InMemoryCity;
let server: RunningServer;

beforeAll(async () => {
  city = new InMemoryCity(smallCity());
  const limits = { stateFeed, streamsMax: 3 };
  server = await createServer(city, { bind: "127.0.0.1", port: 0, token: TOKEN, limits });
});
afterAll(() => server.close());

class Viewer {
  readonly messages: FeedMessage[] = [];
  readonly frames: StateFrame[] = [];
  readonly states: number[] = [];
  readonly socket: WebSocket;

  constructor(
    headers: Record<string, string> = { authorization: `Bearer ${TOKEN}` },
    path = "/v1/city/stream",
  ) {
    this.socket = new WebSocket(server.url.replace("http", "ws") + path, { headers });
    this.socket.on("message", (data, isBinary) => {
      if (!(data instanceof Buffer)) throw new Error("expected one buffer");
      if (!isBinary) this.messages.push(JSON.parse(data.toString()));
      else this.#apply(decodeStateFrame(data));
    });
  }

  #apply(frame: StateFrame): void {
    this.frames.push(frame);
    for (const [i, state] of frame.states.entries()) this.states[frame.indices?.[i] ?? i] = state;
  }

  told<K extends FeedMessage["kind"]>(kind: K): Extract<FeedMessage, { kind: K }>[] {
    return this.messages.filter(
      (message): message is Extract<FeedMessage, { kind: K }> => message.kind === kind,
    );
  }
}

/** The status that an upgrade is refused with. */
function refusal(headers: Record<string, string>, path?: string): Promise<number | undefined> {
  const { socket } = new Viewer(headers, path);
  return new Promise((resolve) => {
    socket.on("unexpected-response", (_, response) => {
      resolve(response.statusCode);
      socket.on("error", () => undefined);
      socket.terminate();
    });
  });
}

describe("the live feed", () => {
  it("says hello, sends the whole city, then what changes, and totals", async () => {
    const viewer = new Viewer();
    await vi.waitFor(() => expect(viewer.told("totals").length).toBeGreaterThan(1));
    expect(viewer.told("hello")).toMatchObject([{ kitchens: 2 }]);
    expect(viewer.frames[0]).toMatchObject({ kind: "snapshot", indices: null });
    city.change([1], "L1");
    await vi.waitFor(() => expect(viewer.states).toEqual([0, MAP_STATES.indexOf("L1")]));
    expect(viewer.frames.at(-1)).toMatchObject({ kind: "delta", indices: Uint16Array.of(1) });
    city.change([0, 1], "normal");
    await vi.waitFor(() => expect(viewer.states).toEqual([0, 0]));
    expect(viewer.told("skipped")).toEqual([]);
    viewer.socket.close();
  });

  it("tells a slow reader that it was skipped, and gives it the newest value of each kitchen", async () => {
    const viewer = new Viewer();
    await vi.waitFor(() => expect(viewer.frames).toHaveLength(1));
    viewer.socket.pause();
    const skipped = async () =>
      (await (await fetch(`${server.url}/metrics`)).text()).match(/feed_skipped_total (\d+)/)![1];
    let round = 0;
    // The kernel takes some megabytes for a reader before anything waits here.
    city.padding = 100_000;
    await vi.waitFor(
      async () => {
        city.change([0], round++ % 2 === 0 ? "L2" : "L3");
        expect(Number(await skipped())).toBeGreaterThan(3);
      },
      { timeout: 30_000, interval: 5 },
    );
    city.padding = 0;
    city.change([0, 1], "offline");
    viewer.socket.resume();
    await vi.waitFor(() => expect(viewer.told("skipped").length).toBeGreaterThan(0), { timeout: 30_000 });
    const offline = MAP_STATES.indexOf("offline");
    await vi.waitFor(() => expect(viewer.states).toEqual([offline, offline]));
    viewer.socket.close();
  });

  it("is closed to strangers, other sites, other paths and too many", async () => {
    expect(await refusal({})).toBe(401);
    expect(await refusal({ authorization: "Bearer wrong" })).toBe(401);
    expect(await refusal({ host: "attacker.example", authorization: `Bearer ${TOKEN}` })).toBe(421);
    expect(await refusal({ authorization: `Bearer ${TOKEN}` }, "/v1/other")).toBe(404);
    const signedIn = await fetch(`${server.url}/v1/session`, {
      method: "POST",
      body: JSON.stringify({ token: TOKEN }),
      headers: { "content-type": "application/json" },
    });
    const cookie = signedIn.headers.get("set-cookie")!.split(";")[0]!;
    expect(await refusal({ cookie, origin: "http://127.0.0.1:3000" })).toBe(401);
    const own = new Viewer({ cookie, origin: server.url });
    const others = [new Viewer(), new Viewer()];
    for (const { frames } of [own, ...others])
      await vi.waitFor(() => expect(frames.length).toBeGreaterThan(0));
    expect(await refusal({ authorization: `Bearer ${TOKEN}` })).toBe(503);
    for (const { socket } of [own, ...others]) socket.close();
  });

  it("ends a viewer that sends more than it may", async () => {
    await vi.waitFor(async () => {
      const metrics = await (await fetch(`${server.url}/metrics`)).text();
      expect(metrics).toContain("warmcity_feed_readers 0\n");
    });
    const viewer = new Viewer();
    const closed = new Promise((resolve) => viewer.socket.on("close", resolve));
    viewer.socket.on("open", () => viewer.socket.send("x".repeat(5_000)));
    expect(await closed).toBe(1009);
  });

  it("answers a plain request with what it wants", async () => {
    const response = await fetch(`${server.url}/v1/city/stream`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect(response.status).toBe(426);
    expect(response.headers.get("upgrade")).toBe("websocket");
  });
});
