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
import { processedOf } from "./fold-counts.ts";
import type { HistoryStore } from "./history/history-store.ts";
import type { EventLog } from "./log/event-log.ts";
import { cloudEventOf, type Output } from "./output.ts";
import type { AlertIndex } from "./projections/alert-index.ts";
import { RECORD_KINDS } from "./record-kind.ts";
import { TextBytes } from "./text-bytes.ts";

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

/** What a processor counts besides the fold. */
export interface ProcessorCounts {
  received: number;
  rejected: number;
}

/** A `counts` record: repeats that left no other record, and the receipt of the last of them, ms since epoch. */
export interface Repeats {
  duplicates: number;
  time: number | null;
}

export class Processor {
  readonly city: City;
  readonly fold: CityFold;
  readonly log: EventLog;
  readonly history: HistoryStore;
  readonly #codec: ColumnsCodec;
  readonly #bytes = new TextBytes();
  readonly #listeners = new Set<(published: readonly Published[]) => void>();
  /** Alerts by id, as the durable outputs tell them. */
  readonly alerts: AlertIndex;
  #unpublished: Published[] = [];
  #repeats: Repeats = { duplicates: 0, time: null };
  #ruleFaults = 0;
  readonly #counts: ProcessorCounts = { received: 0, rejected: 0 };

  constructor(parts: {
    city: City;
    fold: CityFold;
    log: EventLog;
    history: HistoryStore;
    codec: ColumnsCodec;
    alerts: AlertIndex;
  }) {
    this.city = parts.city;
    this.fold = parts.fold;
    this.log = parts.log;
    this.history = parts.history;
    this.alerts = parts.alerts;
    this.#codec = parts.codec;
  }

  /** received = accepted + duplicates + rejected, and accepted = processed + late + quarantined, at a log position. */
  get balance() {
    const { accepted, duplicates, late, quarantined } = this.fold.counts;
    const { received, rejected } = this.#counts;
    const processed = processedOf(this.fold.counts);
    return {
      position: this.log.next,
      received,
      accepted,
      duplicates,
      rejected,
      processed,
      late,
      quarantined,
    };
  }

  /** How often a rule has thrown since the start; its fault is on the log, and the stream went on. */
  get ruleFaults(): number {
    return this.#ruleFaults;
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
      this.#counts.received += eventsIn(item);
      accepted += eventsIn(item) - repeats;
      duplicates += repeats;
    }
    for (const refused of intake.refused) this.#refuse(refused, receivedAt);
    if (this.#repeats.duplicates > 0) this.#appendJson(RECORD_KINDS.counts, this.#repeats);
    this.#repeats = { duplicates: 0, time: null };
    return { accepted, duplicates };
  }

  /** Makes what was taken durable, then lets its outputs out. */
  async commit(): Promise<void> {
    await this.log.commit();
    this.publish();
  }

  /** Returns how many repeats it held: 0 or 1. */
  #event(item: Admitted & { kind: "event" }): number {
    // The intake is used once: its event gets its place, and is not copied for it.
    const event: CityEvent = Object.assign(item.event, { position: this.log.next });
    if (!this.fold.event(event)) {
      this.#repeat(1, event.receivedAt);
      return 1;
    }
    this.log.append(RECORD_KINDS.event, this.#bytes.of(item.json));
    addToHistory(this.history, event);
    this.#appendOutputs();
    return 0;
  }

  #columns(item: Admitted & { kind: "columns" }): number {
    const { columns, receivedAt, exercise, source, id, encoded } = item;
    const counts = this.fold.columns({ columns, receivedAt, exercise, position: this.log.next });
    if (counts.accepted === 0) {
      this.#repeat(counts.duplicates, receivedAt);
      return counts.duplicates;
    }
    // By name: a registry that has grown since must still be able to read them.
    const bytes = encoded ?? this.#codec.encode(columns, { source, id, exercise }, "names");
    this.log.append(RECORD_KINDS.columns, withReceipt(receivedAt, bytes));
    this.history.add(columns);
    this.#appendOutputs();
    return counts.duplicates;
  }

  #repeat(duplicates: number, receivedAt: number | null): void {
    this.#repeats.duplicates += duplicates;
    if (receivedAt !== null) this.#repeats.time = Math.max(receivedAt, this.#repeats.time ?? receivedAt);
  }

  #refuse(refused: Refused, receivedAt: number): void {
    this.#counts.received += refused.events;
    this.#counts.rejected += refused.events;
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
    const position = this.log.append(RECORD_KINDS.output, this.#bytes.of(json));
    this.#unpublished.push({ position, output, json });
  }

  #appendJson(kind: number, value: object): void {
    this.log.append(kind, this.#bytes.of(JSON.stringify(value)));
  }

  /** Lets out what is durable and has not gone out yet: also after a failure, before this processor is given up. */
  publish(): void {
    const { durable } = this.log;
    let count = 0;
    while (count < this.#unpublished.length && this.#unpublished[count]!.position < durable) count++;
    if (count === 0) return;
    const published = this.#unpublished.splice(0, count);
    for (const { output, position } of published) {
      this.alerts.hear(output, position);
      if (output.type === "warmcity.deadletter") this.#ruleFaults++;
    }
    for (const listener of this.#listeners) listener(published);
  }

  /** Counts that a recovery takes from a snapshot or reads from the log. */
  recount(counts: ProcessorCounts): void {
    this.#counts.received += counts.received;
    this.#counts.rejected += counts.rejected;
  }

  saveCounts(): ProcessorCounts {
    return { ...this.#counts };
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
