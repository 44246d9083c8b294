/**
 * How the people of the city deal with cases. Marks as in DOMAIN: V2 = a secondary source, M = a modelling assumption.
 * Nothing here is tuned to what comes out of it.
 */
import type { InputData } from "../../twin/events/catalogue.ts";
import type { Level } from "../../twin/events/fields.ts";
import { hours, minutes } from "../../twin/kernel/time.ts";

/** Medians of how long somebody takes to act from when it is his turn, ms; M. */
export interface Pace {
  readonly review: number;
  readonly dispatch: number;
  readonly acknowledge: number;
  readonly start: number;
  /** From the start to the proof that is handed in: with what comes before, some 26 h at L3 (DOMAIN §7, M). */
  readonly submit: number;
  readonly recheck: number;
}

export const PACE: Readonly<Record<Level, Pace>> = {
  L1: {
    review: minutes(4),
    dispatch: minutes(2),
    acknowledge: minutes(4),
    start: minutes(3),
    submit: minutes(50),
    recheck: hours(20),
  },
  L2: {
    review: minutes(40),
    dispatch: minutes(20),
    acknowledge: minutes(45),
    start: minutes(40),
    submit: hours(9),
    recheck: hours(30),
  },
  L3: {
    review: hours(6),
    dispatch: hours(2),
    acknowledge: hours(4),
    start: hours(2),
    submit: hours(20),
    recheck: hours(24),
  },
  L4: {
    review: hours(20),
    dispatch: hours(4),
    acknowledge: hours(4),
    start: hours(8),
    submit: hours(60),
    recheck: hours(36),
  },
};

/** Spread of these times: a factor exp(±σ); DOMAIN §2 draws all its quantities with as much. */
export const PACE_SIGMA = 0.4;

export const SHARES = {
  /**
   * Of the hits that stand an examination; those of rats fewer (DOMAIN §4, targets after review: 0.80 to 0.90, rat 0.60).
   */
  hitTrue: 0.85,
  ratTrue: 0.6,
  /**
   * Of the hits that went out as reminders, somebody looks at this share: then 0.32 of all are confirmed, as 510 of
   * 1,600 leads are (DOMAIN §7, V2).
   */
  reminderLookedAt: 0.38,
  /** Of what no camera alone says (a complaint, a report, a false form); M. */
  reportTrue: 0.9,
  /** Never acknowledged before it is escalated; reminders are taken less seriously; M. */
  unacknowledged: 0.05,
  reminderUnacknowledged: 0.15,
  /** Not put right: 58,534 of 62,470 findings were (DOMAIN §0.10, V2). Half of the rest late, half not at all; M. */
  late: 0.0315,
  never: 0.0315,
  /** Said to be wrong by the unit, and then upheld all the same; M. */
  disputed: 0.02,
  upheld: 0.6,
  /** Rechecks that send it back; M. */
  sentBack: 0.05,
  /** Of confirmed L1 and L2 that come to a recheck, filed; of those filed, punished with a fine or warned; M. */
  filed: 0.1,
  fined: 0.5,
  warned: 0.3,
} as const;

/** A late proof comes this many times later than others. */
export const LATE_FACTOR = 8;

/** Decisions come within the 90 d of the law (DOMAIN R42), M: median. */
export const DECIDE_MS = hours(24 * 20);

export type RecordKind = InputData<"warmcity.record.filed">["kind"];

/** Which record proves that it was put right, where DOMAIN §5.2 asks for one. */
export const RECORDS: Readonly<Record<string, RecordKind>> = {
  T01: "food-check",
  T06: "rewash",
  T08: "oil-change",
  T09: "gas-clearance",
  P08: "pest-control",
  D03: "medical-note",
  D08: "seal-stock",
  D09: "destroy",
};

/** When they are at it, unless it is an L1: people of a unit daily, officials on working days, for an L2 daily. */
export const UNIT_HOURS = { fromMs: hours(7), toMs: hours(21) };
export const OFFICE_HOURS = { fromMs: hours(8.5), toMs: hours(17.5) };
export const ON_CALL_HOURS = { fromMs: hours(7), toMs: hours(22) };
