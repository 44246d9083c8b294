/**
 * Who may come in: the admin token, local accounts, and, where one is configured, the people of an OpenID Connect issuer.
 * A token comes as `Authorization: Bearer`, or as a signed session cookie that `POST /v1/session` sets for it. Anything
 * but loopback needs the issuer.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import { ACCOUNT_ROLES, areaText, type Principal, readArea } from "../../twin/authority/principal.ts";
import type { AccountBook } from "./identity/account-book.ts";
import type { OidcIdentity, Vouched } from "./identity/oidc-identity.ts";

const COOKIE = "warmcity_session";
const SESSION_MS = 7 * 24 * 3_600_000;
const ADMIN: Principal = { id: "admin", role: "admin", area: { kind: "city" } };

export interface AccessOptions {
  /** At least 32 URL-safe characters. */
  readonly token: string;
  /** The address that is listened on. */
  readonly bind: string;
  /** Host names, besides loopback's own, under which the server may be asked. */
  readonly hosts: readonly string[];
  readonly accounts: AccountBook | null;
  readonly oidc: OidcIdentity | null;
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
      "Listen on 127.0.0.1, or name an identity provider (--oidc-issuer, --oidc-audience).",
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

  /**
   * Who asks, by bearer token or session cookie; `null` = nobody we know. Rejects when the issuer's keys cannot be had.
   */
  async principalOf(headers: IncomingHttpHeaders, method: string): Promise<Principal | null> {
    const { authorization, cookie } = headers;
    if (authorization !== undefined) {
      const bearer = /^bearer +([^ ]+)$/i.exec(authorization);
      return bearer === null ? null : ((await this.vouch(bearer[1]!))?.principal ?? null);
    }
    const principal = cookie === undefined ? null : this.#sessionOf(cookieValue(cookie));
    if (principal === null) return null;
    // A cookie comes along on its own: another page of the same site must not be able to use it.
    const reads = (method === "GET" || method === "HEAD") && headers.upgrade === undefined;
    return reads || this.#isOwnOrigin(headers) ? principal : null;
  }

  /** Whose token it is, and until when, ms since epoch; `null` = nobody's. */
  async vouch(token: string): Promise<Vouched | null> {
    const until = Number.POSITIVE_INFINITY;
    if (this.isToken(token)) return { principal: ADMIN, until };
    const account = this.#options.accounts?.ofToken(token);
    if (account != null) return { principal: principalIn(account), until };
    return token.split(".").length === 3 ? ((await this.#options.oidc?.vouch(token)) ?? null) : null;
  }

  isToken(candidate: string): boolean {
    const given = Buffer.from(candidate);
    return given.length === this.#token.length && timingSafeEqual(given, this.#token);
  }

  /** The `Set-Cookie` value of a new session. */
  sessionCookie({ principal, until }: Vouched): string {
    const ends = Math.min(until, this.#options.now() + SESSION_MS);
    const { id, role, area } = principal;
    const payload = Buffer.from(JSON.stringify([ends, id, role, areaText(area)])).toString("base64url");
    const secure = isLoopback(this.#options.bind) ? "" : "; Secure";
    const lasts = Math.floor((ends - this.#options.now()) / 1_000);
    return `${COOKIE}=${payload}.${this.#sign(payload)}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${lasts}${secure}`;
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

  /** A session of a local account ends with the account, and follows its role and area. */
  #sessionOf(value: string | null): Principal | null {
    const parts = /^([A-Za-z0-9_-]{1,8000})\.([0-9a-f]{64})$/.exec(value ?? "");
    if (parts === null || !timingSafeEqual(Buffer.from(parts[2]!), Buffer.from(this.#sign(parts[1]!))))
      return null;
    const [ends, id, roleName, place] = JSON.parse(Buffer.from(parts[1]!, "base64url").toString());
    if (ends < this.#options.now()) return null;
    const role = ACCOUNT_ROLES.find((one) => one === roleName);
    const area = readArea(place);
    if (role === undefined || area === null) return null;
    if (role === "admin" && id === ADMIN.id) return ADMIN;
    const account = this.#options.accounts?.find(id) ?? null;
    if (account !== null) return account.revokedAt === null ? principalIn(account) : null;
    return this.#options.oidc === null ? null : { id, role, area };
  }

  #sign(payload: string): string {
    return createHmac("sha256", this.#key).update(payload).digest("hex");
  }
}

function principalIn({ id, role, area }: Principal): Principal {
  return { id, role, area };
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
