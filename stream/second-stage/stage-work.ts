/** One input, timer or end of a moment being folded by the second stage: what its rules see and may do (`CityRuleContext`). */
import { alertId, type Episode, type EpisodeReason, episodeKey, isOpen } from "../../twin/alerts/episode.ts";
import type { City } from "../../twin/city/city.ts";
import type { EventOf } from "../../twin/events/event.ts";
import type { Level } from "../../twin/events/fields.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import { AlertDesk, type DeskState } from "../alert-desk.ts";
import { commandOf } from "../case-commands.ts";
import type { Finding } from "../detectors/finding.ts";
import type { Output } from "../output.ts";
import type { Pending } from "../pending.ts";
import type { PolicyInForce } from "../policy-in-force.ts";
import { RuleAttempt } from "../rule-attempt.ts";
import { type FaultyWork, ruleFault } from "../rule-fault.ts";
import type { Condition } from "../rules/rule.ts";
import { cancelTimer, setTimer } from "../timers.ts";
import type { AreaCounts } from "./area-counts.ts";
import type { CityRule, CityRuleContext, Concern } from "./city-rule.ts";

/** What all work of the stage shares. */
export interface StageGround {
  readonly city: City;
  readonly rules: readonly CityRule[];
  readonly policies: PolicyInForce;
  /** Time of the first tick at or after a moment; `null` = receipts are not known. */
  readonly tickAfter: (time: number) => number | null;
  /** The fold's clock, ms since epoch. */
  readonly clock: () => number;
  /** `isLate`: it rests on an input that was late. */
  readonly tell: (kitchen: number, finding: Finding, isLate: boolean) => void;
}

export class StageWork {
  readonly ground: StageGround;
  readonly areas: AreaCounts;
  readonly rules: ReadonlyMap<string, CityRule>;
  /** Open and past episodes and cases that belong to no one kitchen. */
  desk: DeskState = { episodes: {}, cases: {}, timers: [], rings: {} };
  #now = Number.NEGATIVE_INFINITY;
  #item: Pending | null = null;
  #emit: (output: Output) => void = () => undefined;
  /** The rule at work; `null` = the engine itself. */
  #attempt: RuleAttempt | null = null;
  /** What the rule at work has told kitchens. */
  #told: { readonly kitchen: number; readonly finding: Finding }[] = [];

  constructor(ground: StageGround, areas: AreaCounts) {
    this.ground = ground;
    this.areas = areas;
    this.rules = new Map(ground.rules.map((rule) => [rule.code, rule]));
  }

  /** Takes up the next input (`null`: a timer) at `now`. */
  turnTo(now: number, item: Pending | null, emit: (output: Output) => void): void {
    this.#now = now;
    this.#item = item;
    this.#emit = emit;
  }

  /** Lets a rule act; one that throws has changed no alert and told no kitchen, and is told of itself. */
  try(rule: CityRule, work: FaultyWork, act: () => void): void {
    const attempt = new RuleAttempt(this.desk, null, rule.code);
    this.#attempt = attempt;
    this.#told = [];
    try {
      act();
    } catch (thrown) {
      attempt.undo();
      this.#told = [];
      attempt.outputs.push(ruleFault(rule, null, work, this.#now, thrown));
    } finally {
      this.#attempt = null;
    }
    for (const output of attempt.outputs) this.#emit(output);
    const isLate = this.#item?.retro ?? false;
    for (const { kitchen, finding } of this.#told) this.ground.tell(kitchen, finding, isLate);
  }

  /** Before the rule at work changes what is not its own. */
  touch(): void {
    this.#attempt?.touch();
  }

  tell(kitchen: number, finding: Finding): void {
    this.#told.push({ kitchen, finding });
  }

  get now(): number {
    return this.#now;
  }

  get item(): Pending | null {
    return this.#item;
  }

  /** A desk for what is in hand. */
  atDesk(): AlertDesk {
    const item = this.#item;
    return new AlertDesk(this.desk, {
      place: null,
      placeName: null,
      kitchen: -1,
      kitchenType: null,
      hours: null,
      now: this.#now,
      receivedAt: item?.receivedAt ?? null,
      retro: item?.retro ?? false,
      exercise: item?.exercise ?? false,
      tickAfter: this.ground.tickAfter,
      clock: this.ground.clock,
      emit: (output) => {
        if (this.#attempt === null) this.#emit(output);
        else this.#attempt.outputs.push(output);
      },
      policies: this.ground.policies.book,
    });
  }

  /** A command of a person about a case of the stage. */
  command({ source, data }: EventOf<"warmcity.case.command">): void {
    this.atDesk().command(this.rules, data.case, commandOf(data, source));
  }
}

/** What one rule sees of the work; made once per rule, for the stage folds 700,000 inputs a day. */
export class StageContext implements CityRuleContext {
  readonly #work: StageWork;
  readonly #rule: CityRule;

  constructor(work: StageWork, rule: CityRule) {
    this.#work = work;
    this.#rule = rule;
  }

  get parameters(): object {
    return this.#work.ground.policies.parametersOf(this.#rule.code, this.now);
  }

  get city(): City {
    return this.#work.ground.city;
  }

  get areas(): AreaCounts {
    return this.#work.areas;
  }

  get now(): number {
    return this.#work.now;
  }

  get receivedAt(): number | null {
    return this.#work.item?.receivedAt ?? null;
  }

  get exercise(): boolean {
    return this.#work.item?.exercise ?? false;
  }

  raise(condition: Condition): void {
    if (this.#isOff) return;
    this.#work.touch();
    this.#work.atDesk().raise(this.#rule, condition, null);
  }

  clear(asset: string | null, because: readonly Cause[] = []): void {
    this.#work.touch();
    this.#work.atDesk().clear(this.#rule, asset, because);
  }

  retire(which: (episode: Episode) => boolean, reason: EpisodeReason, parent: string | null = null): void {
    this.#work.touch();
    this.#work.atDesk().retire(this.#work.rules, which, reason, parent);
  }

  openLevel(asset: string | null): Level | null {
    return this.#open(asset)?.level ?? null;
  }

  openAlert(asset: string | null): string | null {
    const episode = this.#open(asset);
    return episode === null ? null : alertId(episode.key, episode.number);
  }

  #open(asset: string | null): Episode | null {
    const episode = this.#work.desk.episodes[episodeKey(this.#rule.code, "", asset)];
    return isOpen(episode) ? episode : null;
  }

  get #isOff(): boolean {
    return this.#work.ground.policies.isOff(this.#rule.code, this.now);
  }

  concern(kitchen: number, { at, exercise, ...found }: Concern): void {
    this.tell(kitchen, {
      kind: "concern",
      code: this.#rule.code,
      time: at ?? this.now,
      receivedAt: this.receivedAt,
      exercise: exercise ?? this.exercise,
      ...found,
    });
  }

  /** A code that is off mutes nobody and finds nothing; what it said before may still end. */
  tell(kitchen: number, finding: Finding): void {
    const ends = finding.kind === "outage-ended" || (finding.kind === "concern" && !finding.holds);
    if (ends || !this.#isOff) this.#work.tell(kitchen, finding);
  }

  setTimer(key: string, due: number): void {
    this.#work.touch();
    setTimer(this.#work.desk.timers, { due, owner: this.#rule.code, key });
  }

  cancelTimer(key: string): void {
    this.#work.touch();
    cancelTimer(this.#work.desk.timers, this.#rule.code, key);
  }
}
