/** What the bytes of a log record are. The log itself keeps them unread; numbers are part of the format, never reused. */
export const RECORD_KINDS = Object.freeze({
  /** One CloudEvent, JSON. */
  event: 1,
  /** Readings as binary columns. */
  columns: 2,
  /** Time as data: the host's clock, put down so that a replay needs none. */
  tick: 3,
  /** One output event of the fold, JSON. */
  output: 4,
  /** Refused input and why, JSON. */
  deadletter: 5,
  /** Counters at this position, JSON. */
  counts: 6,
  /** The registry in force from here on, JSON. */
  registry: 7,
  /** A signed statement about the chain up to here, JSON. */
  head: 8,
});

export type RecordKindName = keyof typeof RECORD_KINDS;
