/** Clients that do not speak as they should, at the level of bytes. */
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { smallCity } from "../door/small-city.ts";
import { InMemoryCity, sampleAlert } from "./in-memory-city.ts";
import { createServer, type RunningServer } from "./server.ts";

const TOKEN = "test-token-of-more-than-thirty-two-characters";

let city: InMemoryCity;
let server: RunningServer;

beforeAll(async () => {
  const limits = { headersMs: 300, requestMs: 900, connectionsMax: 8 };
  city = new InMemoryCity(smallCity());
  server = await createServer(city, { bind: "127.0.0.1", port: 0, token: TOKEN, limits });
});
afterAll(() => server.close());

/** Sends bytes, waits until the server hangs up or has said `enough`, and gives back what it said. */
function say(bytes: string, enough?: RegExp): Promise<string> {
  const socket = connect(server.port, "127.0.0.1");
  let heard = "";
  socket.on("data", (data) => {
    heard += data.toString();
    if (enough?.test(heard)) socket.destroy();
  });
  socket.on("error", () => socket.destroy());
  if (bytes !== "") socket.write(bytes);
  return new Promise((resolve) => socket.on("close", () => resolve(heard)));
}

/** Not every runtime says why it hangs up. */
const HUNG_UP = /^$|^HTTP\/1\.1 408/;

describe("a client that", () => {
  it("connects and sends nothing is hung up on", async () => {
    expect(await say("")).toMatch(HUNG_UP);
  });

  it("never ends its headers is hung up on", async () => {
    expect(await say("GET /healthz HTTP/1.1\r\nhost: localhost\r\nx: ")).toMatch(HUNG_UP);
  });

  it("never sends the body that it promised is hung up on", async () => {
    const head = ["POST /v1/events HTTP/1.1", "host: localhost", `authorization: Bearer ${TOKEN}`];
    const more = ["content-type: application/cloudevents+json", "content-length: 100"];
    expect(await say(`${[...head, ...more].join("\r\n")}\r\n\r\n{`)).toMatch(HUNG_UP);
  });

  it("speaks no HTTP is told so", async () => {
    expect(await say("\u0016\u0003\u0001 this is TLS\r\n\r\n")).toMatch(/^HTTP\/1\.1 400/);
  });

  it("sends endless headers is cut off", async () => {
    expect(await say(`GET / HTTP/1.1\r\nhost: localhost\r\nx: ${"x".repeat(100_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431/,
    );
  });

  it("sends two lengths is refused", async () => {
    const head =
      "POST /v1/events HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ntransfer-encoding: chunked";
    expect(await say(`${head}\r\n\r\n0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400/);
  });

  it("offers another protocol with its request is served in this one", async () => {
    const body = JSON.stringify({ specversion: "1.0" });
    const head = [
      "POST /v1/events HTTP/1.1",
      "host: localhost",
      `authorization: Bearer ${TOKEN}`,
      "content-type: application/cloudevents+json",
      `content-length: ${body.length}`,
      "connection: Upgrade, HTTP2-Settings",
      "upgrade: h2c",
      "http2-settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA",
    ];
    const answer = await say(`${head.join("\r\n")}\r\n\r\n${body}`, /"rejected"/);
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request[\s\S]*"pointer":"\/id"/);
  });

  it("gives no media type is refused", async () => {
    const head = [
      "POST /v1/events HTTP/1.1",
      "host: localhost",
      `authorization: Bearer ${TOKEN}`,
      "content-length: 2",
    ];
    expect(await say(`${head.join("\r\n")}\r\n\r\n{}`, /"rejected"/)).toMatch(/^HTTP\/1\.1 415/);
  });

  it("asks for the headers of an endless stream is not kept waiting", async () => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    expect((await fetch(`${server.url}/v1/alerts/stream`, { method: "HEAD", headers })).status).toBe(404);
    expect((await fetch(`${server.url}/v1/city`, { method: "HEAD", headers })).status).toBe(200);
  });

  it("asks with the wrong method for a path that is there is told the right ones", async () => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const answers = ["/v1/kitchens/K-1?q=x", "/v1/events", "/healthz"].map(async (path) => {
      const { status, headers: said } = await fetch(`${server.url}${path}`, { method: "DELETE", headers });
      return [status, said.get("allow"), said.get("content-type")];
    });
    expect(await Promise.all(answers)).toEqual([
      [405, "GET, HEAD", "application/problem+json; charset=utf-8"],
      [405, "POST", "application/problem+json; charset=utf-8"],
      [405, "GET, HEAD", "application/problem+json; charset=utf-8"],
    ]);
  });

  it("asks for no host is refused", async () => {
    expect(await say("GET /healthz HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.1 421/);
  });

  it("opens more connections than there may be finds them closed, and the others go on", async () => {
    const crowd = Array.from({ length: 20 }, () => say(""));
    await Promise.all(crowd);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it("listens to a quiet stream for longer than that stays connected", async () => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const abort = new AbortController();
    const response = await fetch(`${server.url}/v1/alerts/stream`, { headers, signal: abort.signal });
    const reader = response.body!.getReader();
    await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const next = reader.read().then(
      ({ done }) => (done ? "closed" : "more"),
      () => "broken",
    );
    city.emit(sampleAlert("late"));
    expect(await next).toBe("more");
    abort.abort();
  });

  it("stays for a second request after a pause longer than the limit on headers is served", async () => {
    const socket = connect(server.port, "127.0.0.1");
    let heard = "";
    socket.on("data", (data) => {
      heard += data.toString();
    });
    const answers = (count: number) => async () => {
      while (heard.split("HTTP/1.1 200").length <= count)
        await new Promise((resolve) => setTimeout(resolve, 10));
    };
    socket.write("GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n");
    await answers(1)();
    await new Promise((resolve) => setTimeout(resolve, 700));
    socket.write("GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n");
    await answers(2)();
    socket.destroy();
  });
});
