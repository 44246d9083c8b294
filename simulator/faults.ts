/** What is wrong in kitchens just now, as far as processes must know it; incidents write, processes ask. */

export class Faults {
  /** Key -> end of the fault, ms since epoch. */
  readonly #until = new Map<string, number>();
  #purgeAt = 1_024;

  /** `from` is now: what ended before it may be forgotten. */
  set(fault: FaultKind, subject: number, from: number, until: number): void {
    this.#until.set(`${fault}/${subject}`, until);
    if (this.#until.size < this.#purgeAt) return;
    for (const [key, end] of this.#until) if (end <= from) this.#until.delete(key);
    this.#purgeAt = 2 * this.#until.size + 1_024;
  }

  has(fault: FaultKind, subject: number, time: number): boolean {
    if (this.#until.size === 0) return false;
    const key = `${fault}/${subject}`;
    const until = this.#until.get(key);
    if (until === undefined) return false;
    if (time < until) return true;
    this.#until.delete(key);
    return false;
  }
}

/**
 * By device: `dish-cold` a machine that no longer gets hot, `dish-planned` one whose cycles an incident plans, `routed` a GPS
 * whose way an incident plans. By kitchen:
 * the others; `shut` = nobody is there.
 */
export type FaultKind =
  | "dish-cold"
  | "dish-planned"
  | "routed"
  | "unwashed"
  | "no-samples"
  | "no-lamps"
  | "shut"
  | "no-self-checks";
