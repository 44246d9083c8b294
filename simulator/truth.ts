/**
 * What really goes wrong, for the scorer alone: no event carries any of it. A record is written when the trouble begins,
 * with the end that is planned for it, and with what should ring: as the world's physics and the law's limits have it,
 * whatever any detector does.
 */
import type { Level } from "../twin/events/fields.ts";
import { formatTime } from "../twin/kernel/time.ts";

/** One level that an alert of the trouble should reach. */
export interface Rung {
  readonly level: Level;
  /** Event time at which the condition has held long enough: not before, and not after; ms since epoch. */
  readonly earliest: number;
  readonly latest: number;
  /** `false` = so near to a limit that to ring and not to ring are both right. */
  readonly sure: boolean;
}

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
  /** What should ring, from the mildest on; none = it cannot. Absent = what is usual for the code (`usualRungs`). */
  readonly rungs?: readonly Rung[];
}

/** A record as a line of JSON, times in RFC 3339. */
export function truthLine(record: TruthRecord): string {
  const { rungs: _, ...facts } = record;
  const told = (time: number | null) => (time === null ? null : formatTime(time));
  const rungs = rungsOf(record).map((rung) => ({
    ...rung,
    earliest: told(rung.earliest),
    latest: told(rung.latest),
  }));
  return `${JSON.stringify({ ...facts, from: told(record.from), to: told(record.to), rungs })}\n`;
}

/** What should ring. */
export function rungsOf(record: TruthRecord): readonly Rung[] {
  return record.rungs ?? usualRungs(record);
}

/** Codes whose trouble is what it is from one moment on: the level that is certain, and by when. */
const AT_ONCE: Readonly<Record<string, { readonly level: Level; readonly withinMs: number }>> = {
  T08: { level: "L2", withinMs: 0 },
  D01: { level: "L4", withinMs: 0 },
  D02: { level: "L4", withinMs: 0 },
  D03: { level: "L2", withinMs: 0 },
  D04: { level: "L4", withinMs: 0 },
  D06: { level: "L4", withinMs: 0 },
  D07: { level: "L4", withinMs: 0 },
  D08: { level: "L3", withinMs: 0 },
  D10: { level: "L2", withinMs: 0 },
  S02: { level: "L4", withinMs: 0 },
  C01: { level: "L4", withinMs: 0 },
  W02: { level: "L3", withinMs: 0 },
  B01: { level: "L2", withinMs: 0 },
};
/** Codes whose trouble has to show itself first: some time from its beginning to its end. */
const MEANWHILE: Readonly<Record<string, Level>> = { T06: "L3", C03: "L4", W01: "L3", B02: "L3" };

function usualRungs({ code, from, to }: TruthRecord): Rung[] {
  const atOnce = AT_ONCE[code];
  if (atOnce !== undefined) {
    return [{ level: atOnce.level, earliest: from, latest: from + atOnce.withinMs, sure: true }];
  }
  const level = MEANWHILE[code];
  return level === undefined || to === null ? [] : [{ level, earliest: from, latest: to, sure: true }];
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
