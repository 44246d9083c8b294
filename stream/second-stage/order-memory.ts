/**
 * What is known of delivery orders from sealing to hand-over, and which were handed over, so that an order counts once
 * however often its label is printed and scanned. Two spans of 12 h: an order is remembered for 12 to 24 h.
 */

import type { EventOf } from "../../twin/events/event.ts";
import { hours, parseTime } from "../../twin/kernel/time.ts";

const SPAN_MS = hours(12);

export type SealEvent = EventOf<"warmcity.order.sealed" | "warmcity.order.seal-scanned">;

/** What earlier scans told; `null` = not known. */
export interface OrderNote {
  /** ms since epoch. */
  readonly cookedAt: number | null;
  readonly rider: string | null;
  readonly station: string | null;
}

/** A note while it is under way; "done" once handed over. */
type Memory = OrderNote | "done";

export interface SavedOrders {
  readonly span: number;
  readonly recent: [string, Memory][];
  readonly older: [string, Memory][];
}

export class OrderMemory {
  /** Number of the span that `recent` belongs to. */
  #span: number;
  #recent: Map<string, Memory>;
  #older: Map<string, Memory>;

  constructor({ span, recent, older }: SavedOrders = { span: 0, recent: [], older: [] }) {
    this.#span = span;
    this.#recent = new Map(recent);
    this.#older = new Map(older);
  }

  /** An order is sealed, or scanned on its way. */
  note(event: SealEvent): void {
    this.#turn(event.time);
    const name = nameOf(event);
    const known = this.#get(name);
    if (known === "done") return;
    const { cookedAt, rider, station } = factsOf(event, known);
    if (cookedAt !== null || rider !== null || station !== null) {
      this.#recent.set(name, { cookedAt, rider, station });
    }
  }

  /** The order is handed over: what is known of it; `null` if it was handed over before. */
  handOver(event: SealEvent): OrderNote | null {
    this.#turn(event.time);
    const name = nameOf(event);
    const known = this.#get(name);
    if (known === "done") return null;
    this.#recent.set(name, "done");
    return factsOf(event, known);
  }

  #get(name: string): Memory | undefined {
    return this.#recent.get(name) ?? this.#older.get(name);
  }

  #turn(time: number): void {
    const span = Math.floor(time / SPAN_MS);
    if (span <= this.#span) return;
    this.#older = span === this.#span + 1 ? this.#recent : new Map();
    this.#recent = new Map();
    this.#span = span;
  }

  save(): SavedOrders {
    return { span: this.#span, recent: [...this.#recent], older: [...this.#older] };
  }
}

/** Platforms number their own orders; within a kitchen the numbers are taken for distinct. */
function nameOf({ kitchen, data }: SealEvent): string {
  return `${kitchen} ${data.order}`;
}

function factsOf({ data }: SealEvent, known: OrderNote | undefined): OrderNote {
  return {
    cookedAt: data.cookedAt == null ? (known?.cookedAt ?? null) : parseTime(data.cookedAt),
    rider: data.rider ?? known?.rider ?? null,
    station: data.station ?? known?.station ?? null,
  };
}
