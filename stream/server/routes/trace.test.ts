import { Value } from "@sinclair/typebox/value";
import { afterAll, beforeAll, expect, it } from "vitest";
import { smallCity } from "../../door/small-city.ts";
import { TraceView } from "../answers.ts";
import type { TraceQuery } from "../city-port.ts";
import { InMemoryCity } from "../in-memory-city.ts";
import { createServer, type RunningServer } from "../server.ts";

const TOKEN = "test-token-of-more-than-thirty-two-characters";
const FOUND: TraceView = {
  lots: [{ product: "羊肉", lot: "L7", from: [] }],
  suppliers: [],
  kitchens: [],
  recalls: [],
};

/** Knows one lot. */
class OneLot extends InMemoryCity {
  readonly asked: TraceQuery[] = [];

  override async trace(query: TraceQuery): Promise<TraceView | null> {
    this.asked.push(query);
    return query.lot === "L7" ? FOUND : null;
  }
}

const city = new OneLot(smallCity());
let server: RunningServer;
beforeAll(async () => {
  server = await createServer(city, { bind: "127.0.0.1", port: 0, token: TOKEN, now: () => 0 });
});
afterAll(() => server.close());

const get = (query: string, token = TOKEN) =>
  fetch(`${server.url}/v1/trace${query}`, { headers: { authorization: `Bearer ${token}` } });

it("answers the graph of a lot, of one product or of any", async () => {
  const response = await get(`?lot=L7&product=${encodeURIComponent("羊肉")}`);
  expect(response.status).toBe(200);
  const body: unknown = await response.json();
  expect(Value.Check(TraceView, body)).toBe(true);
  expect(body).toEqual(FOUND);
  await get("?lot=L7");
  expect(city.asked).toEqual([
    { lot: "L7", product: "羊肉" },
    { lot: "L7", product: null },
  ]);
});

it("says which lot it does not know, that one must be named, and that one must be known", async () => {
  const unknown = await get("?lot=L9");
  expect(unknown.status).toBe(404);
  expect(await unknown.json()).toMatchObject({ detail: expect.stringContaining("L9") });
  expect((await get("")).status).toBe(400);
  expect((await get("?lot=L7", "nobody")).status).toBe(401);
});
