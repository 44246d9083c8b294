/**
 * Server-Sent Events of alerts and, for who asks for them, of cases (WHATWG HTML §9.2): `id` is the log position, so `Last-Event-ID` resumes without gap or
 * repeat. A reader that takes nothing for too long is disconnected and counted; it may come back where it was.
 */
import type { Alert } from "../../twin/events/output-events.ts";
import type { PlacedOutput } from "../server/city-port.ts";
import { type HostTimers, hostTimers } from "../server/host-timers.ts";
import type { OutputTail } from "./output-tail.ts";

export interface AlertStreamLimits {
  /** Outputs read at a time: bounds what waits in memory for one reader. */
  readonly batch: number;
  /** A reader whose connection takes nothing for so long is disconnected. */
  readonly stallMs: number;
  /** A comment is sent when nothing else was for so long, so that proxies keep the connection. */
  readonly aliveMs: number;
}

export const ALERT_STREAM_LIMITS: AlertStreamLimits = { batch: 64, stallMs: 30_000, aliveMs: 15_000 };

/** Long enough for the machine to look at its sockets. */
const LOOK_MS = 5;

/** The alert that an output speaks of; `null` if it speaks of none. */
export function alertIn({ output }: PlacedOutput): Alert | null {
  switch (output.type) {
    case "warmcity.alert.raised":
    case "warmcity.alert.level-changed":
    case "warmcity.alert.resolved":
    case "warmcity.alert.suppressed":
      return output.data;
    default:
      return null;
  }
}

export type StreamEnd = "closed-by-reader" | "reader-too-slow" | "server-closing";

/** What the stream needs of a connection: a part of Node's `Writable`. */
export interface AlertSink {
  readonly destroyed: boolean;
  readonly writableNeedDrain: boolean;
  readonly writableLength: number;
  write(text: string): unknown;
  end(): unknown;
  destroy(): unknown;
  on(event: "close" | "drain", listener: () => void): unknown;
  off(event: "close" | "drain", listener: () => void): unknown;
}

/** One reader of the stream. */
export class AlertStream {
  readonly #sink: AlertSink;
  readonly #tail: OutputTail;
  readonly #isWanted: (placed: PlacedOutput) => boolean | Promise<boolean>;
  readonly #limits: AlertStreamLimits;
  readonly #timers: HostTimers;
  #wake: (() => void) | null = null;
  /** Something was added since the last look. */
  #fresh = false;
  #closing = false;

  constructor(
    sink: AlertSink,
    tail: OutputTail,
    isWanted: (placed: PlacedOutput) => boolean | Promise<boolean>,
    limits: AlertStreamLimits = ALERT_STREAM_LIMITS,
    timers: HostTimers = hostTimers,
  ) {
    this.#sink = sink;
    this.#tail = tail;
    this.#isWanted = isWanted;
    this.#limits = limits;
    this.#timers = timers;
  }

  /** Writes what is behind `position`, and what comes, until the reader, the stall limit or `close` ends it. */
  async run(position: number): Promise<StreamEnd> {
    const wake = () => this.#wake?.();
    this.#sink.on("close", wake);
    this.#sink.on("drain", wake);
    const stop = this.#tail.onAdded(() => {
      this.#fresh = true;
      wake();
    });
    try {
      return await this.#pump(position);
    } finally {
      stop();
      this.#sink.off("close", wake);
      this.#sink.off("drain", wake);
    }
  }

  close(): void {
    this.#closing = true;
    this.#sink.end();
    this.#wake?.();
  }

  async #pump(from: number): Promise<StreamEnd> {
    let position = from;
    this.#sink.write("retry: 2000\n\n");
    while (!this.#sink.destroyed && !this.#closing) {
      this.#fresh = false;
      const outputs = await this.#tail.after(position, this.#limits.batch);
      if (this.#sink.destroyed || this.#closing) break;
      if (outputs.length === 0) {
        if (!this.#fresh && !(await this.#woken(this.#limits.aliveMs))) this.#sink.write(": alive\n\n");
      } else {
        position = outputs.at(-1)!.position;
        let text = "";
        for (const output of outputs) if (await this.#isWanted(output)) text += frame(output);
        if (this.#sink.destroyed || this.#closing) break;
        if (text !== "") this.#sink.write(text);
      }
      if (this.#sink.writableNeedDrain && !(await this.#drained())) {
        this.#sink.destroy();
        return "reader-too-slow";
      }
    }
    return this.#closing ? "server-closing" : "closed-by-reader";
  }

  /** Waits until the reader has taken all that was written; `false` if it takes nothing for too long. */
  async #drained(): Promise<boolean> {
    while (this.#sink.writableNeedDrain && !this.#sink.destroyed && !this.#closing) {
      const before = this.#sink.writableLength;
      if (await this.#woken(this.#limits.stallMs)) continue;
      // This process itself may have been busy for so long: let it look at its sockets before judging the reader.
      await new Promise<void>((resolve) => this.#timers.after(LOOK_MS, resolve));
      if (this.#sink.writableLength >= before) return false;
    }
    return true;
  }

  /** Waits for something to happen; `false` if nothing does for so long. */
  #woken(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (woken: boolean) => {
        endWaiting();
        this.#wake = null;
        resolve(woken);
      };
      const endWaiting = this.#timers.after(ms, () => end(false));
      this.#wake = () => end(true);
    });
  }
}

function frame(placed: PlacedOutput): string {
  return `id: ${placed.position}\nevent: ${placed.output.type}\ndata: ${placed.json}\n\n`;
}
