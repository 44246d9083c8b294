/** What lies between the city's door and everybody else: it delays, drops, repeats and reorders, and parts some from the rest. */
import type { Random } from "../../twin/kernel/random.ts";
import type { Scheduler } from "./scheduler.ts";

export interface NetworkQuality {
  /** Share of the packets that never come, and of those that come twice. */
  readonly drop: number;
  readonly duplicate: number;
  /** A packet needs at most so long, ms; as each needs another time, they overtake each other. */
  readonly delayMs: number;
}

export const GOOD_NETWORK: NetworkQuality = { drop: 0, duplicate: 0, delayMs: 4 };

export interface NetworkCounts {
  dropped: number;
  repeated: number;
}

export class Network {
  quality: NetworkQuality = GOOD_NETWORK;
  /** Whoever of these shares is parted from the city: 0 = nobody, 1 = all. */
  partedShare = 0;
  readonly counts: NetworkCounts = { dropped: 0, repeated: 0 };
  readonly #scheduler: Scheduler;
  readonly #random: Random;
  /** Each sender's place in 0 … 1, which says when it is parted. */
  readonly #places = new Map<string, number>();

  constructor(scheduler: Scheduler, random: Random) {
    this.#scheduler = scheduler;
    this.#random = random;
  }

  /** A packet of, or to, `party`; it comes once, more often, or not at all. */
  carry(party: string, arrive: () => void): void {
    const { drop, duplicate } = this.quality;
    const isLost = this.#random.chance(drop);
    const isTwice = this.#random.chance(duplicate);
    if (this.isParted(party) || isLost) {
      this.counts.dropped++;
      return;
    }
    this.#scheduler.after(this.#delay(), arrive);
    if (!isTwice) return;
    this.counts.repeated++;
    this.#scheduler.after(this.#delay() * 3, arrive);
  }

  isParted(party: string): boolean {
    if (this.partedShare === 0) return false;
    const place = this.#places.get(party) ?? this.#random.fork(party).next();
    this.#places.set(party, place);
    return place < this.partedShare;
  }

  #delay(): number {
    return this.#random.between(0.2, this.quality.delayMs);
  }
}
