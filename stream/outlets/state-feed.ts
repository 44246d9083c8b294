/**
 * Kitchen states to viewers over WebSocket (`stream/wire.ts` says how they are written). What changed in a tick is encoded
 * once and shared by all readers. A reader that does not keep up gets no queue: what it missed is remembered as a set of
 * kitchens, and when it takes data again it is told so and gets their newest values.
 */
import type { WebSocket } from "ws";
import { areaText, type Principal } from "../../twin/authority/principal.ts";
import { seesAll, seesKitchen } from "../../twin/authority/sight.ts";
import type { CityPort } from "../server/city-port.ts";
import { encodeStateFrame, type FeedMessage, MAP_STATES } from "../wire.ts";

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

/** What a kitchen outside a reader's area shows: nothing is known of it. */
const UNSEEN = MAP_STATES.indexOf("never");

interface Reader {
  readonly socket: WebSocket;
  readonly principal: Principal;
  /** Kitchens it may see (1), in registry order; `null` = all. */
  readonly seen: Uint8Array | null;
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
  add(socket: WebSocket, principal: Principal): void {
    const seen = this.#seenBy(principal);
    const reader: Reader = { socket, principal, seen, missed: null, skipped: 0, ticksSkipped: 0 };
    const { time, position, states, flags } = this.#port.kitchenStates();
    tell(socket, { kind: "hello", position, time, kitchens: states.length });
    socket.send(
      encodeStateFrame({
        kind: "snapshot",
        time,
        position,
        indices: null,
        states:
          seen === null ? states : states.map((state, kitchen) => (seen[kitchen] === 1 ? state : UNSEEN)),
        flags: seen === null ? flags : flags.map((flag, kitchen) => (seen[kitchen] === 1 ? flag : 0)),
      }),
    );
    tell(socket, { kind: "totals", totals: this.#port.totals(principal) });
    this.#readers.add(reader);
    socket.on("close", () => this.#remove(reader));
    socket.on("error", () => socket.terminate());
    this.#timer ??= setInterval(() => this.#tick(), this.#limits.tickMs);
  }

  #seenBy(principal: Principal): Uint8Array | null {
    if (seesAll(principal)) return null;
    const { city } = this.#port;
    return Uint8Array.from(city.kitchens, (_, index) => (seesKitchen(principal, city, index) ? 1 : 0));
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
    const totals = new Map<string, string>();
    for (const reader of this.#readers) {
      if (reader.socket.bufferedAmount > this.#limits.waitingBytesMax) this.#skip(reader, changed);
      else {
        if (reader.missed !== null) this.#catchUp(reader, changed);
        else if (shared !== null && reader.seen === null) reader.socket.send(shared);
        else if (shared !== null) this.#sendSeen(reader, changed);
        if (shared !== null) this.counts.frames++;
        if (totalsDue) reader.socket.send(this.#totalsFor(reader.principal, totals));
      }
    }
  }

  /** Made once a tick for all readers of one role and area. */
  #totalsFor(principal: Principal, made: Map<string, string>): string {
    const key = `${principal.role} ${areaText(principal.area)}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const text = JSON.stringify({ kind: "totals", totals: this.#port.totals(principal) });
    made.set(key, text);
    return text;
  }

  #sendSeen({ socket, seen }: Reader, kitchens: readonly number[]): void {
    const visible = seen === null ? kitchens : kitchens.filter((kitchen) => seen[kitchen] === 1);
    if (visible.length > 0) socket.send(this.#delta(visible));
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
    this.#sendSeen(reader, [...missed]);
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
