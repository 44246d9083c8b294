/**
 * A reader of `/v1/alerts/stream` as a browser is one: it comes back with the last id that it has seen. Its connection takes
 * what it can, breaks when it is cut or its process dies, and what was on the way is lost.
 */
import { LogError } from "../../stream/log/log-error.ts";
import { type AlertSink, AlertStream, alertIn } from "../../stream/outlets/alert-stream.ts";
import type { Host } from "./host.ts";
import type { Around } from "./producer.ts";

const LIMITS = { batch: 16, stallMs: 4_000, aliveMs: 15_000 };
const BUFFER_BYTES = 8 * 1024;
const LOOK_MS = 300;

export interface Heard {
  readonly position: number;
  /** Id of the CloudEvent. */
  readonly id: string;
}

export class Reader {
  readonly heard: Heard[] = [];
  /** It takes nothing. */
  isStalled = false;
  readonly #around: Around;
  readonly #name: string;
  readonly #back: number;
  #line: Line | null = null;

  /** `back`: by so many positions its connection comes back too early; planted in a canary, else 0. */
  constructor(around: Around, name: string, back = 0) {
    this.#around = around;
    this.#name = name;
    this.#back = back;
    this.#look();
  }

  /** Position of the newest output that it has heard; -1 = none. */
  get last(): number {
    return this.heard.at(-1)?.position ?? -1;
  }

  cut(): void {
    this.#line?.destroy();
  }

  #look(): void {
    this.#around.scheduler.after(LOOK_MS, () => this.#look());
    if (this.#line?.host.isAlive === false) this.#line.destroy();
    if (this.#line?.destroyed === false) {
      this.#line.isStalled = this.isStalled;
      return;
    }
    this.#around.network.carry(this.#name, () => this.#connect());
  }

  #connect(): void {
    const host = this.#around.reach();
    if (host?.state !== "ready" || this.#line?.destroyed === false) return;
    const line = new Line(this.#around, host, (frame) => this.#take(frame));
    line.isStalled = this.isStalled;
    this.#line = line;
    const stream = new AlertStream(
      line,
      host.tail,
      (placed) => alertIn(placed) !== null,
      LIMITS,
      host.timers,
    );
    stream
      .run(this.last - (this.last < 0 ? 0 : this.#back))
      .catch((error: unknown) => {
        // The log was closed, or opened anew, under it: its end is all that the reader sees of that.
        if (error instanceof LogError && error.code === "damaged")
          this.#around.complain(`the stream of ${this.#name} failed: ${error.message}`);
      })
      .finally(() => line.destroy());
  }

  #take(frame: string): void {
    const [, position, data] = /^id: (\d+)\nevent: .*\ndata: (.*)$/.exec(frame) ?? [];
    if (position !== undefined && data !== undefined)
      this.heard.push({ position: Number(position), id: JSON.parse(data).id });
  }
}

/** One connection: what is written waits until the network has taken it. */
class Line implements AlertSink {
  readonly host: Host;
  destroyed = false;
  isStalled = false;
  readonly #around: Around;
  readonly #take: (frame: string) => void;
  readonly #listeners = new Map<string, Set<() => void>>();
  #waiting: string[] = [];
  #text = "";
  #needsDrain = false;
  #isMoving = false;

  constructor(around: Around, host: Host, take: (frame: string) => void) {
    this.#around = around;
    this.host = host;
    this.#take = take;
  }

  get writableLength(): number {
    return this.#waiting.reduce((sum, text) => sum + text.length, 0);
  }

  get writableNeedDrain(): boolean {
    return this.#needsDrain;
  }

  write(text: string): void {
    if (this.destroyed) return;
    this.#waiting.push(text);
    if (this.writableLength >= BUFFER_BYTES) this.#needsDrain = true;
    this.#move();
  }

  end(): void {
    this.destroy();
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.#tell("close");
  }

  on(event: "close" | "drain", listener: () => void): void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
  }

  off(event: "close" | "drain", listener: () => void): void {
    this.#listeners.get(event)?.delete(listener);
  }

  #move(): void {
    if (this.#isMoving) return;
    this.#isMoving = true;
    this.#around.scheduler.after(this.#around.random.between(0.5, 20), () => {
      this.#isMoving = false;
      if (this.destroyed || !this.host.isAlive) return;
      if (!this.isStalled) this.#arrive(this.#waiting.shift() ?? "");
      if (this.#waiting.length > 0) this.#move();
      else if (this.#needsDrain) {
        this.#needsDrain = false;
        this.#tell("drain");
      }
    });
  }

  #arrive(text: string): void {
    const frames = `${this.#text}${text}`.split("\n\n");
    this.#text = frames.pop() ?? "";
    for (const frame of frames) this.#take(frame);
  }

  #tell(event: "close" | "drain"): void {
    for (const listener of this.#listeners.get(event) ?? []) listener();
  }
}
