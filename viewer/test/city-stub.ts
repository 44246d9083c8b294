/**
 * A stand-in for the server, for tests of the pages alone: hands out `dist` and plays a city with the generated kitchens,
 * made-up states and alerts. Nothing here is the product; the real server answers the same paths (CONTRACT §5).
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { type WebSocket, WebSocketServer } from "ws";
import { encodeStateFrame, FLAG_OPEN, MAP_STATES, type MapState } from "../../stream/wire.ts";
import type { City } from "../../twin/city/city.ts";
import { generateCity } from "../../twin/city/generated-city.ts";
import { Random } from "../../twin/kernel/random.ts";
import type { Session } from "../live/wire-types.ts";
import { StubAlerts } from "./stub-alerts.ts";
import { noticesOf, StubCases } from "./stub-cases.ts";
import { stubIndex } from "./stub-index.ts";
import { historyOf, kitchenDetail } from "./stub-kitchen.ts";
import { StubLists } from "./stub-lists.ts";
import { stubTotals } from "./stub-totals.ts";

const DIST = fileURLToPath(new URL("../dist", import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".webp": "image/webp",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};
/** Shares of the states in the played city; the rest is normal. */
const SHARES: Readonly<Partial<Record<MapState, number>>> = {
  L1: 0.0003,
  L2: 0.0035,
  L3: 0.011,
  L4: 0.034,
  offline: 0.016,
  closed: 0.052,
  never: 0.004,
};
export const STUB_TOKEN = "stub-token-of-thirty-two-characters-or-more";

export class CityStub {
  readonly city: City;
  readonly states: Uint8Array;
  readonly flags: Uint8Array;
  readonly alerts: StubAlerts;
  readonly cases: StubCases;
  readonly lists: StubLists;
  readonly who: Session;
  readonly #server: Server;
  readonly #viewers = new Set<WebSocket>();
  readonly #listeners = new Set<ServerResponse>();
  #locked: boolean;
  #position = 1000;
  #beat: ReturnType<typeof setInterval> | undefined;

