/** The constants of the food-safety index, one version of them (DOMAIN §6; no legal force of their own). */
import type { Level } from "../events/fields.ts";
import { DAY_MS, days } from "../kernel/time.ts";
import type { IndexComponent } from "./index-fact.ts";

export interface IndexConstants {
  readonly version: string;
  /** Most that a component can take away. */
  readonly caps: Readonly<Record<IndexComponent, number>>;
  /** Points of a fresh fact, and the time in which it halves, ms. */
  readonly penalty: Readonly<Record<Level, { readonly points: number; readonly halfLifeMs: number }>>;
  readonly factors: {
    readonly onTime: number;
    readonly late: number;
    readonly selfReported: number;
    readonly repeat: number;
  };
  /** Days of evidence at which the own score weighs as much as the mean of the type. */
  readonly shrinkDays: number;
  readonly windowDays: number;
  /** An L1 that a person confirmed holds the index down until so long after its case is closed, ms. */
  readonly l1Ceiling: number;
  readonly l1HoldMs: number;
  /** Share of its devices online below which the data do not suffice, and below which nothing is rated. */
  readonly enoughShare: number;
  readonly ratedShare: number;
  readonly insufficientCeiling: number;
  readonly shareWindowMs: number;
  /** Lower ends of green and amber, and what a change must pass them by. */
  readonly green: number;
  readonly amber: number;
  readonly hysteresis: number;
  readonly colourRestMs: number;
}

export const INDEX_2026: IndexConstants = {
  version: "index@1",
  caps: {
    process: 25,
    behaviour: 15,
    "self-control": 15,
    papers: 10,
    inspection: 20,
    complaints: 10,
    trace: 5,
  },
  penalty: {
    L1: { points: 40, halfLifeMs: days(180) },
    L2: { points: 15, halfLifeMs: days(90) },
    L3: { points: 5, halfLifeMs: days(30) },
    L4: { points: 1, halfLifeMs: days(14) },
  },
  factors: { onTime: 0.5, late: 1.5, selfReported: 0.3, repeat: 1.5 },
  shrinkDays: 10,
  windowDays: 30,
  l1Ceiling: 59,
  l1HoldMs: days(30),
  enoughShare: 0.9,
  ratedShare: 0.5,
  insufficientCeiling: 85,
  shareWindowMs: days(7),
  green: 85,
  amber: 70,
  hysteresis: 2,
  colourRestMs: DAY_MS,
};
