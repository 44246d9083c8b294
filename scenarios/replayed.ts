/** Lines of events folded in virtual time, the way `npm run replay` does it: what scenarios compare. */
import { CloudEventLines } from "../simulator/cloud-event-lines.ts";
import type { Incident } from "../simulator/incidents.ts";
import { Simulation } from "../simulator/simulation.ts";
import type { TruthRecord } from "../simulator/truth.ts";
import { Door } from "../stream/door/door.ts";
import type { CityFold } from "../stream/fold.ts";
import { foldOf } from "../stream/fold-of.ts";
import { compareOutputs, type Output } from "../stream/output.ts";
import { Replay, type ReplaySummary } from "../stream/replay.ts";
import type { City } from "../twin/city/city.ts";
import { MINUTE_MS } from "../twin/kernel/time.ts";

export interface Line {
  /** When it arrives, ms since epoch. */
  readonly at: number;
  /** A CloudEvent, JSON. */
  readonly text: string;
}

export interface SimulatedHours {
  readonly city: City;
  readonly seed: number;
  readonly from: number;
  readonly until: number;
  readonly incidents?: readonly Incident[];
  /** Background incidents; default true. */
  readonly load?: boolean;
  /** Takes what really goes wrong, as it is written down; for reports alone. */
  readonly onTruth?: (records: readonly TruthRecord[]) => void;
}

/** What the simulated city says, in order of arrival. */
export function simulatedLines({ city, until, onTruth, ...options }: SimulatedHours): Line[] {
  const simulation = new Simulation({ city, ...options });
  const writer = new CloudEventLines(city);
  const decoder = new TextDecoder();
  const lines: Line[] = [];
  for (let time = options.from; time < until; time += MINUTE_MS) {
    for (const arrival of simulation.advance(Math.min(time + MINUTE_MS, until))) {
      lines.push({ at: arrival.receivedAt, text: decoder.decode(writer.line(arrival)) });
    }
    onTruth?.(simulation.truth());
  }
  return lines;
}

export interface Replayed {
  /** In the order of `alerts.jsonl`. */
  readonly outputs: readonly Output[];
  readonly summary: ReplaySummary;
  /** The fold as it stands at the end. */
  readonly fold: CityFold;
}

/** Folds the lines in their order; `until` = event time at which to end (default: the newest event). */
export function replayed(city: City, lines: readonly Line[], until = Number.POSITIVE_INFINITY): Replayed {
  const fold = foldOf(city, { early: false });
  const replay = new Replay(fold, until);
  const door = new Door(city);
  lines.forEach(({ text }, index) => {
    replay.line(index + 1, door.line(text));
  });
  replay.finish();
  return { outputs: replay.take().sort(compareOutputs), summary: replay.summary(), fold };
}

/** How many events a line holds: as many as columns have entries, one otherwise. */
export function eventsIn(text: string): number {
  const { data } = JSON.parse(text);
  return Array.isArray(data?.dtMs) ? data.dtMs.length : 1;
}

/** An output without log positions, which may differ where the order of arrival does. */
export function withoutPositions(output: Output): string {
  return JSON.stringify(output, (name, value: unknown) => (name === "position" ? null : value));
}
