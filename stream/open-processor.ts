/**
 * Opens a processor on its data directory: the newest snapshot that fits, then every record of the log after it. What
 * the crash cut between an input and its outputs is made again, because the same records give the same outputs.
 */
import type { City } from "../twin/city/city.ts";
import { ColumnsCodec } from "./door/columns-binary.ts";
import { Door } from "./door/door.ts";
import type { CityFold, SavedFold } from "./fold.ts";
import { foldOf } from "./fold-of.ts";
import type { HistoryStore } from "./history/history-store.ts";
import type { EventLog } from "./log/event-log.ts";
import { RECORD_KINDS } from "./log/record-kind.ts";
import { SNAPSHOT_VERSION, type SnapshotFiles } from "./log/snapshot-files.ts";
import type { Output } from "./output.ts";
import { addToHistory, columnsRecord, Processor } from "./processor.ts";

interface SavedProcessor {
  readonly fold: SavedFold;
  readonly rejected: number;
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
    readonly skippedSnapshots: readonly string[];
  };
}

const decoder = new TextDecoder();

export async function openProcessor(parts: {
  readonly city: City;
  readonly log: EventLog;
  readonly history: HistoryStore;
  readonly snapshots: SnapshotFiles;
}): Promise<Opened> {
  const { city, log, history, snapshots } = parts;
  const codec = new ColumnsCodec(city);
  const door = new Door(city);
  const fold = foldOf(city, { early: true });
  const processor = new Processor({ city, fold, log, history, codec });
  const { snapshot, skipped } = await snapshots.newest(log.next, codec.registryHash);
  if (snapshot !== null) takeUp(processor, fold, snapshot.state as SavedProcessor);
  const from = snapshot?.position ?? 0;
  const reader = new RecordReader(processor, door, codec, history);
  for await (const { kind, bytes, position } of log.read(Math.min(from, history.position))) {
    if (position < from) reader.remember(kind, bytes);
    else reader.read(kind, bytes, position);
  }
  const missing = reader.missingOutputs();
  for (const output of missing) processor.appendOutput(output);
  if (missing.length > 0) await processor.commit();
  const recovery = { from, records: log.next - from, remade: missing.length, skippedSnapshots: skipped };
  return { processor, codec, door, recovery };
}

function takeUp(processor: Processor, fold: CityFold, saved: SavedProcessor): void {
  fold.restore(saved.fold);
  processor.recount({ rejected: saved.rejected });
}

/** Writes a snapshot of what is durable now. */
export async function writeSnapshot(
  processor: Processor,
  codec: ColumnsCodec,
  files: SnapshotFiles,
): Promise<void> {
  const position = processor.log.next;
  const state: SavedProcessor = { fold: processor.fold.save(), rejected: processor.balance.rejected };
  const text = JSON.stringify({ version: SNAPSHOT_VERSION, registry: codec.registryHash, position, state });
  await processor.commit();
  await processor.history.flush(position);
  await files.writeText(position, text);
}

/** Folds the records of the log again, and finds which of their outputs the log lacks. */
class RecordReader {
  readonly #processor: Processor;
  readonly #door: Door;
  readonly #codec: ColumnsCodec;
  readonly #history: HistoryStore;
  readonly #made = new Map<string, Output>();

  constructor(processor: Processor, door: Door, codec: ColumnsCodec, history: HistoryStore) {
    this.#processor = processor;
    this.#door = door;
    this.#codec = codec;
    this.#history = history;
  }

  read(kind: number, bytes: Uint8Array, position: number): void {
    const { fold } = this.#processor;
    switch (kind) {
      case RECORD_KINDS.event: {
        for (const item of this.#door.line(bytes).admitted) {
          if (item.kind !== "event") continue;
          const event = { ...item.event, position };
          fold.event(event);
          addToHistory(this.#history, event);
        }
        break;
      }
      case RECORD_KINDS.columns:
        this.#columns(bytes, position);
        break;
      case RECORD_KINDS.tick: {
        const { time, ahead } = JSON.parse(decoder.decode(bytes));
        fold.tick(time, ahead);
        break;
      }
      case RECORD_KINDS.output:
        this.#made.delete(JSON.parse(decoder.decode(bytes)).id);
        return;
      case RECORD_KINDS.counts:
        this.#processor.recount(JSON.parse(decoder.decode(bytes)));
        return;
      case RECORD_KINDS.deadletter:
        this.#processor.recount({ rejected: JSON.parse(decoder.decode(bytes)).events });
        return;
      default:
        return;
    }
    for (const output of fold.take()) this.#made.set(output.id, output);
  }

  #columns(bytes: Uint8Array, position: number): void {
    const { receivedAt, message } = columnsRecord(bytes);
    const { attributes, columns } = this.#codec.decodeOwn(message);
    this.#processor.fold.columns({ columns, receivedAt, exercise: attributes.exercise === true, position });
    this.#history.add(columns);
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
