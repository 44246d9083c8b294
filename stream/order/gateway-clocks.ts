/**
 * Gateways whose clocks run ahead (O05, SC10): offset = time - receipt. The tenth message in a row beyond 120 s proves
 * it; from the first of them on, times are corrected to the receipt. A clock is right again after 1 h below 30 s.
 * An offset below zero may be plain delay: `slow-clocks.ts` tells the two apart.
 */
import { HOUR_MS } from "../../twin/kernel/time.ts";

export const SKEW_MS = 120_000;
export const SKEW_MESSAGES = 10;
export const RIGHT_MS = 30_000;
export const RIGHT_FOR_MS = HOUR_MS;

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

  /** Judges one message of the gateway; messages come in order of receipt. */
  judge(gateway: string, time: number, receivedAt: number): SkewVerdict {
    const offset = time - receivedAt;
    const clock = this.#clocks.get(gateway);
    if (clock === undefined) {
      if (offset <= SKEW_MS) return RIGHT;
      this.#clocks.set(gateway, { run: 1, skewed: false, rightSince: null });
      return SUSPECT;
    }
    return clock.skewed
      ? this.#judgeSkewed(gateway, clock, offset, receivedAt)
      : this.#judgeSuspect(gateway, clock, offset);
  }

  #judgeSuspect(gateway: string, clock: GatewayClock, offset: number): SkewVerdict {
    if (offset <= SKEW_MS) {
      this.#clocks.delete(gateway);
      return { kind: "acquitted" };
    }
    clock.run++;
    if (clock.run < SKEW_MESSAGES) return SUSPECT;
    clock.skewed = true;
    return { kind: "proved", offsetMs: offset };
  }

  #judgeSkewed(gateway: string, clock: GatewayClock, offset: number, receivedAt: number): SkewVerdict {
    if (offset > SKEW_MS) {
      clock.rightSince = null;
      return CORRECTED;
    }
    if (offset >= RIGHT_MS) {
      clock.rightSince = null;
      return RIGHT;
    }
    clock.rightSince ??= receivedAt;
    if (receivedAt - clock.rightSince < RIGHT_FOR_MS) return RIGHT;
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

  static restore(saved: readonly [string, GatewayClock][]): GatewayClocks {
    const restored = new GatewayClocks();
    restored.#clocks = new Map(saved.map(([gateway, clock]) => [gateway, { ...clock }]));
    return restored;
  }
}
