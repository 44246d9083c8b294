/**
 * A rule at work on one input or timer: whatever it throws is contained. The event stays taken, a kitchen rule's state and
 * all that it did at the desk stand as before, the fault is told as a dead letter, the stream goes on. The state of a rule
 * of the second stage may hold a whole city's lots and is not copied each time: it stays as the rule left it.
 *
 *   own --> the rule acts --> done: what it gave out goes out
 *                         └─> throws: everything is put back, one `warmcity.deadletter` goes out instead
 */

import { copyJson } from "./copy-json.ts";
import type { DeskState } from "./desk-scene.ts";
import type { Output } from "./output.ts";

/** The states of a kitchen's rules by code. */
type RuleStates = Record<string, object>;

export class RuleAttempt {
  readonly #desk: DeskState;
  readonly #rules: RuleStates | null;
  readonly #code: string;
  /** The rule's own state as it was: the rule works on a copy, so states may be shared between two folds of a kitchen. */
  readonly #own: object | undefined;
  /** The desk as it was before the rule first changed it; most rules change nothing. */
  #before: DeskState | null = null;
  /** What it gave out so far. */
  readonly outputs: Output[] = [];

  /** `rules` = where the rule's own state is to be put back; `null` = nowhere. */
  constructor(desk: DeskState, rules: RuleStates | null, code: string) {
    this.#desk = desk;
    this.#rules = rules;
    this.#code = code;
    this.#own = rules?.[code];
  }

  /** To be called before the rule changes its own state; `copy`: of whatever it changes in place. */
  own(copy: (state: object) => object = copyJson): void {
    if (this.#rules !== null && this.#own !== undefined) this.#rules[this.#code] = copy(this.#own);
  }

  /** To be called before the rule changes episodes, cases, timers or rings. */
  touch(): void {
    if (this.#before !== null) return;
    const { episodes, cases, timers, rings } = this.#desk;
    this.#before = {
      episodes: { ...episodes },
      cases: { ...cases },
      timers: [...timers],
      rings: { ...rings },
    };
  }

  /** Puts everything back, and gives out nothing. */
  undo(): void {
    this.outputs.length = 0;
    if (this.#before !== null) Object.assign(this.#desk, this.#before);
    if (this.#rules === null) return;
    if (this.#own === undefined) delete this.#rules[this.#code];
    else this.#rules[this.#code] = this.#own;
  }
}
