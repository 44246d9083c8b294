/** The WebSocket of city states: reconnects with growing pauses, and says when it is stale. */
import { type CityTotals, decodeStateFrame, type FeedMessage, type StateFrame } from "../../stream/wire.ts";

export type FeedStatus = "connecting" | "live" | "stale" | "lost";

export interface FeedListener {
  readonly frame: (frame: StateFrame) => void;
  readonly totals: (totals: CityTotals) => void;
  readonly status: (status: FeedStatus) => void;
}

/** The server speaks at least once a second; after so much silence the picture is called stale. */
const STALE_AFTER_MS = 6_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

export class CityFeed {
  readonly #listener: FeedListener;
  #socket: WebSocket | null = null;
  #pause = FIRST_PAUSE_MS;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  #heardAt = Number.NaN;
  #status: FeedStatus = "connecting";

  constructor(listener: FeedListener) {
    this.#listener = listener;
  }

  /** `performance.now()` of the newest message; NaN before the first. */
  get heardAt(): number {
    return this.#heardAt;
  }

  start(): void {
    this.#connect();
    this.#watch = setInterval(() => this.#judge(), 1_000);
  }

  stop(): void {
    clearInterval(this.#watch);
    clearTimeout(this.#retry);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #connect(): void {
    const address = new URL("/v1/city/stream", location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      this.#heardAt = performance.now();
      this.#pause = FIRST_PAUSE_MS;
      this.#say("live");
      if (typeof data === "string") this.#message(JSON.parse(data));
      else this.#listener.frame(decodeStateFrame(new Uint8Array(data)));
    };
    socket.onclose = () => {
      if (this.#socket !== socket) return;
      this.#say(Number.isNaN(this.#heardAt) ? "connecting" : "lost");
      this.#retry = setTimeout(() => this.#connect(), this.#pause);
      this.#pause = Math.min(LONGEST_PAUSE_MS, this.#pause * 2);
    };
  }

  #message(message: FeedMessage): void {
    if (message.kind === "totals") this.#listener.totals(message.totals);
  }

  #judge(): void {
    if (this.#status === "live" && performance.now() - this.#heardAt > STALE_AFTER_MS) this.#say("stale");
  }

  #say(status: FeedStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#listener.status(status);
  }
}
