/**
 * Opens a processor on its data directory: the newest snapshot that fits, then every record of the log after it. What
 * the crash cut between an input and its outputs is made again, because the same records give the same outputs.
 */
import type { City } from "../twin/city/city.ts";
import type { PolicyBook } from "../twin/policy/policy-book.ts";
import { ColumnsCodec } from "./door/columns-binary.ts";
import { Door } from "./door/door.ts";
import { foldOf, RULE_STAMPS } from "./fold-of.ts";
import type { HistoryStore } from "./history/history-store.ts";
import type { PastStore } from "./history/past-store.ts";
import type { EventLog } from "./log/event-log.ts";
import type { SnapshotFiles } from "./log/snapshot-files.ts";
import { type Output, readOutput } from "./output.ts";
import { addToHistory, columnsRecord, Processor, type ProcessorCounts, type Repeats } from "./processor.ts";
import { AlertIndex, type IndexedAlert } from "./projections/alert-index.ts";
import { RECORD_KINDS } from "./record-kind.ts";
import type { SavedFold } from "./saved-fold.ts";
import { SNAPSHOT_VERSION, type Snapshot } from "./snapshot.ts";

interface SavedProcessor {
  readonly fold: SavedFold;
  readonly counts: ProcessorCounts;
  readonly alerts: readonly IndexedAlert[];
}

/** The fold in a snapshot that fits (`SnapshotFiles.newest`). */
export function foldIn(snapshot: Snapshot): SavedFold {
  return (snapshot.state as SavedProcessor).fold;
}

export interface Opened {
  readonly processor: Processor;
  readonly codec: ColumnsCodec;
  readonly door: Door;
  readonly recovery: {
    /** First position read again; 0 = no snapshot. */
    readonly from: number;
    readonly records: number;
    /** Outputs that a crash had cut from the log and that were made again. */
    readonly remade: number;
    /** Outputs on the log that its records no longer give, as after a change of a rule. */
    readonly unexplained: number;
    readonly skippedSnapshots: readonly string[];
  };
}

const decoder = new TextDecoder();

export async function openProcessor(parts: {
  readonly city: City;
  readonly log: EventLog;
  readonly history: HistoryStore;
  readonly snapshots: SnapshotFiles;
  /** Default: `ordos-2026`. */
  readonly policies?: PolicyBook;
  /** Hears each tick again that is behind the snapshot; default: nobody keeps the past. */
  readonly past?: PastStore;
}): Promise<Opened> {
  const { city, log, history, snapshots, policies, past = null } = parts;
  const codec = new ColumnsCodec(city);
  const door = new Door(city);
  const fold = foldOf(city, { early: true, ...(policies === undefined ? {} : { policies }) });
  const { snapshot, skipped, hasOtherRules } = await snapshots.newest(
    log.next,
    codec.registryHash,
    RULE_STAMPS,
  );
  const saved = snapshot === null ? null : (snapshot.state as SavedProcessor);
  const alerts = new AlertIndex(saved?.alerts);
  const processor = new Processor({ city, fold, log, history, codec, alerts });
  if (saved !== null) {
    fold.restore(saved.fold);
    processor.recount(saved.counts);
  }
  const from = snapshot?.position ?? 0;
  const reader = new RecordReader(processor, door, codec, { history, past });
  for await (const { kind, bytes, position } of log.read(Math.min(from, history.position))) {
    if (position < from) reader.remember(kind, bytes);
    else reader.read(kind, bytes, position);
  }
  // Other rules may have found other things in days gone by: that is put down, but rings nobody now.
  const isPast = ({ type, time }: Output) =>
    hasOtherRules && type === "warmcity.notification.requested" && time < processor.fold.watermark;
  const missing = reader.missingOutputs().filter((output) => !isPast(output));
  for (const output of missing) processor.appendOutput(output);
  // Durable, but not let out before somebody listens: the first commit does that.
  await log.commit();
  const recovery = {
    from,
    records: log.next - from,
    remade: missing.length,
    unexplained: reader.unexplained,
    skippedSnapshots: skipped,
  };
  return { processor, codec, door, recovery };
}

