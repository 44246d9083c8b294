/**
 * Runs that failed once, as data: a plan stays what it is though seeds come to mean others. Each names what was wrong with the
 * program; the test runs all of them.
 */
import type { Plan } from "./fault-plan.ts";

export interface Regression {
  readonly name: string;
  readonly plan: Plan;
}

const ALL_MESSAGES = Number.POSITIVE_INFINITY;

export const REGRESSIONS: readonly Regression[] = [
  {
    name: "a notification was told in a loop while the disk was full, as its journal could not note that it was sent",
    plan: {
      ...{ seed: 2, variant: 0, speed: 60, messages: ALL_MESSAGES },
      faults: [
        { kind: "full-disk", at: 3_000, forMs: 2_500, roomBytes: 0 },
        { kind: "failing-writes", at: 7_000, count: 3 },
      ],
    },
  },
  {
    name: "a log was gone on with behind a block that the disk did not have: its sync had failed before the process died",
    plan: {
      ...{ seed: 54, variant: 0, speed: 30, messages: 145 },
      faults: [
        { kind: "failing-syncs", at: 10_358, count: 3 },
        { kind: "crash", at: 10_406, power: false, nth: 0, call: "read", downMs: 518 },
        { kind: "crash", at: 14_029, power: false, nth: 8, call: "read", downMs: 333 },
        { kind: "failing-syncs", at: 15_421, count: 2 },
        { kind: "crash", at: 20_265, power: true, nth: 1, call: "read", downMs: 2_930 },
      ],
    },
  },
  {
    name: "a city did not come back when its log could not be opened again at the first try: it stayed red until a restart",
    plan: {
      ...{ seed: 20_516, variant: 0, speed: 60, messages: ALL_MESSAGES },
      faults: [
        { kind: "bad-network", at: 1_108, forMs: 4_978, drop: 0.4, duplicate: 0, delayMs: 300 },
        { kind: "crash", at: 1_922, power: true, nth: 8, call: "sync", downMs: 1_149 },
        { kind: "read-only-disk", at: 8_490, forMs: 1_819 },
        { kind: "failing-syncs", at: 10_515, count: 3 },
      ],
    },
  },
  {
    name: "an alert that was given out early had another time after a restart: it was told again at the restored clock",
    plan: {
      ...{ seed: 33, variant: 2, speed: 120, messages: ALL_MESSAGES },
      faults: [
        { kind: "bad-network", at: 129, forMs: 1_672, drop: 0, duplicate: 0.5, delayMs: 300 },
        { kind: "failing-syncs", at: 296, count: 2 },
        { kind: "partition", at: 308, forMs: 1_014, share: 0.2 },
        { kind: "second-process", at: 1_269, elsewhere: true, forMs: 3_528 },
        { kind: "clock-jump", at: 2_456, byMs: -5_400_000, forMs: 1_153 },
        { kind: "bad-provider", at: 3_565, forMs: 1_433, fails: 0, losesAnswer: 0.3 },
        { kind: "crash", at: 3_574, power: false, nth: 0, call: "read", downMs: 1_631 },
        { kind: "clock-jump", at: 3_887, byMs: -500, forMs: 1_340 },
        { kind: "slow-disk", at: 5_615, forMs: 185, times: 200 },
        { kind: "partition", at: 5_787, forMs: 1_430, share: 0.5 },
      ],
    },
  },
  {
    name: "devices were found silent or not by when the program was started: a message that had overtaken another took the newest receipt back",
    plan: {
      ...{ seed: 116, variant: 4, speed: 120, messages: ALL_MESSAGES },
      faults: [
        { kind: "cut-reader", at: 1_180 },
        { kind: "crash", at: 1_547, power: true, nth: 5, call: "read", downMs: 1_117 },
        { kind: "read-only-disk", at: 3_051, forMs: 1_421 },
        { kind: "crash", at: 4_613, power: true, nth: 1, call: "read", downMs: 452 },
        { kind: "restart", at: 5_976, downMs: 900 },
      ],
    },
  },
  {
    name: "a timer that was moved away and back stood in the state twice, and once after a snapshot",
    plan: {
      ...{ seed: 132, variant: 3, speed: 120, messages: ALL_MESSAGES },
      faults: [
        { kind: "failing-writes", at: 2_198, count: 2 },
        { kind: "partition", at: 2_261, forMs: 133, share: 0.2 },
        { kind: "second-process", at: 4_595, elsewhere: true, forMs: 5_911 },
        { kind: "crash", at: 5_209, power: true, nth: 5, call: "read", downMs: 2_220 },
        { kind: "crash", at: 5_621, power: true, nth: 8, call: "read", downMs: 2_842 },
      ],
    },
  },
];
