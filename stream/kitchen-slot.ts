/**
 * One kitchen in the fold: what is settled up to the watermark, what waits, and - live - an early state that runs ahead
 * to the clock so that nobody waits ten minutes for an alert. When an older input comes, the early state is thrown away
 * and folded again from the settled one (Time Warp, Jefferson 1985); what the ordered fold settles wins, and an alert
 * given out early that it does not confirm is withdrawn (CONTRACT §8).
 */

import { alertId, alertOf, type Episode } from "../twin/alerts/episode.ts";
import type { Kitchen } from "../twin/city/kitchen.ts";
import { EarlyOutputs, type SavedEarlyOutputs } from "./early-outputs.ts";
import type { KitchenFold } from "./kitchen-fold.ts";
import { copyKitchenState, initialKitchenState, type KitchenState } from "./kitchen-state.ts";
import type { Output, OutputOf } from "./output.ts";
import { insert, type Pending } from "./pending.ts";
import { savedNumber } from "./saved-number.ts";
import { caseCorrected, lowered, raisedAgain, withdrawn } from "./withdrawals.ts";

interface Early {
  readonly state: KitchenState;
  /** Items of the queue folded into it. */
  used: number;
  /** The clock up to which its timers have fired. */
  to: number;
}

export interface SavedSlot {
  readonly settled: Omit<KitchenState, "to"> & { readonly to: number | null };
  /** With what is shown provisionally. */
  readonly queue: readonly Pending[];
  readonly given: SavedEarlyOutputs;
  /** How far the early state had run; folded again at once, it need not be kept itself. */
  readonly early: Pick<Early, "used" | "to"> | null;
}

export class KitchenSlot {
  readonly #kitchen: number;
  /** Its id. */
  readonly #place: string;
  readonly #fold: KitchenFold;
  #settled: KitchenState;
  #queue: Pending[] = [];
  #early: Early | null = null;
  #given = new EarlyOutputs();

  constructor(kitchen: number, definition: Kitchen, fold: KitchenFold) {
    this.#kitchen = kitchen;
    this.#place = definition.id;
    this.#fold = fold;
    this.#settled = initialKitchenState(definition);
  }

  begin(time: number, emit: (output: Output) => void): void {
    this.#fold.begin(this.#kitchen, this.#settled, time, emit);
  }

  /** The newest state known: the early one where there is one. */
  get state(): KitchenState {
    return this.#early?.state ?? this.#settled;
  }

  /** The state settled up to the watermark. */
  get settled(): KitchenState {
    return this.#settled;
  }

