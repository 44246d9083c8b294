/**
 * The city's time as its host reckons it: the wall clock, stretched by the speed of the simulator. It never runs further ahead of what
 * was simulated than half of the lateness: else what people and real devices say meanwhile would make late what the simulator is still
 * to say. Where the machine is too slow for the speed, the city lives more slowly and loses nothing.
 */
import { LATENESS_MS } from "../order/receipt-clock.ts";

const AHEAD_MAX_MS = LATENESS_MS / 2;

export class CityTime {
  readonly #clock: () => number;
  readonly #speed: number | null;
  #origin = { wall: 0, city: 0 };
  #taken = Number.POSITIVE_INFINITY;

  /** `clock`: wall clock, ms since epoch. `speed`: of the simulator; `null` = there is none, and nothing is stretched. */
  constructor(clock: () => number, speed: number | null) {
    this.#clock = clock;
    this.#speed = speed;
  }

  /** At `wall` it is `city`; from there it is stretched. Both ms since epoch. */
  begin(wall: number, city: number): void {
    this.#origin = { wall, city };
  }

  /** The past has been lived up to `time`. A city that is faster than the clock need not make up for what that took. */
  goLive(time: number): void {
    if (this.#speed !== null && this.#speed > 1) this.begin(this.#clock(), time);
    this.took(time);
  }

  /** Everything that was simulated up to `time` has been taken. */
  took(time: number): void {
    this.#taken = time;
  }

  /** Event time up to which the simulated is taken; infinite before it is live. */
  get taken(): number {
    return this.#taken;
  }

  /** ms since epoch. */
  now(): number {
    return this.#speed === null ? this.due() : Math.min(this.due(), this.#taken + AHEAD_MAX_MS);
  }

  /** What it would be if the machine kept up. */
  due(): number {
    const wall = this.#clock();
    const { city, wall: begun } = this.#origin;
    return begun === 0 ? wall : city + (wall - begun) * (this.#speed ?? 1);
  }

  get isBehind(): boolean {
    return this.#speed !== null && this.due() > this.#taken + AHEAD_MAX_MS;
  }
}

/** The ends of the steps of `stepMs` in which the time from `from` to `to` is lived. */
export function stepsBetween(from: number, to: number, stepMs: number): number[] {
  const ends: number[] = [];
  for (let at = from; at < to; ) {
    at = Math.min(at + stepMs, to);
    ends.push(at);
  }
  return ends;
}
