/**
 * The second stage: one fold for what spans kitchens, in event-time order, before the kitchens of the same moment.
 * Its own alerts belong to areas, places, stations; what concerns one kitchen it tells that kitchen.
 *
 * It keeps one state (a copy of all lots and areas would cost too much), so live it folds in order of arrival up to the
 * clock, while replay folds up to the watermark; the rules here are written so that small disorder does not show.
 */

import { alertId, type Episode, episodeKey, isOpen } from "../../twin/alerts/episode.ts";
import type { Case } from "../../twin/case.ts";
import type { CasePolicy } from "../../twin/case-policy.ts";
import type { City } from "../../twin/city/city.ts";
import type { EventType } from "../../twin/events/event.ts";
import { AlertDesk, type DeskState } from "../alert-desk.ts";
import type { Finding } from "../detectors/finding.ts";
import { FACT_EVENTS } from "../facts.ts";
import type { Output } from "../output.ts";
import { insert, type Pending } from "../pending.ts";
import type { RuleInput } from "../rules/rule.ts";
import { cancelTimer, setTimer, type Timer } from "../timers.ts";
import { AreaCounts } from "./area-counts.ts";
import type { CityRule, CityRuleContext } from "./city-rule.ts";
import { OpenUnits } from "./open-units.ts";

export interface StageGround {
  readonly city: City;
  readonly rules: readonly CityRule[];
  readonly policy: CasePolicy;
  readonly tickAfter: (time: number) => number | null;
  readonly tell: (kitchen: number, finding: Finding) => void;
}

export interface SavedStage {
  readonly to: number;
  readonly episodes: Record<string, Episode>;
  readonly cases: Record<string, Case>;
  readonly timers: Timer[];
  readonly rules: Record<string, object>;
  readonly queue: Pending[];
  readonly areas: ReturnType<AreaCounts["save"]>;
  readonly units: ReturnType<OpenUnits["save"]>;
}

export class CityStage {
  readonly #ground: StageGround;
  readonly #byCode: ReadonlyMap<string, CityRule>;
  readonly #areas: AreaCounts;
  readonly #units: OpenUnits;
  readonly #rules: Record<string, object> = {};
  #desk: DeskState = { episodes: {}, cases: {}, timers: [] };
  #queue: Pending[] = [];
  #to = Number.NEGATIVE_INFINITY;

  constructor(ground: StageGround) {
    this.#ground = ground;
    this.#byCode = new Map(ground.rules.map((rule) => [rule.code, rule]));
    this.#areas = new AreaCounts(ground.city);
    this.#units = new OpenUnits(ground.city);
    for (const rule of ground.rules) this.#rules[rule.code] = rule.initial();
  }

  /** Whether the stage folds events of this type. */
  reads(type: EventType): boolean {
    return FACT_EVENTS.has(type) || this.#ground.rules.some((rule) => rule.events.includes(type));
  }

  get areas(): AreaCounts {
    return this.#areas;
  }

  /** Open and past episodes and cases that belong to no one kitchen. */
  get desk(): DeskState {
    return this.#desk;
  }

  /** The state of one rule, for read models (the lot graph); `undefined` for an unknown code. */
  stateOf(code: string): object | undefined {
    return this.#rules[code];
  }

  insert(item: Pending): void {
    insert(this.#queue, item);
  }

  /** Folds inputs, then timers, up to `until`. */
  advance(until: number, emit: (output: Output) => void): void {
    let used = 0;
    for (;;) {
      const item = this.#queue[used];
      const itemAt = item === undefined || item.time > until ? Number.POSITIVE_INFINITY : item.time;
      const timer = this.#desk.timers[0];
      const timerAt = timer === undefined || timer.due > until ? Number.POSITIVE_INFINITY : timer.due;
      const unitAt = this.#units.nextDue > until ? Number.POSITIVE_INFINITY : this.#units.nextDue;
      const next = Math.min(itemAt, timerAt, unitAt);
      if (next === Number.POSITIVE_INFINITY) break;
      if (item !== undefined && itemAt === next) {
        this.#foldItem(item, emit);
        used++;
      } else if (unitAt === next) this.#fireUnit(next, emit);
      else if (timer !== undefined) this.#fireTimer(timer, emit);
    }
    this.#queue.splice(0, used);
  }

  #foldItem(item: Pending, emit: (output: Output) => void): void {
    this.#to = Math.max(this.#to, item.time);
    const { input } = item;
    const changed = this.#count(input, item.time);
    if (input.kind === "event" && input.event.type === "warmcity.case.command") this.#command(item, emit);
    for (const rule of this.#ground.rules) {
      const reads =
        input.kind === "event" ? rule.events.includes(input.event.type) : rule.findings.includes(input.kind);
      if (!reads && !(changed && rule.areas === true)) continue;
      rule.fold(this.#rules[rule.code]!, input, this.#context(rule, item.time, item, emit));
    }
  }

  /** Keeps the area counts; returns whether one changed. */
  #count(input: RuleInput, now: number): boolean {
    const { city } = this.#ground;
    const kitchen =
      input.kind === "event"
        ? input.event.kitchen
        : "device" in input
          ? city.kitchenOfDevice[input.device]!
          : -1;
    if (kitchen < 0) return false;
    const closed = this.#units.fold(kitchen, input, now);
    let changed = this.#areas.setClosed(kitchen, closed);
    if (input.kind === "heard" || input.kind === "silent") {
      changed = this.#areas.setOnline(input.device, input.kind === "heard") || changed;
    }
    return changed;
  }