  /** `locked`: answers 401 until someone signs in with `STUB_TOKEN`; `who`: whom it takes everybody for. */
  constructor(options: { locked?: boolean; seed?: number; who?: Session } = {}) {
    this.who = options.who ?? { id: "admin", role: "admin", area: "city", kitchens: null };
    this.#locked = options.locked ?? false;
    this.city = generateCity({ seed: 1, preset: "full" });
    const random = new Random(options.seed ?? 3, "stub");
    this.states = Uint8Array.from(this.city.kitchens, () => MAP_STATES.indexOf(drawState(random)));
    this.flags = Uint8Array.from(this.states, () => FLAG_OPEN | (random.chance(0.4) ? 1 : 0));
    this.alerts = new StubAlerts(this.city, this.states, random.fork("alerts"));
    this.cases = new StubCases(this.alerts);
    this.lists = new StubLists(this.city);
    this.#server = createServer((request, response) => this.#answer(request, response));
    const sockets = new WebSocketServer({ server: this.#server, path: "/v1/city/stream" });
    sockets.on("connection", (socket) => this.#welcome(socket));
  }

  /** Listens on a free port (or the given one) and returns the address. */
  async start(port = 0): Promise<string> {
    await new Promise<void>((ready) => this.#server.listen(port, "127.0.0.1", ready));
    this.#beat = setInterval(
      () => this.#send(JSON.stringify({ kind: "totals", totals: this.totals() })),
      1000,
    );
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("Cannot tell the stub's port");
    return `http://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    clearInterval(this.#beat);
    this.cut();
    for (const listener of this.#listeners) listener.end();
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  /** Drops every viewer, as a restart would. */
  cut(): void {
    for (const viewer of this.#viewers) viewer.terminate();
  }

  /** Changes kitchens and tells the viewers. */
  setStates(changes: readonly (readonly [id: string, state: MapState])[]): void {
    const indices = Uint16Array.from(changes, ([id]) => this.city.kitchenIndex(id));
    indices.forEach((index, i) => {
      this.states[index] = MAP_STATES.indexOf(changes[i]![1]);
    });
    this.#position += changes.length;
    this.#send(
      encodeStateFrame({
        kind: "delta",
        time: Date.now(),
        position: this.#position,
        indices,
        states: Uint8Array.from(indices, (index) => this.states[index]!),
        flags: Uint8Array.from(indices, (index) => this.flags[index]!),
      }),
    );
  }

  /** Raises one more alert and tells the listeners. */
  raise(id: string, code: string): void {
    const alert = this.alerts.raise(this.city.kitchenIndex(id), code);
    const event = { id: alert.alert, type: "warmcity.alert.raised", time: alert.raisedAt, data: alert };
    for (const listener of this.#listeners)
      listener.write(`event: ${event.type}\nid: ${this.#position}\ndata: ${JSON.stringify(event)}\n\n`);
    this.setStates([[id, alert.level]]);
  }

  totals() {
    return stubTotals(this.city, this.states, this.alerts, this.#position);
  }

  #send(message: string | Uint8Array): void {
    for (const viewer of this.#viewers) viewer.send(message);
  }

  #welcome(socket: WebSocket): void {
    this.#viewers.add(socket);
    socket.on("close", () => this.#viewers.delete(socket));
    const { states, flags } = this;
    const [time, position] = [Date.now(), this.#position];
    socket.send(JSON.stringify({ kind: "hello", position, time, kitchens: states.length }));
    socket.send(encodeStateFrame({ kind: "snapshot", time, position, indices: null, states, flags }));
    socket.send(JSON.stringify({ kind: "totals", totals: this.totals() }));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? "/", "http://stub");
    if (!url.pathname.startsWith("/v1/")) file(url.pathname, response);
    else if (url.pathname === "/v1/session" && request.method === "POST") session(request, response);
    else if (this.#locked && !request.headers.cookie?.includes(STUB_TOKEN))
      problem(response, 401, "Unauthorized");
    else if (url.pathname === "/v1/alerts/stream") this.#listen(response);
    else if (request.method === "POST") this.#command(url, request, response);
    else this.#hand(url, response);
  }

  /** From now on nobody is signed in: what a session that ended looks like. */
  lock(): void {
    this.#locked = true;
  }

  #command(url: URL, request: IncomingMessage, response: ServerResponse): void {
    const id = decodeURIComponent(url.pathname.split("/")[3] ?? "");
    bodyOf(request, (body) => {
      const desk = url.pathname.startsWith("/v1/lists/") ? this.lists : this.cases;
      const answer = desk.obey(id, JSON.parse(body), this.who.id);
      if ("detail" in answer) problem(response, 409, "Conflict", answer);
      else json(response, answer);
    });
  }

  #hand(url: URL, response: ServerResponse): void {
    const answer = this.#resource(url);
    if (answer === null) problem(response, 404, "Not found");
    else json(response, answer);
  }

  #resource(url: URL): unknown {
    const { kitchens } = this.city;
    const parts = url.pathname.split("/").slice(2).map(decodeURIComponent);
    const query = (name: string) => url.searchParams.get(name) ?? "";
    if (url.pathname === "/v1/city") return this.totals();
    if (url.pathname === "/v1/alerts") return this.alerts.page(Number(query("cursor")));
    if (url.pathname === "/v1/kitchens/positions") {
      return {
        ids: kitchens.map((k) => k.id),
        names: kitchens.map((k) => k.name),
        types: kitchens.map((k) => k.type),
        banners: kitchens.map((k) => k.banner),
        offices: kitchens.map((k) => k.office),
        lon: kitchens.map((k) => k.position.lon),
        lat: kitchens.map((k) => k.position.lat),
      };
    }
    if (url.pathname === "/v1/kitchens") {
      const found = kitchens.filter((k) => [k.id, k.code, k.name].some((text) => text.includes(query("q"))));
      return { items: found.slice(0, 20).map(({ id, code }) => ({ id, code })), next: null };
    }
    if (url.pathname === "/v1/session") return this.who;
    if (url.pathname === "/v1/notifications") return { items: noticesOf(query("case")), next: null };
    if (parts[0] === "lists") return this.lists.of(parts[1] ?? "");
    if (url.pathname === "/v1/cases") return { items: this.cases.all(), next: null };
    if (parts[0] === "cases") return this.cases.find(parts[1] ?? "");
    const index = this.city.kitchenIndex(parts[1] ?? "");
    if (parts[0] === "index" && index >= 0) return stubIndex(this.city, index, this.alerts);
    if (parts[0] !== "kitchens" || index < 0) return null;
    if (parts[2] === "history") return historyOf(this.city, this.alerts, index, url.searchParams);
    return kitchenDetail(this.city, index, this.states, this.alerts, this.cases);
  }

  #listen(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write(": hello\n\n");
    this.#listeners.add(response);
    response.on("close", () => this.#listeners.delete(response));
  }
}

function drawState(random: Random): MapState {
  const chances = MAP_STATES.map((state) => SHARES[state] ?? 0);
  const sum = chances.reduce((total, chance) => total + chance, 0);
  return MAP_STATES[random.weighted([1 - sum, ...chances.slice(1)])] ?? "normal";
}

function bodyOf(request: IncomingMessage, done: (body: string) => void): void {
  let body = "";
  request.on("data", (chunk: Buffer) => {
    body += chunk.toString("utf8");
  });
  request.on("end", () => done(body));
}

function session(request: IncomingMessage, response: ServerResponse): void {
  bodyOf(request, (body) => {
    if (!body.includes(STUB_TOKEN)) {
      problem(response, 401, "Unknown token");
      return;
    }
    response.setHeader("set-cookie", `session=${STUB_TOKEN}; HttpOnly; SameSite=Strict; Path=/`);
    json(response, { ok: true });
  });
}

function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function problem(response: ServerResponse, status: number, title: string, more: object = {}): void {
  response.writeHead(status, { "content-type": "application/problem+json" });
  response.end(JSON.stringify({ title, status, ...more }));
}

function file(pathname: string, response: ServerResponse): void {
  const wanted = join(DIST, normalize(decodeURIComponent(pathname)));
  const path = existsSync(wanted) && statSync(wanted).isFile() ? wanted : join(wanted, "index.html");
  if (!wanted.startsWith(DIST) || !existsSync(path)) {
    response.writeHead(404).end();
    return;
  }
  const bytes = readFileSync(path);
  const headers: Record<string, string> = {
    "content-type": TYPES[extname(path)] ?? "application/octet-stream",
  };
  if (path.endsWith(".html")) headers["content-security-policy"] = policyOf(bytes.toString("utf8"));
  response.writeHead(200, headers).end(bytes);
}

/** As strict as the real server's: scripts from here only, inline ones by their hash. */
function policyOf(html: string): string {
  const hashes = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/gi)].map(
    ([, script = ""]) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`,
  );
  return [
    "default-src 'self'",
    `script-src 'self' 'wasm-unsafe-eval' ${hashes.join(" ")}`,
    "worker-src 'self' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self' blob:",
  ].join("; ");
}
