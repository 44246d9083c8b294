/**
 * Kitchen states to viewers over WebSocket (`stream/wire.ts` says how they are written). What changed in a tick is encoded
 * once and shared by all readers. A reader that does not keep up gets no queue: what it missed is remembered as a set of
 * kitchens, and when it takes data again it is told so and gets their newest values.
 */
import type { WebSocket } from "ws";
import type { CityPort } from "../server/city-port.ts";
import { encodeStateFrame, type FeedMessage } from "../wire.ts";

export interface StateFeedLimits {
  /** Changes are gathered for so long before they are sent. */
  readonly tickMs: number;
  readonly totalsEveryMs: number;
  /** A reader with more bytes than this waiting is skipped until they are gone. */
  readonly waitingBytesMax: number;
  /** A reader that is skipped for so long without a break is disconnected. */
  readonly stallMs: number;
}

export const STATE_FEED_LIMITS: StateFeedLimits = {
  tickMs: 100,
  totalsEveryMs: 1_000,
  waitingBytesMax: 256 * 1_024,
  stallMs: 60_000,
};

interface Reader {
  readonly socket: WebSocket;
  /** Kitchens whose newest state this reader has not been sent; `null` = it keeps up. */
  missed: Set<number> | null;
  skipped: number;
  ticksSkipped: number;
}

export class StateFeed {
  readonly #port: CityPort;
  readonly #limits: StateFeedLimits;
  readonly #readers = new Set<Reader>();
  readonly #changed = new Set<number>();
  readonly #stop: () => void;
  #timer: ReturnType<typeof setInterval> | null = null;
  #ticks = 0;
  /** For the metrics. */
  readonly counts = { frames: 0, skipped: 0, tooSlow: 0 };

  constructor(port: CityPort, limits: StateFeedLimits = STATE_FEED_LIMITS) {
    this.#port = port;
    this.#limits = limits;
    this.#stop = port.onStates((changed) => {
      if (this.#readers.size === 0) return;
      for (const kitchen of changed) this.#changed.add(kitchen);
    });
  }

  get readers(): number {
    return this.#readers.size;
  }

  /** Sends hello, the whole city and its totals, then what changes, until the socket closes. */
  add(socket: WebSocket): void {
    const reader: Reader = { socket, missed: null, skipped: 0, ticksSkipped: 0 };
    const { time, position, states, flags } = this.#port.kitchenStates();
    tell(socket, { kind: "hello", position, time, kitchens: states.length });
    socket.send(encodeStateFrame({ kind: "snapshot", time, position, indices: null, states, flags }));
    tell(socket, { kind: "totals", totals: this.#port.totals() });
    this.#readers.add(reader);
    socket.on("close", () => this.#remove(reader));
    socket.on("error", () => socket.terminate());
    this.#timer ??= setInterval(() => this.#tick(), this.#limits.tickMs);
  }

  close(): void {
    this.#stop();
    for (const { socket } of this.#readers) socket.close(1001, "the server closes");
    this.#readers.clear();
    this.#rest();
  }

  #remove(reader: Reader): void {
    this.#readers.delete(reader);
    if (this.#readers.size === 0) this.#rest();
  }

  #rest(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#changed.clear();
  }

  #tick(): void {
    this.#ticks++;
    const changed = [...this.#changed];
    this.#changed.clear();
    const shared = changed.length === 0 ? null : this.#delta(changed);
    const totalsDue = (this.#ticks * this.#limits.tickMs) % this.#limits.totalsEveryMs < this.#limits.tickMs;
    const totals = totalsDue ? JSON.stringify({ kind: "totals", totals: this.#port.totals() }) : null;
    for (const reader of this.#readers) {
      if (reader.socket.bufferedAmount > this.#limits.waitingBytesMax) this.#skip(reader, changed);
      else {
        if (reader.missed !== null) this.#catchUp(reader, changed);
        else if (shared !== null) reader.socket.send(shared);
        if (shared !== null) this.counts.frames++;
        if (totals !== null) reader.socket.send(totals);
      }
    }
  }

  #skip(reader: Reader, changed: readonly number[]): void {
    reader.missed ??= new Set();
    for (const kitchen of changed) reader.missed.add(kitchen);
    if (changed.length > 0) {
      reader.skipped++;
      this.counts.skipped++;
    }
    reader.ticksSkipped++;
    if (reader.ticksSkipped * this.#limits.tickMs > this.#limits.stallMs) {
      this.counts.tooSlow++;
      reader.socket.terminate();
    }
  }

  /** The reader takes data again: it learns that it was skipped, then the newest state of all that it missed. */
  #catchUp(reader: Reader, changed: readonly number[]): void {
    const missed = reader.missed ?? new Set();
    for (const kitchen of changed) missed.add(kitchen);
    if (reader.skipped > 0) tell(reader.socket, { kind: "skipped", frames: reader.skipped });
    if (missed.size > 0) reader.socket.send(this.#delta([...missed]));
    reader.missed = null;
    reader.skipped = 0;
    reader.ticksSkipped = 0;
  }

  #delta(kitchens: readonly number[]): Uint8Array {
    const { time, position, states, flags } = this.#port.kitchenStates();
    return encodeStateFrame({
      kind: "delta",
      time,
      position,
      indices: Uint16Array.from(kitchens),
      states: Uint8Array.from(kitchens, (kitchen) => states[kitchen]!),
      flags: Uint8Array.from(kitchens, (kitchen) => flags[kitchen]!),
    });
  }
}

function tell(socket: WebSocket, message: FeedMessage): void {
  socket.send(JSON.stringify(message));
}
