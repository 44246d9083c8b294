/**
 * Gateways whose clocks run ahead (O05, SC10): offset = time - receipt. The tenth message in a row beyond 120 s proves
 * it; from the first of them on, times are corrected to the receipt. A clock is right again after 1 h below 30 s.
 * An offset below zero may be plain delay: `slow-clocks.ts` tells the two apart.
 */
import { HOUR_MS } from "../../twin/kernel/time.ts";
import { EraNumbers } from "../era-numbers.ts";

/** The numbers of O05, which a policy pack may set otherwise. */
export const SKEW_NUMBERS = {
  /** A time farther from its receipt than this is no right one. */
  skewMs: 120_000,
  /** Messages in a row that prove a skew. */
  messageCount: 10,
  /** Nearer than this, and for so long, a clock is right again. */
  rightMs: 30_000,
  rightForMs: HOUR_MS,
};
export type SkewNumbers = EraNumbers<typeof SKEW_NUMBERS>;
export const USUAL_SKEW: SkewNumbers = new EraNumbers(SKEW_NUMBERS);

export type SkewVerdict =
  /** Use the time as it is. */
  | { readonly kind: "right" }
  /** One of fewer than ten in a row: keep it aside. */
  | { readonly kind: "suspect" }
  /** The tenth: those kept aside are corrected too. */
  | { readonly kind: "proved"; readonly offsetMs: number }
  /** The clock is known to run ahead: use the receipt. */
  | { readonly kind: "corrected" }
  /** Less than ten and then a right one: no proof, but those kept aside still cannot be younger than their receipt. */
  | { readonly kind: "acquitted" }
  /** Right for an hour: the skew is over; the time stands. */
  | { readonly kind: "healed"; readonly offsetMs: number };

interface GatewayClock {
  run: number;
  skewed: boolean;
  /** Receipt since when every offset was below 30 s; `null` = not right now. */
  rightSince: number | null;
}

const RIGHT: SkewVerdict = { kind: "right" };
const SUSPECT: SkewVerdict = { kind: "suspect" };
const CORRECTED: SkewVerdict = { kind: "corrected" };

export class GatewayClocks {
  #clocks = new Map<string, GatewayClock>();
  readonly #numbers: SkewNumbers;

  constructor(numbers: SkewNumbers = USUAL_SKEW) {
    this.#numbers = numbers;
  }

  /** Judges one message of the gateway; messages come in order of receipt. */
  judge(gateway: string, time: number, receivedAt: number): SkewVerdict {
    const offset = time - receivedAt;
    const { skewMs } = this.#numbers.at(receivedAt);
    const clock = this.#clocks.get(gateway);
    if (clock === undefined) {
      if (offset <= skewMs) return RIGHT;
      this.#clocks.set(gateway, { run: 1, skewed: false, rightSince: null });
      return SUSPECT;
    }
    return clock.skewed
      ? this.#judgeSkewed(gateway, clock, offset, receivedAt)
      : this.#judgeSuspect(gateway, clock, offset, receivedAt);
  }

  #judgeSuspect(gateway: string, clock: GatewayClock, offset: number, receivedAt: number): SkewVerdict {
    const { skewMs, messageCount } = this.#numbers.at(receivedAt);
    if (offset <= skewMs) {
      this.#clocks.delete(gateway);
      return { kind: "acquitted" };
    }
    clock.run++;
    if (clock.run < messageCount) return SUSPECT;
    clock.skewed = true;
    return { kind: "proved", offsetMs: offset };
  }

  #judgeSkewed(gateway: string, clock: GatewayClock, offset: number, receivedAt: number): SkewVerdict {
    const { skewMs, rightMs, rightForMs } = this.#numbers.at(receivedAt);
    if (offset > skewMs) {
      clock.rightSince = null;
      return CORRECTED;
    }
    if (offset >= rightMs) {
      clock.rightSince = null;
      return RIGHT;
    }
    clock.rightSince ??= receivedAt;
    if (receivedAt - clock.rightSince < rightForMs) return RIGHT;
    this.#clocks.delete(gateway);
    return { kind: "healed", offsetMs: offset };
  }

  /** Whether the gateway needs judging beyond a glance at the offset. */
  isWatched(gateway: string): boolean {
    return this.#clocks.has(gateway);
  }

  save(): [string, GatewayClock][] {
    return [...this.#clocks].map(([gateway, clock]) => [gateway, { ...clock }]);
  }

  static restore(saved: readonly [string, GatewayClock][], numbers: SkewNumbers = USUAL_SKEW): GatewayClocks {
    const restored = new GatewayClocks(numbers);
    restored.#clocks = new Map(saved.map(([gateway, clock]) => [gateway, { ...clock }]));
    return restored;
  }
}
