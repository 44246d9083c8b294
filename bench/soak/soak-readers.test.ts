/** The soak's readers at a real server, with connections that break, and at one that loses and repeats. */
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { smallCity } from "../../stream/door/small-city.ts";
import { CityClient } from "../../stream/server/city-client.ts";
import { InMemoryCity, sampleAlert } from "../../stream/server/in-memory-city.ts";
import { createServer, type RunningServer } from "../../stream/server/server.ts";
import { AlertReader } from "./alert-reader.ts";
import { CityClock } from "./city-clock.ts";
import type { HeardOutput } from "./heard-outputs.ts";
import { MapViewer } from "./map-viewer.ts";

const TOKEN = "test-token-of-more-than-thirty-two-characters";
const NONE = { twice: [], disordered: [], lost: [], invented: [] };

let city: InMemoryCity;
let server: RunningServer;
const client = new CityClient();
const clock = new CityClock(1);
const served = () => ({ client, clock, port: server.port });

beforeAll(async () => {
  city = new InMemoryCity(smallCity());
  server = await createServer(city, { bind: "127.0.0.1", port: 0, token: TOKEN });
  client.connectTo(server.url, TOKEN);
});
afterAll(() => server.close());

function ring(): HeardOutput {
  const { position, output } = city.emit(sampleAlert(`alert-${city.outputs.length}`));
  return { position, id: output.id };
}

describe("a reader of alerts", () => {
  it("hears everything once though its connection breaks, and all that came meanwhile", async () => {
    ring();
    const putOut = [ring()];
    const reader = new AlertReader(served(), 0);
    await reader.connect();
    for (let round = 0; round < 10; round++) {
      putOut.push(ring(), ring());
      const back = reader.breakFor(5);
      putOut.push(ring());
      await back;
    }
    const end = putOut.at(-1)!.position;
    await vi.waitFor(() => expect(reader.heard.last).toBe(end));
    reader.stop();
    expect(reader.heard.against(putOut, 0, end + 1)).toEqual(NONE);
    expect(reader.heard.count).toBe(31);
    expect(reader.troubles.count).toBe(0);
  });

  it("shows what a bad server does: one lost, one repeated after a resume", async () => {
    const frame = (position: number) =>
      `id: ${position}\nevent: warmcity.alert.raised\ndata: {"id":"o-${position}","data":{}}\n\n`;
    const bad = createHttpServer((request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      const isBack = request.headers["last-event-id"] !== "0";
      response.write(isBack ? frame(4) + frame(6) : frame(1) + frame(4));
    }).listen(0, "127.0.0.1");
    await vi.waitFor(() => expect(bad.listening).toBe(true));
    const { port } = bad.address() as AddressInfo;
    const reader = new AlertReader({ client, port }, 0);
    await reader.connect();
    await vi.waitFor(() => expect(reader.heard.last).toBe(4));
    await reader.breakFor(0);
    await vi.waitFor(() => expect(reader.heard.last).toBe(6));
    reader.stop();
    bad.closeAllConnections();
    bad.close();
    const putOut = [1, 2, 4, 6].map((position) => ({ position, id: `o-${position}` }));
    expect(reader.heard.against(putOut, 0, 7)).toEqual({ ...NONE, twice: ["o-4"], lost: ["o-2"] });
  });
});

describe("two viewers of the map", () => {
  it("show the same, the one that stayed and the one that came anew; a difference is found", async () => {
    const [steady, broken] = [new MapViewer(served()), new MapViewer(served())];
    await Promise.all([steady.connect(), broken.connect()]);
    broken.stop();
    city.change([1], "L2");
    await broken.connect();
    expect(steady.differencesTo(broken)).toEqual([1]);
    await vi.waitFor(() => expect(steady.differencesTo(broken)).toEqual([]));
    steady.stop();
    broken.stop();
    expect(steady.troubles.count + broken.troubles.count).toBe(0);
  });
});
