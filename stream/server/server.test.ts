import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { parseTime } from "../../twin/kernel/time.ts";
import { smallCity } from "../door/small-city.ts";
import { LogError } from "../log/log-error.ts";
import { InMemoryCity, sampleAlert } from "./in-memory-city.ts";
import { createServer, type RunningServer } from "./server.ts";

const TOKEN = "test-token-of-more-than-thirty-two-characters";
const NOW = parseTime("2026-11-23T10:00:00+08:00");

let city: InMemoryCity;
let server: RunningServer;
const bearer = { authorization: `Bearer ${TOKEN}` };

beforeAll(async () => {
  city = new InMemoryCity(smallCity());
  city.time = NOW;
  server = await createServer(city, { bind: "127.0.0.1", port: 0, token: TOKEN, now: () => NOW });
});
afterAll(() => server.close());

const get = (path: string, headers: Record<string, string> = bearer) => fetch(server.url + path, { headers });
const post = (path: string, body: string, type: string, headers: Record<string, string> = {}) =>
  fetch(server.url + path, {
    method: "POST",
    body,
    headers: { ...bearer, "content-type": type, ...headers },
  });
const send = (event: unknown, type = "application/cloudevents+json") =>
  post("/v1/events", typeof event === "string" ? event : JSON.stringify(event), type);

const BATCH = "application/cloudevents-batch+json";
const reading = (id: string, change = {}) => ({
  specversion: "1.0",
  id,
  source: "/devices/K-00001/fridge-temperature-1",
  type: "warmcity.reading",
  time: "2026-11-23T09:59:00+08:00",
  data: { value: 4.2 },
  ...change,
});

/** Holds back until it is opened. */
function gate() {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}

/** The members of a JSON object. */
async function json(response: Response): Promise<Record<string, unknown>> {
  const body: unknown = await response.json();
  return { ...Object(body) };
}

async function problem(response: Response, status: number) {
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json/);
  const body = await json(response);
  expect(body).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
  return body;
}

