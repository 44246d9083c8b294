/** Records of the log as inputs of a fold, for whoever folds them again: shadows, forks. */
import type { City } from "../twin/city/city.ts";
import { parseTime } from "../twin/kernel/time.ts";
import { ColumnsCodec } from "./door/columns-binary.ts";
import { Door } from "./door/door.ts";
import type { CityFold } from "./fold.ts";
import type { LogRecord } from "./log/log-reader.ts";
import { columnsRecord, type Repeats } from "./processor.ts";
import { RECORD_KINDS } from "./record-kind.ts";

const decoder = new TextDecoder();

export class RecordInput {
  readonly #door: Door;
  readonly #codec: ColumnsCodec;

  constructor(city: City) {
    this.#door = new Door(city);
    this.#codec = new ColumnsCodec(city);
  }

  /** Folds a record; one that is no input (outputs, dead letters) changes nothing. */
  take(fold: CityFold, { kind, bytes, position }: LogRecord): void {
    switch (kind) {
      case RECORD_KINDS.event:
        for (const item of this.#door.line(bytes).admitted)
          if (item.kind === "event") fold.event({ ...item.event, position });
        break;
      case RECORD_KINDS.columns: {
        const { receivedAt, message } = columnsRecord(bytes);
        const { attributes, columns } = this.#codec.decodeOwn(message);
        fold.columns({ columns, receivedAt, exercise: attributes.exercise === true, position });
        break;
      }
      case RECORD_KINDS.tick: {
        const { time, ahead } = JSON.parse(decoder.decode(bytes));
        fold.tick(time, ahead);
        break;
      }
      case RECORD_KINDS.counts: {
        const { duplicates, time }: Repeats = JSON.parse(decoder.decode(bytes));
        fold.repeats(duplicates, time);
        break;
      }
      default:
        break;
    }
  }
}

/** When an input was received, or the time that a tick says, ms since epoch; `null` = it does not say. */
export function receiptOf({ kind, bytes }: LogRecord): number | null {
  switch (kind) {
    case RECORD_KINDS.tick:
      return JSON.parse(decoder.decode(bytes)).time;
    case RECORD_KINDS.columns:
      return columnsRecord(bytes).receivedAt;
    case RECORD_KINDS.event: {
      const { receivedtime } = JSON.parse(decoder.decode(bytes));
      return typeof receivedtime === "string" ? parseTime(receivedtime) : null;
    }
    default:
      return null;
  }
}
