/** Samples to steps: minimum, mean and maximum of each. */

export interface HistoryPoint {
  /** Beginning of the step, event time, ms since epoch. */
  readonly time: number;
  /** In the device's unit. */
  readonly min: number;
  readonly mean: number;
  readonly max: number;
  /** Samples in the step, at least one. */
  readonly count: number;
}

/** A query for more points is refused. */
export const STEPS_MAX = 200_000;

export class HistorySteps {
  readonly #from: number;
  readonly #to: number;
  readonly #stepMs: number;
  readonly #resolution: number;
  readonly #count: Uint32Array;
  readonly #sum: Float64Array;
  readonly #min: Int32Array;
  readonly #max: Int32Array;

  /**
   * Steps of `stepMs` from `from`; a sample at `to` is in none. Throws a RangeError for a range that ends before it begins, a
   * step that is not positive, or more than `STEPS_MAX` steps.
   */
  constructor(from: number, to: number, stepMs: number, resolution: number) {
    const steps = Math.ceil((to - from) / stepMs);
    if (!(to >= from && stepMs > 0 && steps <= STEPS_MAX))
      throw new RangeError(
        `Cannot read history from ${from} to ${to} by ${stepMs} ms: wanted from <= to, a positive step and at most ${STEPS_MAX} steps`,
      );
    this.#from = from;
    this.#to = to;
    this.#stepMs = stepMs;
    this.#resolution = resolution;
    this.#count = new Uint32Array(steps);
    this.#sum = new Float64Array(steps);
    this.#min = new Int32Array(steps).fill(0x7fff_ffff);
    this.#max = new Int32Array(steps).fill(-0x8000_0000);
  }

  /** `time` in ms since epoch, `scaled` in steps of the resolution. */
  add(time: number, scaled: number): void {
    if (time < this.#from || time >= this.#to) return;
    const i = Math.floor((time - this.#from) / this.#stepMs);
    this.#count[i]!++;
    this.#sum[i]! += scaled;
    if (scaled < this.#min[i]!) this.#min[i] = scaled;
    if (scaled > this.#max[i]!) this.#max[i] = scaled;
  }

  /** The steps that have samples, ascending. */
  points(): HistoryPoint[] {
    const points: HistoryPoint[] = [];
    for (const [i, count] of this.#count.entries()) {
      if (count === 0) continue;
      points.push({
        time: this.#from + i * this.#stepMs,
        min: unscaled(this.#min[i]!, this.#resolution),
        mean: unscaled(this.#sum[i]! / count, this.#resolution),
        max: unscaled(this.#max[i]!, this.#resolution),
        count,
      });
    }
    return points;
  }
}

/** Dividing by 100 gives 4.1 where multiplying by 0.01 gives 4.1000000000000005. */
export function unscaled(scaled: number, resolution: number): number {
  return resolution < 1 ? scaled / Math.round(1 / resolution) : scaled * resolution;
}

/** What a value is multiplied by before it is rounded to whole steps. */
export function scaleOf(resolution: number): number {
  return resolution < 1 ? Math.round(1 / resolution) : 1 / resolution;
}
