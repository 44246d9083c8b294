/** What goes wrong in a run, and when: drawn from the seed, told in words, cut down one by one where a run fails. */
import { Random } from "../../twin/kernel/random.ts";
import { minutes } from "../../twin/kernel/time.ts";
import type { DiskCall } from "./simulated-disk.ts";
import { LASTS_MS, VARIANT_WEIGHTS } from "./swarm-city.ts";

/** `at`, `forMs`, `downMs`: ms of the run. */
export type Fault = { readonly at: number } & (
  | {
      /** The process dies; with `power`, the machine loses what was not synced. */
      readonly kind: "crash";
      readonly power: boolean;
      /** It dies in the n-th disk call of this kind from then on; 0 = at once. */
      readonly nth: number;
      readonly call: DiskCall;
      readonly downMs: number;
    }
  | { readonly kind: "restart"; readonly downMs: number }
  | { readonly kind: "slow-disk"; readonly forMs: number; readonly times: number }
  | { readonly kind: "full-disk"; readonly forMs: number; readonly roomBytes: number }
  | { readonly kind: "read-only-disk"; readonly forMs: number }
  | { readonly kind: "failing-syncs"; readonly count: number }
  | { readonly kind: "failing-writes"; readonly count: number }
  | {
      readonly kind: "bad-network";
      readonly forMs: number;
      readonly drop: number;
      readonly duplicate: number;
      readonly delayMs: number;
    }
  | { readonly kind: "partition"; readonly forMs: number; readonly share: number }
  | { readonly kind: "clock-jump"; readonly byMs: number; readonly forMs: number }
  | { readonly kind: "slow-reader"; readonly forMs: number }
  | { readonly kind: "cut-reader" }
  | {
      readonly kind: "bad-provider";
      readonly forMs: number;
      readonly fails: number;
      readonly losesAnswer: number;
    }
  | {
      /** Somebody starts the program a second time on the same data; `elsewhere`: in another container, on the same volume. */
      readonly kind: "second-process";
      readonly elsewhere: boolean;
      readonly forMs: number;
    }
);
export type FaultKind = Fault["kind"];

export interface Plan {
  readonly seed: number;
  readonly variant: number;
  /** Event time goes so many times as fast as the machine. */
  readonly speed: number;
  readonly faults: readonly Fault[];
  /** Only the first so many messages are sent. */
  readonly messages: number;
}

const SPEEDS = [30, 60, 120];
const FAULTS = [2, 12] as const;

type Drawing = readonly [weight: number, draw: (random: Random, lasts: number) => Fault];

const at = (random: Random, lasts: number) => Math.floor(random.between(0, lasts));
const spell = (random: Random, lasts: number) => Math.floor(random.between(0.02, 0.25) * lasts);

/** By weight. */
const DRAWS: readonly Drawing[] = [
  [
    9,
    (random, lasts) => ({
      kind: "crash",
      at: at(random, lasts),
      power: random.chance(0.6),
      nth: random.pick([0, 1, 1, 2, 3, 5, 8, 20]),
      call: random.pick(["write", "sync", "sync", "name", "read"]),
      downMs: random.int(50, 3_000),
    }),
  ],
  [1, (random, lasts) => ({ kind: "restart", at: at(random, lasts), downMs: random.int(50, 2_000) })],
  [
    3,
    (random, lasts) => ({
      kind: "slow-disk",
      at: at(random, lasts),
      forMs: spell(random, lasts),
      times: random.pick([5, 30, 200]),
    }),
  ],
  [
    2,
    (random, lasts) => ({
      kind: "full-disk",
      at: at(random, lasts),
      forMs: spell(random, lasts),
      roomBytes: random.pick([0, 500, 5_000, 30_000]),
    }),
  ],
  [1, (random, lasts) => ({ kind: "read-only-disk", at: at(random, lasts), forMs: spell(random, lasts) })],
  [2, (random, lasts) => ({ kind: "failing-syncs", at: at(random, lasts), count: random.int(1, 3) })],
  [2, (random, lasts) => ({ kind: "failing-writes", at: at(random, lasts), count: random.int(1, 3) })],
  [
    3,
    (random, lasts) => ({
      kind: "bad-network",
      at: at(random, lasts),
      forMs: spell(random, lasts) * 2,
      drop: random.pick([0, 0.05, 0.4]),
      duplicate: random.pick([0, 0.1, 0.5]),
      delayMs: random.pick([20, 300, 2_000]),
    }),
  ],
  [
    2,
    (random, lasts) => ({
      kind: "partition",
      at: at(random, lasts),
      forMs: spell(random, lasts),
      share: random.pick([0.2, 0.5, 1]),
    }),
  ],
  [
    2,
    (random, lasts) => ({
      kind: "clock-jump",
      at: at(random, lasts),
      byMs: random.pick([-minutes(90), -minutes(3), -500, 500, minutes(3), minutes(90)]),
      forMs: spell(random, lasts),
    }),
  ],
  [2, (random, lasts) => ({ kind: "slow-reader", at: at(random, lasts), forMs: spell(random, lasts) })],
  [2, (random, lasts) => ({ kind: "cut-reader", at: at(random, lasts) })],
  [
    2,
    (random, lasts) => ({
      kind: "bad-provider",
      at: at(random, lasts),
      forMs: spell(random, lasts),
      fails: random.pick([0, 0.3, 0.9]),
      losesAnswer: random.pick([0, 0.3]),
    }),
  ],
  [
    3,
    (random, lasts) => ({
      kind: "second-process",
      at: at(random, lasts),
      elsewhere: random.chance(0.75),
      forMs: random.int(50, 6_000),
    }),
  ],
];