  #fireUnit(now: number, emit: (output: Output) => void): void {
    this.#to = Math.max(this.#to, now);
    const fired = this.#units.fire();
    if (fired === null || !this.#areas.setClosed(fired.kitchen, fired.closed)) return;
    for (const rule of this.#ground.rules) {
      if (rule.areas === true)
        rule.due(this.#rules[rule.code]!, "areas", this.#context(rule, now, null, emit));
    }
  }

  #fireTimer(timer: Timer, emit: (output: Output) => void): void {
    this.#desk.timers.shift();
    const now = Math.max(timer.due, this.#to);
    this.#to = now;
    if (timer.owner === "case") this.#deskAt(now, null, emit).caseDue(timer.key);
    const rule = this.#byCode.get(timer.owner);
    if (rule !== undefined)
      rule.due(this.#rules[rule.code]!, timer.key, this.#context(rule, now, null, emit));
  }

  #command(item: Pending, emit: (output: Output) => void): void {
    if (item.input.kind !== "event" || item.input.event.type !== "warmcity.case.command") return;
    const { source, data } = item.input.event;
    this.#deskAt(item.time, item, emit).command(this.#byCode, data.case, {
      type: "command",
      command: data.command,
      role: data.role,
      actor: data.actor ?? source,
      reason: data.reason ?? null,
      evidence: data.evidence ?? [],
      decision: data.decision ?? null,
    });
  }

  #deskAt(now: number, item: Pending | null, emit: (output: Output) => void): AlertDesk {
    return new AlertDesk(this.#desk, {
      place: null,
      kitchen: -1,
      kitchenType: null,
      hours: null,
      now,
      receivedAt: item?.receivedAt ?? null,
      retro: item?.retro ?? false,
      exercise: item?.exercise ?? false,
      tickAfter: this.#ground.tickAfter,
      emit,
      policy: this.#ground.policy,
    });
  }

  #context(
    rule: CityRule,
    now: number,
    item: Pending | null,
    emit: (output: Output) => void,
  ): CityRuleContext {
    const desk = this.#deskAt(now, item, emit);
    const { timers } = this.#desk;
    return {
      city: this.#ground.city,
      areas: this.#areas,
      now,
      receivedAt: item?.receivedAt ?? null,
      raise: (condition) => desk.raise(rule, condition, null),
      clear: (asset, because = []) => desk.clear(rule, asset, because),
      retire: (which, reason) => desk.retire(this.#byCode, which, reason),
      openLevel: (asset) => desk.openLevel(rule.code, asset),
      openAlert: (asset) => {
        const episode = this.#desk.episodes[episodeKey(rule.code, "", asset)];
        return isOpen(episode) ? alertId(episode.key, episode.number) : null;
      },
      tell: this.#ground.tell,
      setTimer: (key, due) => setTimer(timers, { due, owner: rule.code, key }),
      cancelTimer: (key) => cancelTimer(timers, rule.code, key),
    };
  }

  save(): SavedStage {
    return {
      to: this.#to,
      ...this.#desk,
      rules: this.#rules,
      queue: this.#queue,
      areas: this.#areas.save(),
      units: this.#units.save(),
    };
  }

  restore(saved: SavedStage): void {
    this.#to = saved.to;
    this.#desk = { episodes: saved.episodes, cases: saved.cases, timers: saved.timers };
    Object.assign(this.#rules, saved.rules);
    this.#queue = saved.queue;
    this.#areas.restore(saved.areas);
    this.#units.restore(saved.units);
  }
}
