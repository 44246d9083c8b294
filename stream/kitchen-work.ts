/** One input or timer being folded into one kitchen: what the facts, the rules and the desk may see and do meanwhile. */

import type { Episode, EpisodeReason } from "../twin/alerts/episode.ts";
import { oneUp } from "../twin/alerts/level.ts";
import type { KitchenHours } from "../twin/case.ts";
import type { City } from "../twin/city/city.ts";
import type { Kitchen } from "../twin/city/kitchen.ts";
import type { CityEvent } from "../twin/events/event.ts";
import type { Level } from "../twin/events/fields.ts";
import type { Cause } from "../twin/events/output-events.ts";
import { AlertDesk, type DeskRule } from "./alert-desk.ts";
import { commandOf } from "./case-commands.ts";
import type { CaseFinding } from "./detectors/finding.ts";
import type { FactTimers, KitchenFacts } from "./facts.ts";
import type { FoldGround } from "./fold-ground.ts";
import type { KitchenState } from "./kitchen-state.ts";
import { muteOf } from "./muting.ts";
import type { Output } from "./output.ts";
import { watchRegions } from "./region-watch.ts";
import { RuleAttempt } from "./rule-attempt.ts";
import { type FaultyWork, ruleFault } from "./rule-fault.ts";
import type { Condition, Rule, RuleContext } from "./rules/rule.ts";
import type { RuleInput } from "./rules/rule-input.ts";
import { cancelTimer, dueOf, setTimer } from "./timers.ts";

/** A higher level moves the limit of a case without a step of its own. */
const MOVES_CASES: ReadonlySet<Output["type"]> = new Set([
  "warmcity.case.changed",
  "warmcity.alert.raised",
  "warmcity.alert.level-changed",
]);

/** The circumstances of the input or timer in hand. */
export interface Moment {
  readonly now: number;
  readonly receivedAt: number | null;
  readonly retro: boolean;
  readonly exercise: boolean;
}

/** One input or timer being folded into one kitchen. */
export class KitchenWork implements FactTimers {
  readonly ground: FoldGround;
  readonly kitchen: Kitchen;
  readonly state: KitchenState;
  readonly moment: Moment;
  readonly #emit: (output: Output) => void;
  readonly #index: number;
  /** Cases that moved, and were not yet told to the rules. */
  #moved: { readonly id: string; readonly overdue: boolean }[] = [];
  /** The rule at work; `null` = the engine itself. */
  #attempt: RuleAttempt | null = null;
  /** Made when it is first needed: most inputs move no alert. */
  #desk: AlertDesk | null = null;

  constructor(
    ground: FoldGround,
    kitchen: number,
    state: KitchenState,
    moment: Moment,
    emit: (output: Output) => void,
  ) {
    this.ground = ground;
    this.kitchen = ground.city.kitchens[kitchen]!;
    this.state = state;
    this.moment = moment;
    this.#emit = emit;
    this.#index = kitchen;
  }

  get desk(): AlertDesk {
    this.#desk ??= this.#openDesk();
    return this.#desk;
  }

  #openDesk(): AlertDesk {
    const { id, name, type } = this.kitchen;
    return new AlertDesk(this.state, {
      place: id,
      placeName: name,
      kitchen: this.#index,
      kitchenType: type,
      hours: hoursOf(this.kitchen),
      ...this.moment,
      tickAfter: this.ground.tickAfter,
      clock: this.ground.clock,
      emit: (output) => {
        if (MOVES_CASES.has(output.type) && "case" in output.data && output.data.case !== null)
          this.caseMoved(output.data.case, false);
        if (this.#attempt === null) this.#emit(output);
        else this.#attempt.outputs.push(output);
      },
      policies: this.ground.policies.book,
    });
  }

  set(key: string, due: number): void {
    setTimer(this.state.timers, { due, owner: "facts", key });
  }

  cancel(key: string): void {
    cancelTimer(this.state.timers, "facts", key);
  }

