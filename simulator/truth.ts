/**
 * What really goes wrong, for the scorer alone: no event carries any of it. A record is written when the trouble begins,
 * with the end that is planned for it.
 */
import { formatTime } from "../twin/kernel/time.ts";

export interface TruthRecord {
  /** The alert that the trouble should give rise to (DOMAIN §5.2); "" = none should. */
  readonly code: string;
  /** What was done: the kind of the incident, or the name of the process. */
  readonly cause: string;
  /** Kitchen id; `null` for what concerns an area. */
  readonly kitchen: string | null;
  /** Device id, `zone:…`, `lot:…`, `station:…` as in CONTRACT §4; `null` = the kitchen as a whole. */
  readonly asset: string | null;
  /** Event time, ms since epoch; `to` `null` = open end. */
  readonly from: number;
  readonly to: number | null;
}

/** A record as a line of JSON, times in RFC 3339. */
export function truthLine(record: TruthRecord): string {
  const to = record.to === null ? null : formatTime(record.to);
  return `${JSON.stringify({ ...record, from: formatTime(record.from), to })}\n`;
}

export class Truth {
  #records: TruthRecord[] = [];
  readonly #from: number;

  /** What was over before `from` is no concern of the run. */
  constructor(from: number) {
    this.#from = from;
  }

  add(record: TruthRecord): void {
    if (record.to === null || record.to >= this.#from) this.#records.push(record);
  }

  /** Everything recorded since the last call. */
  drain(): TruthRecord[] {
    const records = this.#records;
    this.#records = [];
    return records;
  }
}
