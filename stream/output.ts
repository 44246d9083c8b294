/** What a fold step gives out: a CloudEvent of CONTRACT §4, before its attributes are written. */
import type { OutputData, OutputType } from "../twin/events/output-events.ts";
import { hashHex } from "../twin/kernel/hash.ts";
import { formatTime, parseTime } from "../twin/kernel/time.ts";

export interface OutputOf<T extends OutputType> {
  readonly type: T;
  /** Deterministic: the same change has the same id in any order, partitioning or replay. */
  readonly id: string;
  /** Event time of the change, ms since epoch. */
  readonly time: number;
  /** Kitchen id; `null` where it belongs to no one kitchen. */
  readonly subject: string | null;
  readonly data: OutputData[T];
}
export type Output = { [T in OutputType]: OutputOf<T> }[OutputType];

/** The outputs whose data is a whole alert. */
export type AlertType =
  | "warmcity.alert.raised"
  | "warmcity.alert.level-changed"
  | "warmcity.alert.resolved"
  | "warmcity.alert.suppressed";

/** An id from what identifies the change. */
export function outputId(type: OutputType, ...parts: readonly (string | number | null)[]): string {
  return hashHex(`${type}|${parts.join("|")}`);
}

/** The CloudEvent (structured mode) of an output. */
export function cloudEventOf(output: Output): Record<string, unknown> {
  return {
    specversion: "1.0",
    id: output.id,
    source: "/twin",
    type: output.type,
    ...(output.subject === null ? {} : { subject: output.subject }),
    time: formatTime(output.time),
    datacontenttype: "application/json",
    data: output.data,
  };
}

/** Our own words, read back: what `cloudEventOf` wrote. */
export function readOutput(json: string): Output {
  const { type, id, time, subject = null, data } = JSON.parse(json);
  return { type, id, time: parseTime(time), subject, data };
}

/** The order of `alerts.jsonl` (CONTRACT §8.6): time, subject with none first, type, id. */
export function compareOutputs(a: Output, b: Output): number {
  if (a.time !== b.time) return a.time - b.time;
  if (a.subject !== b.subject) {
    if (a.subject === null) return -1;
    if (b.subject === null) return 1;
    return a.subject < b.subject ? -1 : 1;
  }
  if (a.type !== b.type) return a.type < b.type ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
