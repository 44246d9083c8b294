/**
 * Numbers that a detector goes by, as the packs of a city have them: one set for each stretch of event time. Detectors
 * stand before the rules, so they ask by the time of the value in hand.
 */
import type { RuleParameters } from "../twin/policy/rule-parameters.ts";

export interface NumbersFrom<P extends RuleParameters> {
  /** First moment of event time, ms since epoch. */
  readonly from: number;
  readonly numbers: P;
}

export class EraNumbers<P extends RuleParameters> {
  /** Where nothing ever changes: most cities. */
  readonly #only: P | null;
  /** The newest first. */
  readonly #eras: readonly NumbersFrom<P>[];
  readonly #first: P;

  /** `first`: from the beginning of time on; `later`: in order of time. */
  constructor(first: P, later: readonly NumbersFrom<P>[] = []) {
    this.#only = later.length === 0 ? first : null;
    this.#first = first;
    this.#eras = [...later].reverse();
  }

  at(time: number): P {
    if (this.#only !== null) return this.#only;
    return this.#eras.find(({ from }) => from <= time)?.numbers ?? this.#first;
  }
}
