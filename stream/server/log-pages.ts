/** What the server reads back from the log: outputs behind a position, and dead letters, newest first. */
import { formatTime } from "../../twin/kernel/time.ts";
import type { EventLog } from "../log/event-log.ts";
import { readOutput } from "../output.ts";
import { RECORD_KINDS } from "../record-kind.ts";
import type { DeadLetter } from "./answers.ts";
import type { Page, PageQuery, PlacedOutput } from "./city-port.ts";

const decoder = new TextDecoder();
/** Records looked at per step backwards. */
const STEP = 20_000;

/** Durable outputs behind `position`, at most `limit`. */
export async function outputsAfter(log: EventLog, position: number, limit: number): Promise<PlacedOutput[]> {
  const found: PlacedOutput[] = [];
  for await (const record of log.read(position + 1)) {
    if (record.kind !== RECORD_KINDS.output) continue;
    const json = decoder.decode(record.bytes);
    found.push({ position: record.position, output: readOutput(json), json });
    if (found.length >= limit) break;
  }
  return found;
}

/** Dead letters below the cursor's position, newest first. */
export async function deadLetters(log: EventLog, query: PageQuery): Promise<Page<DeadLetter>> {
  const items: DeadLetter[] = [];
  let upTo = query.after === null ? log.durable : Number(query.after);
  while (upTo > 0 && items.length < query.limit) {
    const from = Math.max(0, upTo - STEP);
    const step: DeadLetter[] = [];
    for await (const record of log.read(from, upTo)) {
      if (record.kind === RECORD_KINDS.deadletter)
        step.push(letterOf(record.position, decoder.decode(record.bytes)));
    }
    items.push(...step.reverse());
    upTo = from;
  }
  const part = items.slice(0, query.limit);
  const last = part.at(-1);
  const isLast = upTo === 0 && part.length === items.length;
  return { items: part, next: isLast || last === undefined ? null : String(last.position) };
}

function letterOf(position: number, json: string): DeadLetter {
  const { time, reasons, payload, events } = JSON.parse(json);
  return { position, receivedAt: time ?? formatTime(0), faults: reasons, payload, events };
}