  /** Earliest event time at which `settle` has something to do; Infinity = nothing. */
  get nextSettled(): number {
    const timer = this.#settled.timers[0]?.due ?? Number.POSITIVE_INFINITY;
    return Math.min(this.#queue[0]?.time ?? Number.POSITIVE_INFINITY, timer, this.#given.earliest);
  }

  /** Earliest event time at which `runAhead` has something to do. */
  get nextEarly(): number {
    const { state, used } = this.#early ?? { state: this.#settled, used: 0 };
    const timer = state.timers[0]?.due ?? Number.POSITIVE_INFINITY;
    return Math.min(this.#queue[used]?.time ?? Number.POSITIVE_INFINITY, timer);
  }

  /**
   * Of provisional items under one name the earliest stands: what rang at once must not ring again with each that follows.
   * Returns whether the item has only joined the queue, so that nothing else can be due before it that was not before.
   */
  insert(item: Pending): boolean {
    if (item.provisional !== null) {
      const standing = this.#queue.find(({ provisional }) => provisional === item.provisional);
      if (standing !== undefined && standing.time <= item.time) return false;
      this.retract(item.provisional);
    }
    const at = insert(this.#queue, item);
    if (this.#early === null) return item.provisional === null;
    const isNew = at >= this.#early.used && item.time > this.#early.state.to;
    if (!isNew) this.#early = null;
    return false;
  }

  /** Takes back what was inserted provisionally under this name. */
  retract(name: string): void {
    const at = this.#queue.findIndex((item) => item.provisional === name);
    if (at < 0) return;
    this.#queue.splice(at, 1);
    if (this.#early !== null && at < this.#early.used) this.#early = null;
  }

  /** Folds for good everything up to the watermark. `clock`: how far to run ahead; `null` = not at all. */
  settle(watermark: number, clock: number | null, emit: (output: Output) => void): void {
    const queue = this.#queue;
    let count = 0;
    let isFirm = true;
    for (; count < queue.length && queue[count]!.time <= watermark; count++)
      if (queue[count]!.provisional !== null) isFirm = false;
    const hadGiven = !this.#given.isEmpty;
    if (!isFirm || (this.#early !== null && this.#early.to < watermark)) this.#early = null;
    // The fold stops at the watermark by itself: where all that is due is firm, the queue need not be copied.
    const firm = isFirm ? queue : queue.slice(0, count).filter((item) => item.provisional === null);
    this.#fold.advance(this.#kitchen, this.#settled, firm, 0, watermark, (output) => {
      if (!this.#given.confirm(output)) emit(this.#given.named(output));
    });
    if (count === queue.length) this.#queue = [];
    else queue.splice(0, count);
    if (this.#early !== null) this.#early.used -= count;
    if (this.#given.earliest <= watermark) this.#correct(watermark, clock, emit);
    if (hadGiven) this.#lower(watermark, emit);
    this.#rest();
  }

  /** Nothing waits and nothing was given out early: the settled state speaks for itself. */
  #rest(): void {
    if (this.#queue.length === 0 && this.#given.isEmpty) this.#early = null;
  }

  /** Takes back what was given out early and is not so, nor comes a little later. */
  #correct(watermark: number, clock: number | null, emit: (output: Output) => void): void {
    this.#early = null;
    if (clock !== null) this.runAhead(clock, emit);
    const unconfirmed = this.#given.takeUnconfirmed(watermark);
    this.#correctCases(unconfirmed, watermark, emit);
    const over = new Set<string>();
    for (const { type, data } of unconfirmed) if (type === "warmcity.alert.resolved") over.add(data.alert);
    for (const { type, data, subject } of unconfirmed) {
      if (type !== "warmcity.alert.raised" && type !== "warmcity.alert.resolved") continue;
      const episode = this.#settledEpisode(data.alert);
      if (episode === undefined && type === "warmcity.alert.raised" && !over.has(data.alert)) {
        emit(withdrawn(data, subject, watermark));
      } else if (episode?.state === "firing" && type === "warmcity.alert.resolved") {
        emit(raisedAgain(alertOf(episode, subject), subject, watermark));
      }
    }
  }

  /** Says of each case whose last word was not so how it stands. */
  #correctCases(unconfirmed: readonly Output[], watermark: number, emit: (output: Output) => void): void {
    const told = new Map<string, OutputOf<"warmcity.case.changed">>();
    for (const output of [...unconfirmed].sort((a, b) => a.time - b.time))
      if (output.type === "warmcity.case.changed") told.set(output.data.case, output);
    for (const [id, last] of told) {
      const known = this.state.cases[id];
      // More of it has gone out, which is not settled yet: of a case that is, that is the last word.
      const later = known === undefined ? this.#given.takeCase(id) : this.#given.lastOf(id);
      if (known !== undefined && later !== null) continue;
      const correction = caseCorrected(later ?? last, known, watermark);
      if (correction !== null) emit(correction);
    }
  }

  /** Takes a level back that is not settled: a real rise to it, later, must be told. */
  #lower(watermark: number, emit: (output: Output) => void): void {
    const firing = (alert: string) => {
      const episode = this.#settledEpisode(alert);
      return episode?.state === "firing" ? episode : null;
    };
    for (const alert of this.#given.takeTooGrave((id) => firing(id)?.level ?? null)) {
      const episode = firing(alert);
      if (episode !== null) emit(lowered(alertOf(episode, this.#place), watermark));
    }
  }

  #settledEpisode(alert: string): Episode | undefined {
    return Object.values(this.#settled.episodes).find(({ key, number }) => alertId(key, number) === alert);
  }

  /** Live: folds ahead up to the clock and gives out what has not been given out yet. */
  runAhead(clock: number, emit: (output: Output) => void): void {
    if (this.nextEarly > clock) return;
    this.#early ??= this.#beginEarly(clock);
    const early = this.#early;
    early.to = clock;
    early.used = this.#fold.advance(this.#kitchen, early.state, this.#queue, early.used, clock, (output) => {
      if (this.#given.say(output, early.state.to)) emit(this.#given.named(output));
    });
  }

  #beginEarly(to: number): Early {
    this.#given.begin();
    return { state: copyKitchenState(this.#settled), used: 0, to };
  }

  save(): SavedSlot {
    return {
      settled: { ...this.#settled, to: savedNumber(this.#settled.to) },
      queue: this.#queue,
      given: this.#given.save(),
      early: this.#early === null ? null : { used: this.#early.used, to: this.#early.to },
    };
  }

  /** Folded again, the early state says what it has said before, so nothing goes out. */
  restore({ settled, queue, given, early }: SavedSlot): void {
    this.#settled = { ...settled, to: settled.to ?? Number.NEGATIVE_INFINITY };
    this.#queue = [...queue];
    this.#given = new EarlyOutputs(given);
    this.#early = null;
    if (early === null) return;
    const { state } = this.#beginEarly(early.to);
    const head = this.#queue.slice(0, early.used);
    this.#fold.advance(this.#kitchen, state, head, 0, early.to, (output) => this.#given.sayAgain(output));
    this.#early = { state, ...early };
  }
}
