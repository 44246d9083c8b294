/**
 * Folds a file of events in virtual time (CONTRACT §8): lines stand in order of arrival, the clock is the newest
 * receipt (else event time) so far, and only what is settled goes out. Lines are first put into one canonical order of
 * receipt, so that copies shuffled within the lateness fold alike, byte for byte.
 */
import type { Columns } from "../twin/events/columns.ts";
import { unknownYears } from "../twin/kernel/calendar.ts";
import type { Fault } from "../twin/kernel/fault.ts";
import { shanghaiDay } from "../twin/kernel/time.ts";
import { spanOf } from "./columns-span.ts";
import { type Admitted, eventsIn, type Intake } from "./door/admission.ts";
import type { CityFold } from "./fold.ts";
import { processedOf } from "./fold-counts.ts";
import { LATENESS_MS } from "./order/receipt-clock.ts";
import type { Output } from "./output.ts";

/** Lines are released in steps of this much, so that sorting stays cheap. */
const RELEASE_STEP_MS = 30_000;

interface Arrived {
  /** Receipt, else event time: the place in the canonical order. */
  readonly key: number;
  readonly item: Admitted;
  /** Event times before this were late when the line came, ms since epoch. */
  readonly lateBefore: number;
  readonly line: number;
}

export interface DeadLine {
  readonly line: number;
  readonly reasons: readonly Fault[];
  readonly payload: string;
}

export interface ReplaySummary {
  readonly received: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly processed: number;
  readonly late: number;
  readonly quarantined: number;
  /** Events after `--until`, which were not read. */
  readonly afterEnd: number;
  /** Years of the file whose public holidays are not published here: working days of theirs may be wrong. */
  readonly unknownHolidays: readonly number[];
}

export class Replay {
  readonly #fold: CityFold;
  readonly #until: number;
  #clock = Number.NEGATIVE_INFINITY;
  #newest = Number.NEGATIVE_INFINITY;
  #oldest = Number.POSITIVE_INFINITY;
  #waiting: Arrived[] = [];
  #releasedTo = Number.NEGATIVE_INFINITY;
  #received = 0;
  #rejected = 0;
  #afterEnd = 0;
  readonly deadLetters: DeadLine[] = [];
  /** Dead letters beyond this many are only counted. */
  static readonly DEAD_LETTERS_MAX = 10_000;

  /** `until`: event time after which nothing is read, ms since epoch; Infinity = the newest event. */
  constructor(fold: CityFold, until: number) {
    this.#fold = fold;
    this.#until = until;
  }

  /** Takes what the door made of a line. */
  line(number: number, intake: Intake): void {
    for (const refused of intake.refused) {
      this.#received += refused.events;
      this.#rejected += refused.events;
      if (this.deadLetters.length < Replay.DEAD_LETTERS_MAX) {
        this.deadLetters.push({ line: number, reasons: refused.faults, payload: refused.payload });
      }
    }
    for (const item of intake.admitted) this.#arrive(number, item);
    if (this.#clock - LATENESS_MS >= this.#releasedTo + RELEASE_STEP_MS)
      this.#release(this.#clock - LATENESS_MS);
  }

  #arrive(line: number, whole: Admitted): void {
    const item = this.#cut(whole);
    if (item === null) return;
    const { oldest, newest } =
      item.kind === "event" ? { oldest: item.event.time, newest: item.event.time } : spanOf(item.columns);
    const receivedAt = item.kind === "event" ? item.event.receivedAt : item.receivedAt;
    this.#received += eventsIn(item);
    this.#oldest = Math.min(this.#oldest, oldest);
    // A clock that runs ahead does not move the end: time never goes beyond the receipt.
    this.#newest = Math.max(this.#newest, Math.min(newest, receivedAt ?? newest));
    this.#clock = Math.max(this.#clock, receivedAt ?? newest);
    const bound = receivedAt === null ? this.#clock : Math.max(receivedAt, this.#clock - LATENESS_MS);
    this.#waiting.push({ key: receivedAt ?? newest, item, lateBefore: bound - LATENESS_MS, line });
  }

  /** Leaves out what lies after the end. */
  #cut(item: Admitted): Admitted | null {
    if (this.#until === Number.POSITIVE_INFINITY) return item;
    if (item.kind === "event") {
      if (item.event.time <= this.#until) return item;
      this.#afterEnd++;
      return null;
    }
    const kept = item.columns.dtMs.map((dt) => (item.columns.base + dt <= this.#until ? 1 : 0));
    const count = kept.reduce((sum, keep) => sum + keep, 0);
    this.#afterEnd += kept.length - count;
    if (count === 0) return null;
    return count === kept.length ? item : { ...item, columns: filterColumns(item.columns, kept, count) };
  }

  #release(upTo: number): void {
    const due = this.#waiting.filter((arrived) => arrived.key <= upTo);
    this.#waiting = this.#waiting.filter((arrived) => arrived.key > upTo);
    this.#releasedTo = upTo;
    for (const { item, lateBefore, line } of due.sort(inCanonicalOrder)) {
      if (item.kind === "event") {
        this.#fold.event({ ...item.event, position: line }, lateBefore);
      } else {
        const { columns, receivedAt, exercise } = item;
        this.#fold.columns({ columns, receivedAt, exercise, position: line }, lateBefore);
      }
    }
  }

  /** Outputs settled so far and not yet taken. */
  take(): Output[] {
    return this.#fold.take();
  }

  /** The end of the file: everything is folded up to the end. Returns that moment; -Infinity if no line was usable. */
  finish(): number {
    this.#release(Number.POSITIVE_INFINITY);
    const end = this.#until === Number.POSITIVE_INFINITY ? this.#newest : this.#until;
    if (this.#newest !== Number.NEGATIVE_INFINITY) this.#fold.finish(end);
    return end;
  }

  summary(): ReplaySummary {
    const { accepted, duplicates, late, quarantined } = this.#fold.counts;
    return {
      received: this.#received,
      accepted,
      duplicates,
      rejected: this.#rejected,
      processed: processedOf(this.#fold.counts),
      late,
      quarantined,
      afterEnd: this.#afterEnd,
      unknownHolidays:
        this.#oldest > this.#newest ? [] : unknownYears(shanghaiDay(this.#oldest), shanghaiDay(this.#newest)),
    };
  }
}

function filterColumns(columns: Columns, kept: Int32Array, count: number): Columns {
  const device = new Uint32Array(count);
  const sequence = new Float64Array(count);
  const dtMs = new Int32Array(count);
  const value = new Float64Array(count);
  let at = 0;
  for (let i = 0; i < kept.length; i++) {
    if (kept[i] === 0) continue;
    device[at] = columns.device[i]!;
    sequence[at] = columns.sequence[i]!;
    dtMs[at] = columns.dtMs[i]!;
    value[at] = columns.value[i]!;
    at++;
  }
  return { ...columns, device, sequence, dtMs, value };
}

function inCanonicalOrder(a: Arrived, b: Arrived): number {
  if (a.key !== b.key) return a.key - b.key;
  const [nameA, nameB] = [identityOf(a.item), identityOf(b.item)];
  return nameA < nameB ? -1 : nameA > nameB ? 1 : a.line - b.line;
}

function identityOf(item: Admitted): string {
  if (item.kind === "columns") return `${item.source} ${item.id}`;
  const { source, boot, sequence, id } = item.event;
  return sequence === null
    ? `${source} ${id}`
    : `${source} ${boot ?? ""} ${String(sequence).padStart(16, "0")}`;
}