/** The plan of a seed. `kinds`: only such faults, of as many as are drawn; for canaries. */
export function planOf(seed: number, kinds: readonly FaultKind[] | null = null): Plan {
  const random = new Random(seed, "swarm-plan");
  const speed = random.pick(SPEEDS);
  const weights = DRAWS.map(([weight]) => weight);
  const drawn = Array.from({ length: random.int(...FAULTS) * (kinds === null ? 1 : 4) }, () =>
    DRAWS[random.weighted(weights)]![1](random, LASTS_MS / speed),
  );
  const faults = drawn.filter(({ kind }) => kinds?.includes(kind) ?? true).sort((a, b) => a.at - b.at);
  return {
    seed,
    variant: random.weighted(VARIANT_WEIGHTS),
    speed,
    faults,
    messages: Number.POSITIVE_INFINITY,
  };
}

/** A fault in words. */
export function wordsOf(fault: Fault): string {
  const when = `${(fault.at / 1000).toFixed(2)} s: `;
  return when + what(fault);
}

function what(fault: Fault): string {
  switch (fault.kind) {
    case "crash": {
      const where = fault.nth === 0 ? "" : ` in disk call ${fault.nth} of kind ${fault.call} from then on`;
      const who = fault.power ? "the power goes" : "the process is killed";
      return `${who}${where}, back after ${fault.downMs} ms`;
    }
    case "restart":
      return `ended in order, back after ${fault.downMs} ms`;
    case "slow-disk":
      return `the disk takes ${fault.times} times as long for ${fault.forMs} ms`;
    case "full-disk":
      return `the disk has room for ${fault.roomBytes} bytes more, for ${fault.forMs} ms`;
    case "read-only-disk":
      return `the disk is read-only for ${fault.forMs} ms`;
    case "failing-syncs":
      return `the next ${fault.count} syncs fail`;
    case "failing-writes":
      return `the next ${fault.count} writes fail`;
    case "bad-network":
      return `the network drops ${fault.drop}, repeats ${fault.duplicate}, delays up to ${fault.delayMs} ms, for ${fault.forMs} ms`;
    case "partition":
      return `${fault.share * 100} % of the senders are parted from the city for ${fault.forMs} ms`;
    case "clock-jump":
      return `the machine's clock jumps by ${fault.byMs / 1000} s, for ${fault.forMs} ms`;
    case "slow-reader":
      return `a reader of the alert stream takes nothing for ${fault.forMs} ms`;
    case "cut-reader":
      return "the connections of the readers are cut";
    case "bad-provider":
      return `notifications fail (${fault.fails}) or are not answered (${fault.losesAnswer}) for ${fault.forMs} ms`;
    case "second-process":
      return fault.elsewhere
        ? `the program is started in a second container on the same volume, for ${fault.forMs} ms`
        : `the program is started a second time on this machine, for ${fault.forMs} ms`;
  }
}