describe("POST /v1/events", () => {
  it("takes events and tells repeats", async () => {
    const first = await send(reading("a"));
    expect(first.status).toBe(202);
    expect(await json(first)).toEqual({ accepted: 1, duplicates: 0, rejected: [] });
    expect(await json(await send(reading("a")))).toEqual({ accepted: 0, duplicates: 1, rejected: [] });
  });

  it("takes the good half of a batch and points into the bad half", async () => {
    const response = await send(
      [reading("b"), reading("c", { type: "?" }), reading("d", { id: 7, time: 1 })],
      BATCH,
    );
    expect(response.status).toBe(202);
    const { accepted, rejected } = await json(response);
    expect(accepted).toBe(1);
    expect(rejected).toMatchObject([
      { index: 1, pointer: "/type" },
      { index: 2, pointer: "/id", faults: [{ pointer: "/id" }, { pointer: "/time" }] },
    ]);
  });

  it("takes binary mode, SenML and columns", async () => {
    const attributes = {
      "ce-specversion": "1.0",
      "ce-id": "e",
      "ce-source": "/devices/K-00001/gas-1",
      "ce-type": "warmcity.reading",
      "ce-time": "2026-11-23T09:59:00Z",
    };
    expect((await post("/v1/events", '{"value":3}', "application/json", attributes)).status).toBe(202);
    const pack = JSON.stringify([{ n: "K-00001/gas-1", v: 2 }]);
    expect((await post("/v1/events", pack, "application/senml+json")).status).toBe(202);
    const data = {
      base: "2026-11-23T09:00:00Z",
      devices: ["K-00001/gas-1"],
      device: [0, 0],
      sequence: [1, 2],
      dtMs: [0, 1],
      value: [1, null],
    };
    const columns = { ...reading("f"), source: "/gateways/g", type: "warmcity.readings", data };
    expect(await json(await send(columns))).toMatchObject({ accepted: 2 });
  });

  it.each([
    ["broken JSON", "{", "application/cloudevents+json", 400],
    ["nothing", "", "application/cloudevents+json", 400],
    ["10,000 levels", "[".repeat(10_000), BATCH, 400],
    ["a wrong media type", "{}", "text/plain", 415],
    ["plain JSON without attributes", "{}", "application/json", 415],
    ["a body of 50 MB", "x".repeat(50_000_000), "application/cloudevents+json", 413],
  ])("answers %s with a reason, keeps a dead letter and counts it", async (_, body, type, status) => {
    const before = city.balance().rejected;
    const answer = await problem(await send(body, type), status);
    if (status !== 413) expect(answer.rejected).toMatchObject([{ index: 0, pointer: "" }]);
    expect(city.balance().rejected).toBe(before + 1);
    expect(city.letters[0]!.faults[0]!.reason).not.toBe("");
    expect((await send(reading(`after ${body.length}`))).status).toBe(202);
  });

  it("refuses compressed bodies instead of misreading them", async () => {
    const response = await post("/v1/events", "x", BATCH, { "content-encoding": "gzip" });
    await problem(response, 415);
  });

  it("acknowledges nothing before it is durable", async () => {
    const disk = gate();
    city.durable = disk.passed;
    let answered = false;
    const response = send(reading("g")).then((answer) => {
      answered = true;
      return answer;
    });
    await get("/healthz");
    await get("/healthz");
    expect(answered).toBe(false);
    disk.open();
    city.durable = Promise.resolve();
    expect((await response).status).toBe(202);
  });

  it("says so when nothing can be made durable, and goes on when it can again", async () => {
    city.failure = new LogError("full", { pointer: "/000.log", reason: "Cannot write: ENOSPC" });
    const response = await send(reading("h"));
    expect(response.headers.get("retry-after")).not.toBeNull();
    expect((await problem(response, 503)).detail).toContain("full");
    const ready = await problem(await get("/readyz", {}), 503);
    expect(ready.reasons).toEqual([city.failure.message]);
    expect((await get("/healthz", {})).status).toBe(200);
    city.failure = null;
    expect((await get("/readyz", {})).status).toBe(200);
    expect(await json(await send(reading("h")))).toMatchObject({ accepted: 1 });
  });

  it("turns messages away while too many bytes are under way", async () => {
    const limits = { bodyMax: 1_000, bytesUnderWayMax: 1_500 };
    const busy = new InMemoryCity(smallCity());
    const disk = gate();
    busy.durable = disk.passed;
    const small = await createServer(busy, {
      bind: "127.0.0.1",
      port: 0,
      token: TOKEN,
      limits,
      now: () => NOW,
    });
    const sendTo = () =>
      fetch(`${small.url}/v1/events`, {
        method: "POST",
        body: JSON.stringify(reading("x", { pad: "x".repeat(700) })),
        headers: { ...bearer, "content-type": "application/cloudevents+json" },
      });
    const held = sendTo();
    await vi.waitFor(() => expect(busy.waiting).toBe(1));
    await problem(await sendTo(), 503);
    disk.open();
    expect((await held).status).toBe(202);
    await small.close();
  });
});

