/**
 * A running city behind real HTTP, for tests of what goes in at the door and comes out of a route: its disk is memory,
 * its clock is the test's, its people have accounts.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tap } from "rxjs";
import type { AccountRole, Area } from "../../twin/authority/principal.ts";
import type { City } from "../../twin/city/city.ts";
import type { InputData, InputType } from "../../twin/events/catalogue.ts";
import { formatTime, parseTime } from "../../twin/kernel/time.ts";
import { BATCH } from "../door/media-type.ts";
import { FaultyFiles } from "../log/faulty-files.ts";
import type { Output } from "../output.ts";
import { AccountBook } from "./identity/account-book.ts";
import { LiveCity } from "./live-city.ts";
import { LivePort } from "./live-port.ts";
import { createServer, type RunningServer } from "./server.ts";

const ADMIN = "a-token-for-tests-only-0123456789abcdefgh";

export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

interface Running {
  readonly live: LiveCity;
  readonly server: RunningServer;
}

export class LiveTrial {
  readonly #city: City;
  readonly #accounts: string;
  readonly #book: AccountBook;
  readonly #tokens = new Map([["admin", ADMIN]]);
  readonly #files = new FaultyFiles();
  /** What the city reports and callers are not told. */
  readonly troubles: string[] = [];
  /** What the city gave out, in the order of its log. */
  readonly outputs: Output[] = [];
  #running: Running | null = null;
  #events = 0;
  #now: number;

  readonly #keepDays: number | null;

  private constructor(city: City, accounts: string, at: string, keepDays: number | null) {
    this.#city = city;
    this.#keepDays = keepDays;
    this.#accounts = accounts;
    this.#now = parseTime(at);
    this.#book = new AccountBook(accounts, Date.now);
  }

  /** A city that opens its empty data directory at `at` (RFC 3339). `keepDays`: as `--keep-days`. */
  static async open(city: City, at: string, keepDays: number | null = null): Promise<LiveTrial> {
    const trial = new LiveTrial(city, await mkdtemp(join(tmpdir(), "live-trial-")), at, keepDays);
    await trial.#start();
    return trial;
  }

  async #start(): Promise<void> {
    const clock = () => this.#now;
    const live: LiveCity = new LiveCity({
      city: this.#city,
      directory: "data",
      files: this.#files,
      clock,
      simulator: null,
      keepDays: this.#keepDays,
      outlets: [
        (outputs) => outputs.pipe(tap((published) => port.hear(published))),
        (outputs) =>
          outputs.pipe(tap((published) => this.outputs.push(...published.map(({ output }) => output)))),
      ],
      report: (line) => this.troubles.push(line),
      onOpened: () => port.seed(),
    });
    const port = new LivePort(this.#city, live);
    const server = await createServer(port, {
      bind: "127.0.0.1",
      port: 0,
      token: ADMIN,
      accounts: this.#book,
      now: clock,
      report: (error) => this.troubles.push(String(error)),
    });
    await live.start();
    this.#running = { live, server };
  }

  async #stop(): Promise<void> {
    await this.#running?.server.close();
    await this.#running?.live.stop();
    this.#running = null;
  }

  /** Ends in order and starts again on the same disk. */
  async restart(): Promise<void> {
    await this.#stop();
    await this.#start();
  }

  async close(): Promise<void> {
    await this.#stop();
    await rm(this.#accounts, { recursive: true });
  }

  /** Lets it become `at` (RFC 3339); the city notices by a tick of its own. */
  async becomes(at: string): Promise<void> {
    this.#now = parseTime(at);
    await this.says(
      "warmcity.street.counted",
      at,
      { street: "DS-01" },
      { source: "/systems/clock", subject: null },
    );
  }

  async account(id: string, role: AccountRole, area: Area): Promise<void> {
    this.#tokens.set(id, await this.#book.add(id, role, area));
  }

  /** Hands in an event that happened at `at` (RFC 3339), received now, or then if that is later. */
  async says<T extends InputType>(
    type: T,
    at: string,
    data: InputData<T>,
    from: {
      readonly source?: string;
      readonly subject?: string | null;
      readonly id?: string;
      readonly as?: string;
    } = {},
  ): Promise<Answered> {
    this.#now = Math.max(this.#now, parseTime(at));
    const { source = "/persons/p-1", subject = this.#city.kitchens[0]?.id ?? null, as = "admin" } = from;
    const event = {
      specversion: "1.0",
      id: from.id ?? `said-${++this.#events}`,
      source,
      type,
      ...(subject === null ? {} : { subject }),
      time: formatTime(parseTime(at)),
      data,
    };
    return this.#fetch(as, "POST", "/v1/events", JSON.stringify([event]), BATCH);
  }

  /** Asks as the holder of an account; `null` = as anybody. */
  ask(who: string | null, path: string): Promise<Answered> {
    return this.#fetch(who, "GET", path);
  }

  post(who: string, path: string, body: object): Promise<Answered> {
    return this.#fetch(who, "POST", path, JSON.stringify(body), "application/json");
  }

  /** A stream of events from the beginning of the log, until the `signal`. */
  async listen(who: string, path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const response = await fetch(`${this.#running?.server.url}${path}`, {
      headers: { authorization: `Bearer ${this.#tokens.get(who)}`, "last-event-id": "0" },
      signal,
    });
    if (response.status !== 200 || response.body === null) throw new Error(`stream: ${response.status}`);
    return response.body;
  }

  async #fetch(
    who: string | null,
    method: string,
    path: string,
    body?: string,
    mediaType?: string,
  ): Promise<Answered> {
    const token = who === null ? null : this.#tokens.get(who);
    if (token === undefined) throw new RangeError(`there is no account "${who}" in this trial`);
    const response = await fetch(`${this.#running?.server.url}${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(mediaType === undefined ? {} : { "content-type": mediaType }),
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? null : JSON.parse(text) };
  }
}
