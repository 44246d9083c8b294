/**
 * Who may come in. Embedded default: one admin token, loopback only. The token comes as `Authorization: Bearer`, or as a
 * signed session cookie that `POST /v1/session` sets for it. Anything but loopback needs a configured identity.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import type { Principal } from "./city-port.ts";

const COOKIE = "warmcity_session";
const SESSION_MS = 7 * 24 * 3_600_000;
const ADMIN: Principal = { id: "admin", role: "admin" };

export interface AccessOptions {
  /** At least 32 URL-safe characters. */
  readonly token: string;
  /** The address that is listened on. */
  readonly bind: string;
  /** Host names, besides loopback's own, under which the server may be asked. */
  readonly hosts: readonly string[];
  readonly now: () => number;
}

/** Whether only this machine can reach the address. */
export function isLoopback(address: string): boolean {
  return address === "localhost" || address === "::1" || (isIP(address) === 4 && address.startsWith("127."));
}

/** Throws an Error that says what to do, unless the bind is loopback or someone can prove who they are. */
export function checkBind(options: { readonly bind: string; readonly identity: boolean }): void {
  if (isLoopback(options.bind) || options.identity) return;
  throw new Error(
    `Cannot listen on ${options.bind}: other machines could reach it, and no identity is configured. ` +
      "Listen on 127.0.0.1, or configure an identity first.",
  );
}

export class Access {
  readonly #token: Buffer;
  readonly #key: Buffer;
  readonly #options: AccessOptions;
  readonly #hosts: ReadonlySet<string>;

  constructor(options: AccessOptions) {
    if (!/^[A-Za-z0-9_-]{32,}$/.test(options.token)) {
      throw new Error("Cannot use the token: expected at least 32 URL-safe characters");
    }
    this.#options = options;
    this.#token = Buffer.from(options.token);
    this.#key = createHmac("sha256", options.token).update("warmcity session").digest();
    this.#hosts = new Set(options.hosts.map((host) => host.toLowerCase()));
  }

  /** Who asks, by bearer token or session cookie; `null` = nobody we know. */
  principalOf(headers: IncomingHttpHeaders, method: string): Principal | null {
    const { authorization, cookie } = headers;
    if (authorization !== undefined) {
      const bearer = /^bearer +([^ ]+)$/i.exec(authorization);
      return bearer !== null && this.isToken(bearer[1]!) ? ADMIN : null;
    }
    if (cookie === undefined || !this.#isSession(cookieValue(cookie))) return null;
    // A cookie comes along on its own: another page of the same site must not be able to use it.
    const reads = (method === "GET" || method === "HEAD") && headers.upgrade === undefined;
    return reads || this.#isOwnOrigin(headers) ? ADMIN : null;
  }

  isToken(candidate: string): boolean {
    const given = Buffer.from(candidate);
    return given.length === this.#token.length && timingSafeEqual(given, this.#token);
  }

  /** The `Set-Cookie` value of a new session. */
  sessionCookie(): string {
    const until = String(this.#options.now() + SESSION_MS);
    const value = `${until}.${this.#sign(until)}`;
    const secure = isLoopback(this.#options.bind) ? "" : "; Secure";
    return `${COOKIE}=${value}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${SESSION_MS / 1_000}${secure}`;
  }

  /** The `Set-Cookie` value that ends a session in the browser. */
  endedCookie(): string {
    return `${COOKIE}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0`;
  }

  /**
   * Whether the server may be asked under this `Host`. On loopback only loopback's names count, so that no page of the
   * web can reach it through a name of its own that resolves here (DNS rebinding).
   */
  isHost(host: string | undefined): boolean {
    const name = hostName(host ?? "");
    if (name === null) return false;
    if (isLoopback(name) || name.endsWith(".localhost") || this.#hosts.has(name)) return true;
    return !isLoopback(this.#options.bind) && this.#hosts.size === 0;
  }

  #isOwnOrigin(headers: IncomingHttpHeaders): boolean {
    // Browsers say where a request comes from; who says nothing is no browser and sent the cookie on purpose.
    if (headers.origin === undefined) {
      const site = headers["sec-fetch-site"];
      return site === undefined || site === "same-origin" || site === "none";
    }
    return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host?.toLowerCase();
  }

  #isSession(value: string | null): boolean {
    const parts = /^(\d{13,16})\.([0-9a-f]{64})$/.exec(value ?? "");
    if (parts === null || Number(parts[1]) < this.#options.now()) return false;
    return timingSafeEqual(Buffer.from(parts[2]!), Buffer.from(this.#sign(parts[1]!)));
  }

  #sign(until: string): string {
    return createHmac("sha256", this.#key).update(until).digest("hex");
  }
}

function cookieValue(header: string): string | null {
  for (const pair of header.split(";")) {
    const [name, ...value] = pair.split("=");
    if (name?.trim() === COOKIE) return value.join("=").trim();
  }
  return null;
}

/** The name in a `Host` header without port and brackets, in lower case; `null` if it is none. */
function hostName(host: string): string | null {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+))(?::\d+)?$/.exec(host);
  return match === null ? null : (match[1] ?? match[2] ?? "").toLowerCase();
}
