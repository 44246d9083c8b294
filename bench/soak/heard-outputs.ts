/** What one reader heard of the city's outputs, held against what the city has put out. Pure. */

export interface HeardOutput {
  /** Log position. */
  readonly position: number;
  /** Id of the CloudEvent. */
  readonly id: string;
}

export interface HearingFaults {
  /** Ids that came more than once. */
  readonly twice: readonly string[];
  /** Ids that came behind a later position. */
  readonly disordered: readonly string[];
  /** Ids that were put out and never came. */
  readonly lost: readonly string[];
  /** Ids that came though they were not put out. */
  readonly invented: readonly string[];
}

export class HeardOutputs {
  readonly #position = new Map<string, number>();
  readonly #twice: string[] = [];
  readonly #disordered: string[] = [];
  #last = -1;

  hear({ position, id }: HeardOutput): void {
    if (this.#position.has(id)) this.#twice.push(id);
    else if (position <= this.#last) this.#disordered.push(id);
    this.#position.set(id, position);
    this.#last = Math.max(this.#last, position);
  }

  /** Ids that it heard. */
  get count(): number {
    return this.#position.size;
  }

  /** The newest position; -1 = nothing was heard yet. */
  get last(): number {
    return this.#last;
  }

  /** `putOut`: all that a reader of positions `from` up to, not including, `until` must have heard. */
  against(putOut: readonly HeardOutput[], from: number, until: number): HearingFaults {
    const wanted = putOut.filter(({ position }) => position >= from && position < until).map(({ id }) => id);
    const known = new Set(putOut.map(({ id }) => id));
    return {
      twice: this.#twice,
      disordered: this.#disordered,
      lost: wanted.filter((id) => !this.#position.has(id)),
      invented: [...this.#position.keys()].filter((id) => !known.has(id)),
    };
  }
}