/** Writes a snapshot of the processor as it stands, once all of it is durable. */
export async function writeSnapshot(
  processor: Processor,
  codec: ColumnsCodec,
  files: SnapshotFiles,
  past: PastStore | null = null,
): Promise<void> {
  const position = processor.log.next;
  const time = processor.fold.now;
  const fold = JSON.stringify(processor.fold.save());
  const counts = JSON.stringify(processor.saveCounts());
  await processor.commit();
  // Outputs become alerts when they are durable: by now all below the position are; a newer one is only read again.
  const alerts = JSON.stringify(processor.alerts.save());
  await processor.history.flush(position);
  await past?.flush();
  const state = `{"fold":${fold},"counts":${counts},"alerts":${alerts}}`;
  const head = JSON.stringify({
    version: SNAPSHOT_VERSION,
    registry: codec.registryHash,
    rules: RULE_STAMPS,
    position,
  });
  const text = `${head.slice(0, -1)},"state":${state}}`;
  await files.writeText(position, text);
  await past?.keepState({ time, position }, text);
}

/** Folds the records of the log again, and finds which of their outputs the log lacks. */
class RecordReader {
  readonly #processor: Processor;
  readonly #door: Door;
  readonly #codec: ColumnsCodec;
  readonly #history: HistoryStore;
  readonly #past: PastStore | null;
  readonly #made = new Map<string, Output>();
  unexplained = 0;

  constructor(
    processor: Processor,
    door: Door,
    codec: ColumnsCodec,
    into: { readonly history: HistoryStore; readonly past: PastStore | null },
  ) {
    this.#processor = processor;
    this.#door = door;
    this.#codec = codec;
    this.#history = into.history;
    this.#past = into.past;
  }

  read(kind: number, bytes: Uint8Array, position: number): void {
    switch (kind) {
      case RECORD_KINDS.event:
        this.#event(bytes, position);
        break;
      case RECORD_KINDS.columns:
        this.#columns(bytes, position);
        break;
      case RECORD_KINDS.tick: {
        const { time, ahead } = JSON.parse(decoder.decode(bytes));
        this.#processor.fold.tick(time, ahead);
        this.#past?.note(this.#processor.fold, position + 1, ahead);
        break;
      }
      case RECORD_KINDS.output:
        this.#output(bytes, position);
        return;
      case RECORD_KINDS.counts: {
        const { duplicates, time }: Repeats = JSON.parse(decoder.decode(bytes));
        this.#processor.fold.repeats(duplicates, time);
        this.#processor.recount({ received: duplicates, rejected: 0 });
        return;
      }
      case RECORD_KINDS.deadletter: {
        const { events } = JSON.parse(decoder.decode(bytes));
        this.#processor.recount({ received: events, rejected: events });
        return;
      }
      default:
        return;
    }
    for (const output of this.#processor.fold.take()) this.#made.set(output.id, output);
  }

  #event(bytes: Uint8Array, position: number): void {
    for (const item of this.#door.line(bytes).admitted) {
      if (item.kind !== "event") continue;
      const event = { ...item.event, position };
      this.#processor.fold.event(event);
      this.#processor.recount({ received: 1, rejected: 0 });
      addToHistory(this.#history, event);
    }
  }

  #columns(bytes: Uint8Array, position: number): void {
    const { receivedAt, message } = columnsRecord(bytes);
    const { attributes, columns } = this.#codec.decodeOwn(message);
    this.#processor.fold.columns({ columns, receivedAt, exercise: attributes.exercise === true, position });
    this.#processor.recount({ received: columns.value.length, rejected: 0 });
    this.#history.add(columns);
  }

  #output(bytes: Uint8Array, position: number): void {
    const output = readOutput(decoder.decode(bytes));
    this.#processor.alerts.hear(output, position);
    if (!this.#made.delete(output.id)) this.unexplained++;
  }

  /** A record that the snapshot holds, but the history does not. */
  remember(kind: number, bytes: Uint8Array): void {
    if (kind === RECORD_KINDS.columns)
      this.#history.add(this.#codec.decodeOwn(columnsRecord(bytes).message).columns);
    if (kind !== RECORD_KINDS.event) return;
    for (const item of this.#door.line(bytes).admitted) {
      if (item.kind === "event") addToHistory(this.#history, item.event);
    }
  }

  /** In the order in which they were made. */
  missingOutputs(): Output[] {
    return [...this.#made.values()];
  }
}