describe("access", () => {
  it("is refused without the token, everywhere but on public pages and health", async () => {
    for (const path of ["/v1/city", "/v1/alerts/stream", "/v1/openapi.json", "/v1/index/K-00001"]) {
      const response = await get(path, {});
      await problem(response, 401);
      expect(response.headers.get("www-authenticate")).toMatch(/^Bearer/);
    }
    await problem(await get("/v1/city", { authorization: "Bearer wrong" }), 401);
    const unsigned = { method: "POST", body: "[]", headers: { "content-type": BATCH } };
    await problem(await fetch(`${server.url}/v1/events`, unsigned), 401);
    for (const path of ["/healthz", "/readyz", "/metrics", "/v1/public/kitchens/150602-00001"]) {
      expect((await get(path, {})).status).toBe(200);
    }
  });

  it("is given to a browser by a cookie that scripts cannot read and that cannot be forged", async () => {
    const wrong = await post("/v1/session", JSON.stringify({ token: `${TOKEN}x` }), "application/json");
    await problem(wrong, 401);
    const signedIn = await post("/v1/session", JSON.stringify({ token: TOKEN }), "application/json");
    expect(signedIn.status).toBe(204);
    const set = signedIn.headers.get("set-cookie") ?? "";
    expect(set).toMatch(/HttpOnly; SameSite=Strict; Path=\//);
    const cookie = set.split(";")[0]!;
    expect((await get("/v1/city", { cookie })).status).toBe(200);
    await problem(await get("/v1/city", { cookie: cookie.replace(/=./, "=X") }), 401);
    const elsewhere = { cookie, origin: "http://127.0.0.1:3000", "content-type": BATCH };
    const cross = await fetch(`${server.url}/v1/events`, { method: "POST", body: "[]", headers: elsewhere });
    await problem(cross, 401);
    const own = { cookie, origin: server.url, "content-type": BATCH };
    const same = await fetch(`${server.url}/v1/events`, { method: "POST", body: "[]", headers: own });
    expect(same.status).toBe(202);
  });

  it("is refused to other names on loopback, and to other binds without an identity", async () => {
    const { request } = await import("node:http");
    const status = await new Promise((resolve) => {
      const headers = { ...bearer, host: "attacker.example" };
      request(`${server.url}/v1/city`, { headers }, (response) =>
        resolve(response.resume().statusCode),
      ).end();
    });
    expect(status).toBe(421);
    const open = createServer(city, { bind: "0.0.0.0", port: 0, token: TOKEN });
    await expect(open).rejects.toThrow("no identity is configured");
    await expect(createServer(city, { bind: "127.0.0.1", port: 0, token: "short" })).rejects.toThrow(
      "32 URL-safe",
    );
  });
});

describe("questions", () => {
  it("about the city and its kitchens are answered", async () => {
    expect(await json(await get("/v1/city"))).toMatchObject({ kitchens: 2, byState: { normal: 2 } });
    const positions = await json(await get("/v1/kitchens/positions"));
    expect(positions).toMatchObject({ crs: "WGS84", ids: ["K-00001", "K-00002"], lon: [109.9776, 109.9776] });
    expect(await json(await get("/v1/kitchens/K-00002"))).toMatchObject({ id: "K-00002" });
    await problem(await get("/v1/kitchens/K-00009"), 404);
    const history = await get("/v1/kitchens/K-00001/history?device=gas-1&stepMs=60000");
    expect(await json(history)).toMatchObject({
      kitchen: "K-00001",
      to: "2026-11-23T10:00:00.000+08:00",
      series: [{ device: "K-00001/gas-1", stepMs: 60_000 }],
    });
    await problem(await get("/v1/kitchens/K-00001/history?device=K-00002/camera-1"), 404);
  });

  it("come in pages, by cursors that only we make", async () => {
    const first = await json(await get("/v1/kitchens?limit=1&banner=150602"));
    expect(first.items).toMatchObject([{ id: "K-00001" }]);
    const second = await json(await get(`/v1/kitchens?limit=1&cursor=${first.next}`));
    expect(second).toMatchObject({ items: [{ id: "K-00002" }], next: null });
    await problem(await get("/v1/kitchens?cursor=!!"), 400);
  });

  it.each([
    ["/v1/city?at=yesterday", "/at"],
    ["/v1/kitchens?limit=0", "/limit"],
    ["/v1/kitchens?limit=many", "/limit"],
    ["/v1/kitchens?color=purple", "/color"],
    ["/v1/alerts?level=L9", "/level"],
  ])("like %s are refused with a pointer", async (path, pointer) => {
    const { faults } = await problem(await get(path), 400);
    expect(faults).toMatchObject([{ pointer }]);
  });

  it.each([
    "/v1/kitchens?bbox=1,2,3",
    "/v1/kitchens?bbox=110,39,109,40",
    "/v1/kitchens/K-00001/history?from=2026-11-23T10:00:00Z&to=2026-11-22T10:00:00Z",
    "/v1/kitchens/K-00001/history?from=2020-01-01T00:00:00Z&stepMs=1000",
  ])("like %s are refused", async (path) => {
    await problem(await get(path), 400);
  });

  it("about alerts, cases, dead letters and the balance are answered", async () => {
    city.emit(sampleAlert("q1", { level: "L1" }));
    city.emit(sampleAlert("q2", { kitchen: null, code: "O02" }));
    const listed = await json(await get("/v1/alerts?level=L1,L2&kitchen=K-00001"));
    expect(listed.items).toMatchObject([{ alert: "q1", position: expect.any(Number) }]);
    expect(await json(await get("/v1/alerts/q2"))).toMatchObject({ alert: "q2" });
    await problem(await get("/v1/alerts/none"), 404);
    expect((await json(await get("/v1/deadletters?limit=1"))).items).toHaveLength(1);
    const { received, accepted, duplicates, rejected } = await json(await get("/v1/audit/balance"));
    expect(received).toBe(Number(accepted) + Number(duplicates) + Number(rejected));
    await problem(await get("/v1/cases/none"), 404);
  });

  it("about an earlier time that is not kept are refused", async () => {
    await problem(await get("/v1/city?at=2020-06-01T00:00:00Z"), 404);
  });

  it.each([
    ["POST", "/v1/cameras/K-00001%2Fcamera-1/whep"],
    ["PATCH", "/v1/cameras/K-00001%2Fcamera-1/whep/1"],
    ["DELETE", "/v1/cameras/K-00001%2Fcamera-1/whep/1"],
  ])("to parts that are not there yet (%s %s) say so", async (method, path) => {
    const body = method === "POST" || method === "PATCH" ? { body: "v=0" } : {};
    const headers = { ...bearer, "content-type": "application/sdp" };
    await problem(await fetch(server.url + path, { method, headers, ...body }), 501);
  });

  it("to paths that do not exist say so", async () => {
    await problem(await get("/v1/nothing"), 404);
    await problem(await fetch(`${server.url}/v1/city`, { method: "DELETE", headers: bearer }), 405);
    const page = await get("/", {});
    expect(page.status).toBe(503);
    expect(await page.text()).toContain("npm run prepare");
  });
});

describe("commands on cases", () => {
  const opened = "2026-11-23T10:00:00.000+08:00";
  beforeAll(() => {
    city.docket.set("c1", {
      case: "c1",
      kitchen: "K-00001",
      code: "T01",
      policy: "ordos-2026@1",
      level: "L3",
      state: "dispatched",
      openedAt: opened,
      changedAt: opened,
      due: null,
      dueProvisional: false,
      asset: null,
      owner: "O",
      lead: false,
      exercise: false,
      alerts: ["q1"],
      allowed: ["acknowledge"],
      clocks: [],
      hold: { until: null, reason: "open" },
      steps: [],
    });
  });
  const command = (body: object) => post("/v1/cases/c1/commands", JSON.stringify(body), "application/json");

  it("are done where they are allowed, and refused with the allowed ones where not", async () => {
    expect((await command({ command: "acknowledge", role: "O" })).status).toBe(200);
    expect(city.commands).toEqual([{ id: "c1", command: { command: "acknowledge", role: "O" } }]);
    const refused = await problem(await command({ command: "close", role: "S" }), 409);
    expect(refused.allowed).toEqual(["acknowledge"]);
  });

  it("that are no commands are refused with a pointer", async () => {
    const { faults } = await problem(await command({ command: "dance", role: "O" }), 400);
    expect(faults).toMatchObject([{ pointer: "/command" }]);
    await problem(await post("/v1/cases/c1/commands", "{", "application/json"), 400);
    await problem(await post("/v1/cases/c1/commands", "{}", "text/plain"), 415);
    await problem(await post("/v1/cases/c1/commands", `"${"x".repeat(200_000)}"`, "application/json"), 413);
  });
});

describe("public pages", () => {
  it("tell nothing of any person, whatever the city hands out", async () => {
    const response = await get("/v1/public/kitchens/150602-00001", {});
    const body = await json(response);
    expect(body).toMatchObject({ code: "150602-00001", licence: { validTo: "2027-06-30" } });
    expect(Object.keys(body)).not.toContain("staff");
    await problem(await get("/v1/public/kitchens/none", {}), 404);
  });

  it("are limited per address", async () => {
    const limits = { publicPerMinute: 3 };
    const wallClock = () => NOW;
    const limited = await createServer(city, {
      bind: "127.0.0.1",
      port: 0,
      token: TOKEN,
      limits,
      wallClock,
    });
    const ask = () => fetch(`${limited.url}/v1/public/kitchens/150602-00001`);
    for (let i = 0; i < 3; i++) expect((await ask()).status).toBe(200);
    const response = await ask();
    expect(response.headers.get("retry-after")).toBe("20");
    await problem(response, 429);
    await limited.close();
  });
});

describe("metrics", () => {
  it("are Prometheus text", async () => {
    const text = await (await get("/metrics", {})).text();
    expect(text).toContain('warmcity_received_total{kind="a\\"b"} ');
    expect(text).toMatch(/^warmcity_http_answers_total\{class="2xx"\} \d+$/m);
    for (const line of text.trim().split("\n"))
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{.*\})? [\d.e+-]+)$/);
  });
});
