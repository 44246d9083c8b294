/**
 * Server-Sent Events (WHATWG HTML §9.2) read by hand: the browser's own `EventSource` ends for good at the first answer
 * that is no stream, hides the server's signs of life and so cannot tell a stall, and begins anew with no last id.
 */

export interface ServerEvent {
  /** Of the event, or the last one before it; "" = none yet. */
  readonly id: string;
  readonly type: string;
  readonly data: string;
}

export type StreamStatus = "connecting" | "live" | "lost";

export interface EventsListener {
  readonly event: (event: ServerEvent) => void;
  readonly status: (status: StreamStatus) => void;
  /** The server does not know us any more; nothing more is tried. */
  readonly refused: () => void;
}

/** The server says something at least every 15 s. */
const STALL_MS = 40_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

export class ResumingEvents {
  readonly #path: string;
  readonly #listener: EventsListener;
  readonly #fetch: typeof fetch;
  #lastId = "";
  #pause = FIRST_PAUSE_MS;
  #aborter: AbortController | null = null;
  #stall: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  constructor(path: string, listener: EventsListener, ask: typeof fetch = (...args) => fetch(...args)) {
    this.#path = path;
    this.#listener = listener;
    this.#fetch = ask;
  }

  /** Resolves when the first stream has begun, or the first try has failed; goes on until `stop`. */
  start(): Promise<void> {
    return new Promise((begun) => void this.#connect(begun));
  }

  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#stall);
    clearTimeout(this.#retry);
    this.#aborter?.abort();
  }

  async #connect(begun: () => void): Promise<void> {
    const aborter = new AbortController();
    this.#aborter = aborter;
    try {
      const response = await this.#fetch(this.#path, {
        headers: {
          accept: "text/event-stream",
          ...(this.#lastId === "" ? {} : { "last-event-id": this.#lastId }),
        },
        credentials: "same-origin",
        cache: "no-store",
        signal: aborter.signal,
      });
      if (response.status === 401) {
        this.#isOver = true;
        this.#listener.refused();
      } else if (response.ok && response.body !== null) {
        this.#pause = FIRST_PAUSE_MS;
        this.#listener.status("live");
        begun();
        await this.#read(response.body.getReader());
      }
    } catch (error) {
      if (!this.#isOver) console.warn("the stream of events broke off", error);
    }
    begun();
    clearTimeout(this.#stall);
    if (this.#isOver) return;
    this.#listener.status("lost");
    this.#retry = setTimeout(() => void this.#connect(() => undefined), this.#pause);
    this.#pause = Math.min(LONGEST_PAUSE_MS, this.#pause * 2);
  }

  async #read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let text = "";
    this.#watch();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      this.#watch();
      const frames = (text + decoder.decode(part.value, { stream: true })).split("\n\n");
      text = frames.pop() ?? "";
      for (const frame of frames) this.#take(frame);
    }
  }

  #watch(): void {
    clearTimeout(this.#stall);
    this.#stall = setTimeout(() => this.#aborter?.abort(), STALL_MS);
  }

  #take(frame: string): void {
    let [type, data] = ["message", ""];
    let hasData = false;
    for (const line of frame.split("\n")) {
      const colon = line.indexOf(":");
      const [field, value] =
        colon < 0 ? [line, ""] : [line.slice(0, colon), line.slice(colon + 1).trimStart()];
      if (field === "id") this.#lastId = value;
      else if (field === "event") type = value;
      else if (field === "data") {
        data += hasData ? `\n${value}` : value;
        hasData = true;
      }
    }
    if (hasData) this.#listener.event({ id: this.#lastId, type, data });
  }
}
