/** The city's time as its clients reckon it: from the moments that the city told, stretched by its speed. */
export class CityClock {
  readonly #speed: number;
  /** City time minus stretched wall time; what was told is at most that, since telling takes time. */
  #offset = Number.NEGATIVE_INFINITY;

  constructor(speed: number) {
    this.#speed = speed;
  }

  /** The city said just now that it is `time` there (ms since epoch). */
  heard(time: number): void {
    this.#offset = Math.max(this.#offset, time - performance.now() * this.#speed);
  }

  /** ms since epoch; never ahead of the city's own. */
  now(): number {
    return Math.floor(performance.now() * this.#speed + this.#offset);
  }
}
