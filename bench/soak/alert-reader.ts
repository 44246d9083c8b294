/** A reader of the alert stream (SSE) as a browser is one: it comes back with the last position that it has seen. */
import { get, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Alert } from "../../twin/events/output-events.ts";
import { HeardOutputs } from "./heard-outputs.ts";
import type { SoakedCity } from "./soaked-city.ts";
import { reasonOf, Troubles } from "./troubles.ts";

const COMES_BACK_MS = 500;

export interface HeardAlert {
  readonly type: string;
  readonly alert: Alert;
}

export class AlertReader {
  readonly heard = new HeardOutputs();
  readonly troubles = new Troubles();
  connections = 0;
  readonly #city: Pick<SoakedCity, "client" | "port">;
  readonly #onAlert: (heard: HeardAlert) => void;
  #last: number;
  #response: IncomingMessage | null = null;
  #text = "";
  #stopped = false;

  /** It hears what stands on the log at `from` and behind; what stands first is an input. */
  constructor(
    city: Pick<SoakedCity, "client" | "port">,
    from: number,
    onAlert: (heard: HeardAlert) => void = () => undefined,
  ) {
    this.#city = city;
    this.#last = Math.max(0, from - 1);
    this.#onAlert = onAlert;
  }

  connect(): Promise<void> {
    const { client, port } = this.#city;
    const headers = { ...client.headers, "last-event-id": String(this.#last) };
    return new Promise((resolve, reject) => {
      const request = get({ host: "127.0.0.1", port, path: "/v1/alerts/stream", headers, agent: false });
      request.on("error", reject);
      request.on("response", (response) => {
        if (response.statusCode !== 200) reject(new Error(`the stream answers ${response.statusCode}`));
        this.connections++;
        this.#read(response);
        resolve();
      });
    });
  }

  /** Breaks the connection, whatever is under way on it, and comes back after `awayMs`. */
  async breakFor(awayMs: number): Promise<void> {
    this.#drop();
    await sleep(awayMs);
    if (!this.#stopped) await this.connect();
  }

  /** Waits until it has heard something at `position` or later; gives up after `patienceMs`. */
  async reach(position: number, patienceMs: number): Promise<void> {
    for (let left = patienceMs; left > 0 && this.heard.last < position; left -= 100) await sleep(100);
  }

  stop(): void {
    this.#stopped = true;
    this.#drop();
  }

  #drop(): void {
    const response = this.#response;
    this.#response = null;
    response?.destroy();
  }

  #read(response: IncomingMessage): void {
    this.#response = response;
    // A message that was cut in two comes again as a whole.
    this.#text = "";
    response.setEncoding("utf8");
    response.on("data", (chunk: string) => {
      if (this.#response === response) this.#take(chunk);
    });
    response.on("error", () => this.#lost(response));
    response.on("close", () => this.#lost(response));
  }

  /** The other end broke the connection. */
  #lost(response: IncomingMessage): void {
    if (this.#stopped || this.#response !== response) return;
    this.#response = null;
    this.troubles.add("the alert stream ended by itself");
    setTimeout(() => {
      if (!this.#stopped) this.connect().catch((error: unknown) => this.troubles.add(reasonOf(error)));
    }, COMES_BACK_MS);
  }

  #take(chunk: string): void {
    this.#text += chunk;
    const frames = this.#text.split("\n\n");
    this.#text = frames.pop() ?? "";
    for (const frame of frames) {
      const [, position, type = "", data] = /^id: (\d+)\nevent: (.*)\ndata: (.*)$/.exec(frame) ?? [];
      if (position === undefined || data === undefined) continue;
      const event: { id: string; data: Alert } = JSON.parse(data);
      this.#last = Number(position);
      this.heard.hear({ position: this.#last, id: event.id });
      this.#onAlert({ type, alert: event.data });
    }
  }
}
