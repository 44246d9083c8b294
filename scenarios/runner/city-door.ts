/** The public door of a running city, as far as a story needs it. */
import { parseTime } from "../../twin/kernel/time.ts";

const BATCH = "application/cloudevents-batch+json";

export class CityDoor {
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;

  /** `url`: with or without a path; only its origin counts. */
  constructor(url: string, token: string) {
    this.#url = new URL(url).origin;
    this.#headers = { authorization: `Bearer ${token}` };
  }

  /** What the city's clock says, ms since epoch. Throws an Error with what is wrong when it cannot be asked. */
  async now(): Promise<number> {
    const { time }: { time: string } = JSON.parse(await this.#answer("/v1/city"));
    return parseTime(time);
  }

  async knows(kitchen: string): Promise<boolean> {
    const response = await this.#ask(`/v1/kitchens/${encodeURIComponent(kitchen)}`);
    return response.status !== 404;
  }

  /** Hands in events, JSON each; resolves when they are durable, with how many were refused. */
  async send(events: readonly string[]): Promise<{ readonly rejected: number }> {
    const response = await this.#ask("/v1/events", {
      method: "POST",
      headers: { ...this.#headers, "content-type": BATCH },
      body: `[${events.join(",")}]`,
    });
    const body = await response.text();
    if (response.status === 202) return { rejected: JSON.parse(body).rejected?.length ?? 0 };
    if (response.status === 400) return { rejected: events.length };
    throw new Error(`${this.#url} answered ${response.status} to events: ${body.slice(0, 300)}`);
  }

  async #answer(path: string): Promise<string> {
    const response = await this.#ask(path);
    const body = await response.text();
    if (response.ok) return body;
    const hint = response.status === 401 ? "; is the token the one that npm start prints?" : "";
    throw new Error(`${this.#url}${path} answered ${response.status}${hint}: ${body.slice(0, 300)}`);
  }

  async #ask(path: string, request: RequestInit = { headers: this.#headers }): Promise<Response> {
    try {
      return await fetch(`${this.#url}${path}`, request);
    } catch (error) {
      const reason =
        error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      throw new Error(`cannot reach ${this.#url}: ${reason}`, { cause: error });
    }
  }
}
