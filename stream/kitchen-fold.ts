/**
 * Folds one kitchen: each input, then each timer, in event-time order; an input comes before a timer of the same
 * moment, so "≥ 30 min" fires at t0 + 30 min only if it still holds there.
 */

import { RING } from "./belated-rings.ts";
import { factsDue, foldFacts } from "./facts.ts";
import type { FoldGround } from "./fold-ground.ts";
import type { KitchenState } from "./kitchen-state.ts";
import { KitchenWork, type Moment } from "./kitchen-work.ts";
import type { Output } from "./output.ts";
import type { Pending } from "./pending.ts";
import { armRegions } from "./region-watch.ts";
import type { RuleInput } from "./rules/rule-input.ts";
import type { Timer } from "./timers.ts";

export class KitchenFold {
  readonly #ground: FoldGround;

  constructor(ground: FoldGround) {
    this.#ground = ground;
  }

  /** The beginning of time: calendar conditions that already hold are raised once, the others get their timers. */
  begin(kitchen: number, state: KitchenState, time: number, emit: (output: Output) => void): void {
    state.to = time;
    const work = this.#work(
      kitchen,
      state,
      { now: time, receivedAt: null, retro: false, exercise: false },
      emit,
    );
    for (const rule of this.#ground.rules.rules) if (rule.begin !== null) work.begin(rule);
    work.finish(true);
    armRegions(state, time);
  }

  /** Folds everything of `queue` and of the timers up to `until`; returns how many items of the queue it used. */
  advance(
    kitchen: number,
    state: KitchenState,
    queue: readonly Pending[],
    from: number,
    until: number,
    emit: (output: Output) => void,
  ): number {
    let used = from;
    for (;;) {
      const item = queue[used];
      const timer = state.timers[0];
      const itemIsDue = item !== undefined && item.time <= until;
      const timerIsDue = timer !== undefined && timer.due <= until;
      if (itemIsDue && (!timerIsDue || item.time <= timer.due)) {
        this.#foldItem(kitchen, state, item, emit);
        used++;
      } else if (timerIsDue) {
        state.timers.shift();
        this.#foldTimer(kitchen, state, timer, emit);
      } else {
        return used;
      }
    }
  }

  #foldItem(kitchen: number, state: KitchenState, item: Pending, emit: (output: Output) => void): void {
    state.to = Math.max(state.to, item.time);
    const moment = {
      now: item.time,
      receivedAt: item.receivedAt,
      retro: item.retro,
      exercise: item.exercise,
    };
    const work = this.#work(kitchen, state, moment, emit);
    const { input } = item;
    const factsMoved = foldFacts(state.facts, input, item.time, work);
    work.recheck();
    if (input.kind === "event") work.people(input.event);
    const quarantined = isQuarantined(input, state);
    for (const rule of this.#ground.rules.readersOf(input)) {
      if (!quarantined || READS_SUSPECT.has(rule.code)) work.fold(rule, input);
    }
    work.finish(factsMoved);
  }

  #foldTimer(kitchen: number, state: KitchenState, timer: Timer, emit: (output: Output) => void): void {
    const now = Math.max(timer.due, state.to);
    // Only late input sets a timer in what was folded already.
    const retro = timer.due < this.#ground.settledTo();
    state.to = now;
    const work = this.#work(kitchen, state, { now, receivedAt: null, retro, exercise: false }, emit);
    if (timer.owner === "case") work.desk.caseDue(timer.key);
    else if (timer.owner === RING) work.desk.ringBelated(timer.key);
    else if (timer.owner === "facts") {
      factsDue(state.facts, timer.key, now);
      work.recheck();
      for (const rule of this.#ground.rules.rules) work.due(rule, `facts:${timer.key}`);
    } else {
      const rule = this.#ground.rules.byCode.get(timer.owner);
      if (rule !== undefined) work.due(rule, timer.key);
    }
    work.finish(true);
  }

  #work(kitchen: number, state: KitchenState, moment: Moment, emit: (output: Output) => void): KitchenWork {
    return new KitchenWork(this.#ground, kitchen, state, moment, emit);
  }
}

/** The rules that data of a suspect device still reach (CONTRACT §2). */
const READS_SUSPECT: ReadonlySet<string> = new Set(["O04", "O05"]);
/** What is found in values; that a device is heard or silent is no value. */
const OF_VALUES: ReadonlySet<RuleInput["kind"]> = new Set(["held", "eased", "cleared", "crossed", "read"]);

function isQuarantined(input: RuleInput, { facts }: KitchenState): boolean {
  return OF_VALUES.has(input.kind) && "device" in input && facts.suspects[input.device]?.to === null;
}
