/**
 * The processor: one thread that takes what the door admitted, decides its identity, folds it, appends it and what came
 * of it to the log, and lets nothing out before that is durable. One synchronous turn puts an input and all of its
 * outputs into one block of the log, so after a crash either all of them are there or none.
 */
import type { City } from "../twin/city/city.ts";
import type { CityEvent } from "../twin/events/event.ts";
import { formatTime } from "../twin/kernel/time.ts";
import type { Admitted, Intake, Refused, UnplacedEvent } from "./door/admission.ts";
import { eventsIn } from "./door/admission.ts";
import type { ColumnsCodec } from "./door/columns-binary.ts";
import type { CityFold } from "./fold.ts";
import type { HistoryStore } from "./history/history-store.ts";
import type { EventLog } from "./log/event-log.ts";
import { cloudEventOf, type Output } from "./output.ts";
import { RECORD_KINDS } from "./record-kind.ts";

/** An output that is durable at its log position. */
export interface Published {
  readonly position: number;
  readonly output: Output;
  /** The CloudEvent as it stands on the log. */
  readonly json: string;
}

export interface IngestResult {
  readonly accepted: number;
  readonly duplicates: number;
}

export interface ProcessorCounts {
  received: number;
  rejected: number;
}

const encoder = new TextEncoder();

export class Processor {
  readonly city: City;
  readonly fold: CityFold;
  readonly log: EventLog;
  readonly history: HistoryStore;
  readonly #codec: ColumnsCodec;
  readonly #listeners = new Set<(published: readonly Published[]) => void>();
  #unpublished: Published[] = [];
  /** Repeats that were not put on the log. */
  #repeats = 0;
  #rejected = 0;

  constructor(parts: {
    city: City;
    fold: CityFold;
    log: EventLog;
    history: HistoryStore;
    codec: ColumnsCodec;
  }) {
    this.city = parts.city;
    this.fold = parts.fold;
    this.log = parts.log;
    this.history = parts.history;
    this.#codec = parts.codec;
  }

  /** received = accepted + duplicates + rejected, and accepted = processed + late + quarantined, at a log position. */
  get balance() {
    const { accepted, late, quarantined } = this.fold.counts;
    const duplicates = this.fold.counts.duplicates;
    return {
      position: this.log.next,
      received: accepted + duplicates + this.#rejected,
      accepted,
      duplicates,
      rejected: this.#rejected,
      processed: accepted - late - quarantined,
      late,
      quarantined,
    };
  }

  /** Hears every output once it is durable, in the order of the log. Returns how to stop. */
  subscribe(listener: (published: readonly Published[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes one message's intake; resolves when all of it is durable. Rejects with a LogError if it cannot be. */
  async ingest(intake: Pick<Intake, "admitted" | "refused">, receivedAt: number): Promise<IngestResult> {
    const result = this.take(intake, receivedAt);
    await this.commit();
    return result;
  }

  /** The synchronous half of `ingest`: nothing of it may be acknowledged before `commit` has resolved. */
  take(intake: Pick<Intake, "admitted" | "refused">, receivedAt: number): IngestResult {
    let accepted = 0;
    let duplicates = 0;
    for (const item of intake.admitted) {
      const repeats = item.kind === "event" ? this.#event(item) : this.#columns(item);
      accepted += eventsIn(item) - repeats;
      duplicates += repeats;
    }
    for (const refused of intake.refused) this.#refuse(refused, receivedAt);
    if (this.#repeats > 0) {
      this.#appendJson(RECORD_KINDS.counts, { duplicates: this.#repeats });
      this.#repeats = 0;
    }
    return { accepted, duplicates };
  }

  /** Makes what was taken durable, then lets its outputs out. */
  async commit(): Promise<void> {
    const upTo = this.#unpublished.length;
    await this.log.commit();
    if (upTo > 0) this.#publish();
  }

  /** Returns how many repeats it held: 0 or 1. */
  #event(item: Admitted & { kind: "event" }): number {
    const event: CityEvent = { ...item.event, position: this.log.next };
    if (!this.fold.event(event)) {
      this.#repeats++;
      return 1;
    }
    this.log.append(RECORD_KINDS.event, encoder.encode(item.json));
    addToHistory(this.history, event);
    this.#appendOutputs();
    return 0;
  }

  #columns(item: Admitted & { kind: "columns" }): number {
    const { columns, receivedAt, exercise, source, id, encoded } = item;
    const counts = this.fold.columns({ columns, receivedAt, exercise, position: this.log.next });
    if (counts.accepted === 0) {
      this.#repeats += counts.duplicates;
      return counts.duplicates;
    }
    const bytes = encoded ?? this.#codec.encode(columns, { source, id, exercise }, "ordinals");
    this.log.append(RECORD_KINDS.columns, withReceipt(receivedAt, bytes));
    this.history.add(columns);
    this.#appendOutputs();
    return counts.duplicates;
  }

  #refuse(refused: Refused, receivedAt: number): void {
    this.#rejected += refused.events;
    const time = formatTime(receivedAt);
    this.#appendJson(RECORD_KINDS.deadletter, {
      time,
      events: refused.events,
      reasons: refused.faults.slice(0, 100),
      payload: refused.payload,
    });
  }

  /** The host says that it is `time`; goes onto the log, so that a replay needs no clock. `ahead`: see `CityFold.tick`. */
  tick(time: number, ahead: boolean): void {
    this.fold.tick(time, ahead);
    this.#appendJson(RECORD_KINDS.tick, { time, ahead });
    this.#appendOutputs();
  }

  #appendOutputs(): void {
    for (const output of this.fold.take()) this.appendOutput(output);
  }

  /** Puts an output on the log; it goes out once it is durable. */
  appendOutput(output: Output): void {
    const json = JSON.stringify(cloudEventOf(output));
    const position = this.log.append(RECORD_KINDS.output, encoder.encode(json));
    this.#unpublished.push({ position, output, json });
  }

  #appendJson(kind: number, value: object): void {
    this.log.append(kind, encoder.encode(JSON.stringify(value)));
  }

  #publish(): void {
    const { durable } = this.log;
    let count = 0;
    while (count < this.#unpublished.length && this.#unpublished[count]!.position < durable) count++;
    if (count === 0) return;
    const published = this.#unpublished.splice(0, count);
    for (const listener of this.#listeners) listener(published);
  }

  /** Counts that a recovery reads from the log. */
  recount(counts: { rejected?: number; duplicates?: number }): void {
    this.#rejected += counts.rejected ?? 0;
    this.fold.countRepeats(counts.duplicates ?? 0);
  }

  saveCounts(): { rejected: number } {
    return { rejected: this.#rejected };
  }
}

/** Columns as the log keeps them: f64 receipt (NaN = not known), little-endian, then the message (columns-binary.ts). */
function withReceipt(receivedAt: number | null, message: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + message.length);
  new DataView(bytes.buffer).setFloat64(0, receivedAt ?? Number.NaN, true);
  bytes.set(message, 8);
  return bytes;
}

/** Reads what `withReceipt` wrote. */
export function columnsRecord(bytes: Uint8Array): { receivedAt: number | null; message: Uint8Array } {
  const receivedAt = new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true);
  return { receivedAt: Number.isNaN(receivedAt) ? null : receivedAt, message: bytes.subarray(8) };
}

/** A single reading belongs to the history like those in columns. */
export function addToHistory(history: HistoryStore, event: UnplacedEvent): void {
  if (event.type === "warmcity.reading" && event.device >= 0) {
    history.addReading(event.device, event.time, event.data.value);
  }
}
