/** The WebSocket side of the server: who may open `/v1/city/stream`, and how many. */
import { type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { Principal } from "../../twin/authority/principal.ts";
import type { StateFeed } from "../outlets/state-feed.ts";
import type { Access } from "./access.ts";
import { READERS } from "./route.ts";
import { CITY_STREAM_PATH } from "./routes/city.ts";

/** Viewers only listen: what they send may be no larger. */
const MESSAGE_BYTES_MAX = 1_024;
const PING_MS = 30_000;

export interface LiveSocketOptions {
  readonly access: Access;
  readonly feed: StateFeed;
  readonly readersMax: number;
  /** Hears errors that callers are not told. */
  readonly report: (error: unknown) => void;
}

/** Serves upgrades of `server`. Returns how to stop. */
export function serveLiveSocket(server: Server, options: LiveSocketOptions): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_BYTES_MAX });
  const alive = new WeakSet<object>();
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    if (request.headers.upgrade?.toLowerCase() !== "websocket")
      return serveWithout(server, request, socket, head);
    void admitted(request, options).then((answer) => {
      if (typeof answer === "number") return refuse(socket, answer);
      sockets.handleUpgrade(request, socket, head, (accepted) => {
        alive.add(accepted);
        accepted.on("pong", () => alive.add(accepted));
        options.feed.add(accepted, answer);
      });
    });
  });
  const pings = setInterval(() => {
    for (const socket of sockets.clients) {
      if (!alive.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, PING_MS);
  pings.unref();
  return () => {
    clearInterval(pings);
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
  };
}

/**
 * Some clients offer an upgrade with every request (Java's: `h2c`) and mean the request itself (RFC 9110 §7.8: a server may
 * ignore the offer). The connection is given back to the server as if the offer had not been made.
 */
function serveWithout(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const lines = [`${request.method} ${request.url} HTTP/${request.httpVersion}`];
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    const name = request.rawHeaders[i]!;
    if (/^(upgrade|connection|http2-settings)$/i.test(name)) continue;
    lines.push(`${name}: ${request.rawHeaders[i + 1]}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), head]));
  server.emit("connection", socket);
}

/** Who opens it, or the status that it is refused with. */
async function admitted(
  request: IncomingMessage,
  { access, feed, readersMax, report }: LiveSocketOptions,
): Promise<Principal | number> {
  if (!access.isHost(request.headers.host)) return 421;
  const [path] = (request.url ?? "").split("?");
  if (path !== CITY_STREAM_PATH) return 404;
  try {
    const principal = await access.principalOf(request.headers, "GET");
    if (principal === null) return 401;
    if (!READERS.includes(principal.role)) return 403;
    return feed.readers >= readersMax ? 503 : principal;
  } catch (error) {
    report(error);
    return 503;
  }
}

function refuse(socket: Duplex, status: number): void {
  const challenge = status === 401 ? "www-authenticate: Bearer\r\n" : "";
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${challenge}connection: close\r\ncontent-length: 0\r\n\r\n`,
  );
}