  /** Lets the rule read an input. */
  fold(rule: Rule, input: RuleInput): void {
    const scene = new RuleScene(this, rule);
    if (this.#concerns(rule, input, scene)) this.#try(rule, input, scene);
  }

  /** A timer of the rule, or of the facts, is due. */
  due(rule: Rule, key: string): void {
    this.#try(rule, { kind: "timer", key }, new RuleScene(this, rule));
  }

  begin(rule: Rule): void {
    this.#try(rule, { kind: "begin" }, new RuleScene(this, rule));
  }

  /** Most inputs are none of the affairs of most rules: so nothing is made for them. */
  #concerns(rule: Rule, input: RuleInput, scene: RuleScene): boolean {
    if (rule.concerns === null) return true;
    try {
      return rule.concerns(this.state.rules[rule.code] ?? rule.initial(), input, scene);
    } catch (thrown) {
      this.#emit(ruleFault(rule, this.kitchen.id, input, this.moment.now, thrown));
      return false;
    }
  }

  /** A rule that throws has done nothing, and is told of. */
  #try(rule: Rule, work: FaultyWork, scene: RuleScene): void {
    const attempt = new RuleAttempt(this.state, this.state.rules, rule.code);
    const moved = this.#moved.length;
    this.#attempt = attempt;
    try {
      attempt.own(rule.copy);
      const state = this.#stateOf(rule);
      if (work.kind === "timer") rule.due(state, work.key, scene);
      else if (work.kind === "begin") rule.begin?.(state, scene);
      else rule.fold(state, work, scene);
    } catch (thrown) {
      attempt.undo();
      this.#moved.splice(moved);
      attempt.outputs.push(ruleFault(rule, this.kitchen.id, work, this.moment.now, thrown));
    } finally {
      this.#attempt = null;
    }
    for (const output of attempt.outputs) this.#emit(output);
  }

  #stateOf(rule: Rule): object {
    const known = this.state.rules[rule.code];
    if (known !== undefined) return known;
    const fresh = rule.initial();
    this.state.rules[rule.code] = fresh;
    return fresh;
  }

  /** Before the rule at work changes what is not its own. */
  touch(): void {
    this.#attempt?.touch();
  }

  muteOf(rule: DeskRule, asset: string | null, time: number) {
    return muteOf(rule, asset, this.state.facts, this.ground.city, time);
  }

  /** Conditions muted until now may ring if the reason has ended. */
  recheck(): void {
    if (!this.#isAnySuppressed()) return;
    this.desk.recheck(this.ground.rules.byCode, (rule, episode) =>
      this.muteOf(rule, episode.asset, this.moment.now),
    );
  }

  #isAnySuppressed(): boolean {
    const { episodes } = this.state;
    for (const key in episodes) if (episodes[key]!.state === "suppressed") return true;
    return false;
  }

  /** Records and commands of people concern the desk whatever the rules say. */
  people(event: CityEvent): void {
    const rules = this.ground.rules.byCode;
    if (event.type === "warmcity.record.filed") {
      const { kind, device, case: about } = event.data;
      this.desk.record(rules, kind, { device: device ?? null, case: about ?? null });
    } else if (event.type === "warmcity.case.command") {
      this.desk.command(rules, event.data.case, commandOf(event.data, event.source));
    }
  }

  caseMoved(id: string, overdue: boolean): void {
    this.#moved.push({ id, overdue });
  }

  /** Raises by one level whatever fires in the case; a ★ does not count twice. */
  worsen(id: string, because: readonly Cause[]): Level | null {
    const episode = Object.values(this.state.episodes).find(
      (one) => one.case === id && one.state === "firing",
    );
    const rule = episode === undefined ? undefined : this.ground.rules.byCode.get(episode.code);
    if (episode === undefined || rule === undefined) return null;
    const condition = { asset: episode.asset, level: oneUp(episode.level), because, receivedAt: null };
    this.desk.raise({ ...rule, star: false }, { ...condition, exercise: episode.exercise }, null);
    return condition.level;
  }

  /** `factsMoved`: more has changed than what the alerts say, or time alone may have changed what is known. */
  finish(factsMoved: boolean): void {
    this.#tellMoved();
    if (factsMoved || this.#desk !== null)
      watchRegions(this.kitchen, this.state, this.moment.now, this.#emit);
  }

  /** Cases follow the rules and S01 the cases; what it raises moves a case of its own, which it leaves alone. */
  #tellMoved(): void {
    for (let moved = this.#moved.shift(); moved !== undefined; moved = this.#moved.shift()) {
      const about = this.state.cases[moved.id];
      if (about === undefined) continue;
      const { exercise } = about;
      const known = { time: this.moment.now, receivedAt: null, exercise, because: [] };
      const finding: CaseFinding = { kind: "case-moved", case: about, overdue: moved.overdue, ...known };
      for (const rule of this.ground.rules.readersOf(finding)) this.fold(rule, finding);
    }
  }
}

