/**
 * Lines of events as the live program takes them: folded as they arrive, with a tick each second, alerts ahead of the
 * watermark (CONTRACT §8). What is given out is kept with the moment at which it went out.
 */
import { Door } from "../stream/door/door.ts";
import type { CityFold } from "../stream/fold.ts";
import { foldOf } from "../stream/fold-of.ts";
import { LATENESS_MS } from "../stream/order/receipt-clock.ts";
import type { Output } from "../stream/output.ts";
import type { City } from "../twin/city/city.ts";
import type { Alert } from "../twin/events/output-events.ts";
import { MINUTE_MS, SECOND_MS } from "../twin/kernel/time.ts";
import type { Line } from "./replayed.ts";

export interface GivenOut {
  readonly output: Output;
  /** The clock when it went out, ms since epoch. */
  readonly at: number;
}

export interface Lived {
  /** In the order in which they went out. */
  readonly given: readonly GivenOut[];
  readonly fold: CityFold;
}

export interface Clockwork {
  /** Event time up to which everything is settled at the end, ms since epoch. */
  readonly until: number;
  /** Default 1 s, as the host does. */
  readonly tickMs?: number;
}

/** Lives the lines, which stand in order of arrival, until what happened up to `until` is settled. */
export function lived(city: City, lines: readonly Line[], { until, tickMs = SECOND_MS }: Clockwork): Lived {
  const fold = foldOf(city, { early: true });
  const door = new Door(city);
  const given: GivenOut[] = [];
  const note = (at: number) => {
    for (const output of fold.take()) given.push({ output, at });
  };
  let next = 0;
  const end = until + LATENESS_MS + MINUTE_MS;
  for (let tick = lines[0]?.at ?? end; tick <= end; tick += tickMs) {
    for (; next < lines.length && lines[next]!.at <= tick; next++) {
      takeLine(fold, door, lines[next]!, next + 1);
      note(lines[next]!.at);
    }
    fold.tick(tick);
    note(tick);
  }
  return { given, fold };
}

/** The live door takes the time of receipt from its own clock, whatever the line says. */
function takeLine(fold: CityFold, door: Door, { at: receivedAt, text }: Line, position: number): void {
  for (const item of door.line(text).admitted) {
    if (item.kind === "event") fold.event({ ...item.event, receivedAt, position });
    else fold.columns({ ...item, receivedAt, position });
  }
}

/** What a listener holds of each alert in the end: the last word about it. */
export function lastWords(outputs: readonly Output[]): Map<string, Alert> {
  const words = new Map<string, Alert>();
  for (const { data } of outputs) if ("raisedAt" in data) words.set(data.alert, data);
  return words;
}
