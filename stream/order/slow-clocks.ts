/**
 * Gateways whose clocks run behind (O05). What comes late may as well be a backlog, so a delay alone proves nothing. But
 * a backlog catches up: as it is sent, each message is less late than the one before. A slow clock does not: its offset
 * (time - receipt) stays the same at the pace of real time. So it is proved by ten messages of the gateway in a row
 * that lie more than 120 s behind their receipt, by the same amount (within 90 s, as readings may be sent a minute at a
 * time), received over 5 min at least. From then on its times are corrected to the receipt; those before the proof keep
 * theirs. What lies still further back is its backlog, and is corrected by the same amount.
 *
 * Not told apart: a line that delays everything by the same minutes for ever. A backlog that takes more than 5 min for
 * as much of real time as it grows by is told so as well; gateways empty theirs many times faster.
 */
import { minutes } from "../../twin/kernel/time.ts";
import { type SkewNumbers, USUAL_SKEW } from "./gateway-clocks.ts";

const ALIKE_MS = 90_000;
const PACE_MS = minutes(5);

export type SlowVerdict =
  /** Use the time as it is. */
  | { readonly kind: "right" }
  /** The clock is known to run behind: use this time, ms since epoch. */
  | { readonly kind: "corrected"; readonly time: number }
  /** The message that proves it. */
  | { readonly kind: "proved"; readonly time: number; readonly offsetMs: number }
  /** Right for an hour: the time stands. */
  | { readonly kind: "healed"; readonly offsetMs: number };

interface SlowClock {
  /** Messages in a row, the smallest and the largest of their offsets, receipt of the first of them. */
  run: number;
  lowest: number;
  highest: number;
  since: number;
  /** Offset of the newest message that proved or confirmed it, ms; `null` = not proved. */
  skewMs: number | null;
  /** Receipt since when every offset was below 30 s; `null` = not right now. */
  rightSince: number | null;
}

const RIGHT: SlowVerdict = { kind: "right" };

/** Whether the message lies so far behind its receipt that it is a backlog, or its clock is slow. */
export function isBehind(time: number, receivedAt: number, skewMs: number): boolean {
  return time < receivedAt - skewMs;
}

export class SlowClocks {
  readonly #clocks: Map<string, SlowClock>;

  readonly #numbers: SkewNumbers;

  constructor(saved: readonly [string, SlowClock][] = [], numbers: SkewNumbers = USUAL_SKEW) {
    this.#numbers = numbers;
    this.#clocks = new Map(saved.map(([gateway, clock]) => [gateway, { ...clock }]));
  }

  /** Judges one message of the gateway; messages come in order of receipt. */
  judge(gateway: string, time: number, receivedAt: number): SlowVerdict {
    const offset = time - receivedAt;
    const clock = this.#clocks.get(gateway);
    if (clock !== undefined && clock.skewMs !== null)
      return this.#judgeSlow(gateway, clock, clock.skewMs, offset, receivedAt);
    const { skewMs, messageCount } = this.#numbers.at(receivedAt);
    if (!isBehind(time, receivedAt, skewMs)) {
      this.#clocks.delete(gateway);
      return RIGHT;
    }
    const run = extended(clock, offset, receivedAt);
    this.#clocks.set(gateway, run);
    if (run.run < messageCount || receivedAt - run.since < PACE_MS) return RIGHT;
    run.skewMs = offset;
    return { kind: "proved", time: receivedAt, offsetMs: offset };
  }

  #judgeSlow(
    gateway: string,
    clock: SlowClock,
    provedMs: number,
    offset: number,
    receivedAt: number,
  ): SlowVerdict {
    const { skewMs, rightMs, rightForMs } = this.#numbers.at(receivedAt);
    if (offset < -skewMs) {
      if (Math.abs(offset - provedMs) <= ALIKE_MS) {
        clock.skewMs = offset;
        clock.rightSince = null;
        return { kind: "corrected", time: receivedAt };
      }
      const isItsBacklog = clock.rightSince === null && offset < provedMs;
      return isItsBacklog ? { kind: "corrected", time: receivedAt + offset - provedMs } : RIGHT;
    }
    if (Math.abs(offset) >= rightMs) {
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

  /** Plain JSON; the constructor takes it up. */
  save(): [string, SlowClock][] {
    return [...this.#clocks].map(([gateway, clock]) => [gateway, { ...clock }]);
  }
}

/** The run that the message goes on with, or begins. */
function extended(before: SlowClock | undefined, offset: number, receivedAt: number): SlowClock {
  const lowest = Math.min(offset, before?.lowest ?? offset);
  const highest = Math.max(offset, before?.highest ?? offset);
  if (before !== undefined && highest - lowest <= ALIKE_MS)
    return { ...before, run: before.run + 1, lowest, highest };
  return { run: 1, lowest: offset, highest: offset, since: receivedAt, skewMs: null, rightSince: null };
}