function hoursOf({ opens, calendar, meals }: Kitchen): KitchenHours {
  return { opens, calendar, meals };
}

/** A class and not an object of closures: one is made for every rule and input, and that is the fold's hot path. */
class RuleScene implements RuleContext {
  readonly city: City;
  readonly kitchen: Kitchen;
  readonly facts: KitchenFacts;
  readonly now: number;
  readonly #work: KitchenWork;
  readonly #rule: Rule;

  constructor(work: KitchenWork, rule: Rule) {
    this.city = work.ground.city;
    this.kitchen = work.kitchen;
    this.facts = work.state.facts;
    this.now = work.moment.now;
    this.#work = work;
    this.#rule = rule;
  }

  get parameters(): object {
    return this.#work.ground.policies.parametersOf(this.#rule.code, this.now);
  }

  /** A code that is off raises nothing, and makes nothing worse. */
  get #isOff(): boolean {
    return this.#work.ground.policies.isOff(this.#rule.code, this.now);
  }

  raise(condition: Condition): void {
    if (this.#isOff) return;
    this.#work.touch();
    const mute = this.#work.muteOf(this.#rule, condition.asset, condition.at ?? this.now);
    this.#work.desk.raise(this.#rule, condition, mute);
  }

  clear(asset: string | null, because: readonly Cause[] = []): void {
    this.#work.touch();
    this.#work.desk.clear(this.#rule, asset, because);
  }

  retire(which: (episode: Episode) => boolean, reason: EpisodeReason, parent: string | null = null): void {
    this.#work.touch();
    this.#work.desk.retire(this.#work.ground.rules.byCode, which, reason, parent);
  }

  openLevel(asset: string | null) {
    return this.#work.desk.openLevel(this.#rule.code, asset);
  }

  caseOf(asset: string | null) {
    return this.#work.desk.caseOf(this.#rule.code, asset);
  }

  caseWith(id: string) {
    return this.#work.state.cases[id] ?? null;
  }

  worsen(caseId: string, because: readonly Cause[]) {
    if (this.#isOff) return null;
    this.#work.touch();
    return this.#work.worsen(caseId, because);
  }

  overdue(asset: string | null): void {
    const about = this.#isOff ? null : this.caseOf(asset);
    if (about !== null) this.#work.caseMoved(about.id, true);
  }

  suspect(device: number): void {
    if (this.facts.suspects[device]?.to === null) return;
    this.facts.suspects = { ...this.facts.suspects, [device]: { from: this.now, to: null } };
  }

  trust(device: number): void {
    const span = this.facts.suspects[device];
    if (span?.to !== null) return;
    this.facts.suspects = { ...this.facts.suspects, [device]: { from: span.from, to: this.now } };
  }

  setTimer(key: string, due: number): void {
    if (dueOf(this.#work.state.timers, this.#rule.code, key) === due) return;
    this.#work.touch();
    setTimer(this.#work.state.timers, { due, owner: this.#rule.code, key });
  }

  cancelTimer(key: string): void {
    if (dueOf(this.#work.state.timers, this.#rule.code, key) === null) return;
    this.#work.touch();
    cancelTimer(this.#work.state.timers, this.#rule.code, key);
  }
}
