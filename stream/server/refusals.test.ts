import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { smallCity } from "../door/small-city.ts";
import { InMemoryCity } from "./in-memory-city.ts";
import { createServer, type RunningServer } from "./server.ts";

const TOKEN = "test-token-of-more-than-thirty-two-characters";

let server: RunningServer;
beforeAll(async () => {
  const mqtt = {
    name: "warmcity_mqtt_too_large_total",
    help: "…",
    type: "counter" as const,
    samples: [{ value: 3 }],
  };
  const city = new InMemoryCity(smallCity());
  server = await createServer(city, { bind: "127.0.0.1", port: 0, token: TOKEN, metrics: () => [mqtt] });
});
afterAll(() => server.close());

const get = (path: string) => fetch(server.url + path, { headers: { authorization: `Bearer ${TOKEN}` } });

describe("what is refused", () => {
  it("is a problem document even where the path cannot be decoded", async () => {
    const response = await get("/v1/kitchens/%ff");
    expect(response.status).toBe(400);
    expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json/);
  });

  it("is an alert code that the catalogue does not have", async () => {
    expect((await get("/v1/alerts?code=T01,P07")).status).toBe(200);
    const response = await get("/v1/alerts?code=T01,XX");
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("XX");
  });

  it("is a number beyond what any sum bears, and the answer says what would be right", async () => {
    const event = {
      specversion: "1.0",
      id: "1",
      source: "/kitchens/K-00001",
      type: "warmcity.goods.issued",
      subject: "K-00001",
      time: new Date().toISOString(),
      data: { product: "rice", lot: "L1", quantity: 1e308 },
    };
    const response = await fetch(`${server.url}/v1/events`, {
      method: "POST",
      body: JSON.stringify(event),
      headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/cloudevents+json" },
    });
    expect(await response.text()).toContain(
      "is 1e+308; expected a number from -1000000000000000 to 1000000000000000",
    );
  });

  it("at other doors is counted here too", async () => {
    expect(await (await get("/metrics")).text()).toContain("warmcity_mqtt_too_large_total 3");
  });
});
