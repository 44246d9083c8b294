/**
 * The second stage: one fold for what spans kitchens, in event-time order, before the kitchens of the same moment.
 * Its own alerts belong to areas, places, stations; what concerns one kitchen it tells that kitchen.
 *
 *   inputs --> open units --> area counts --> rules of the input --> end of the moment: shares are judged --> timers
 *
 * It keeps one state (a copy of all lots and areas would cost too much), so live it folds in order of arrival up to the
 * clock, while replay folds up to the watermark; the rules here are written so that small disorder does not show.
 * Once a minute it tells how the city, its banners and offices stand (`area-reports.ts`).
 */

import type { Episode } from "../../twin/alerts/episode.ts";
import type { Case } from "../../twin/case.ts";
import type { EventType } from "../../twin/events/event.ts";
import type { DeskState } from "../alert-desk.ts";
import { type Notification, RING } from "../belated-rings.ts";
import { FACT_EVENTS } from "../facts.ts";
import type { Output } from "../output.ts";
import type { Pending } from "../pending.ts";
import { PendingSpans } from "../pending-spans.ts";
import type { RuleInput } from "../rules/rule.ts";
import type { Timer } from "../timers.ts";
import { AreaCounts, type DeviceChange } from "./area-counts.ts";
import { AreaReports, type SavedReports } from "./area-reports.ts";
import type { CityRule } from "./city-rule.ts";
import { OpenUnits } from "./open-units.ts";
import { StageContext, type StageGround, StageWork } from "./stage-work.ts";
import { weatherNotices } from "./weather-notices.ts";

export interface SavedStage {
  /** `null` = nothing folded yet. */
  readonly to: number | null;
  readonly episodes: Record<string, Episode>;
  readonly cases: Record<string, Case>;
  readonly timers: Timer[];
  readonly rings: Record<string, readonly Notification[]>;
  readonly rules: Record<string, unknown>;
  readonly queue: Pending[];
  readonly areas: ReturnType<AreaCounts["save"]>;
  readonly reports: SavedReports;
  readonly units: ReturnType<OpenUnits["save"]>;
}

/** A rule at work. */
interface Duty {
  readonly rule: CityRule;
  readonly context: StageContext;
  state: object;
}

/** A rule at work that follows the area counts. */
interface Watch {
  readonly duty: Duty;
  readonly areas: NonNullable<CityRule["areas"]>;
}

const WEATHER = "warmcity.weather.warned";

export class CityStage {
  readonly #ground: StageGround;
  readonly #areas: AreaCounts;
  readonly #reports: AreaReports;
  readonly #units: OpenUnits;
  readonly #work: StageWork;
  readonly #duties: ReadonlyMap<string, Duty>;
  readonly #readers = new Map<EventType, Duty[]>();
  readonly #watches: readonly Watch[];
  readonly #queue = new PendingSpans();
  #to = Number.NEGATIVE_INFINITY;
  /** The last input of this moment that changed a count. */
  #changedBy: Pending | null = null;

  constructor(ground: StageGround) {
    this.#ground = ground;
    this.#areas = new AreaCounts(ground.city);
    this.#reports = new AreaReports(ground.city, this.#areas);
    this.#units = new OpenUnits(ground.city);
    this.#work = new StageWork(ground, this.#areas);
    const duties: Duty[] = ground.rules.map((rule) => ({
      rule,
      context: new StageContext(this.#work, rule),
      state: rule.initial(),
    }));
    this.#duties = new Map(duties.map((duty) => [duty.rule.code, duty]));
    this.#watches = duties.flatMap((duty) =>
      duty.rule.areas === null ? [] : [{ duty, areas: duty.rule.areas }],
    );
    for (const type of FACT_EVENTS) this.#readers.set(type, []);
    this.#readers.set(WEATHER, []);
    for (const duty of duties) {
      for (const type of duty.rule.events)
        this.#readers.set(type, [...(this.#readers.get(type) ?? []), duty]);
    }
  }

  /** Whether the stage folds events of this type. */
  reads(type: EventType): boolean {
    return this.#readers.has(type);
  }

  get areas(): AreaCounts {
    return this.#areas;
  }

  /** Open and past episodes and cases that belong to no one kitchen. */
  get desk(): DeskState {
    return this.#work.desk;
  }

  /** The state of one rule, for read models (the lot graph); `undefined` for an unknown code. */
  stateOf(code: string): object | undefined {
    return this.#duties.get(code)?.state;
  }

  insert(item: Pending): void {
    this.#queue.insert(item);
  }

  /** Folds inputs, then the ends of moments, then timers, up to `until`. */
  advance(until: number, emit: (output: Output) => void): void {
    const due = this.#queue.takeDue(until);
    let used = 0;
    for (;;) {
      const item = due[used];
      const itemAt = item?.time ?? Number.POSITIVE_INFINITY;
      const timerAt = this.#work.desk.timers[0]?.due ?? Number.POSITIVE_INFINITY;
      const unitAt = this.#units.nextDue;
      const next = Math.min(itemAt, timerAt, unitAt);
      if (this.#areas.touched.size > 0 && (Math.min(itemAt, unitAt) > this.#to || next > until)) {
        this.#endMoment(emit);
        continue;
      }
      const isDone = next > until || next === Number.POSITIVE_INFINITY;
      this.#reports.pass(isDone ? until + 1 : next, this.#to);
      if (isDone) break;
      if (item !== undefined && itemAt === next) {
        this.#foldItem(item, emit);
        used++;
      } else if (unitAt === next) this.#fireUnit(next);
      else this.#fireTimer(emit);
    }
  }

  /** An alert is given out, by the stage or by a kitchen. */
  note(output: Output): void {
    this.#reports.note(output);
  }

  /** Tells what changed in the areas in the minutes that ended up to `until`; all outputs up to there have been noted. */
  tellAreas(until: number, emit: (output: Output) => void): void {
    this.#reports.tell(until, emit);
  }

  #foldItem(item: Pending, emit: (output: Output) => void): void {
    this.#to = Math.max(this.#to, item.time);
    this.#work.turnTo(item.time, item, emit);
    const { input } = item;
    this.#count(input, item);
    if (input.kind !== "event") return;
    if (input.event.type === "warmcity.case.command") this.#work.command(input.event);
    if (input.event.type === WEATHER && !item.exercise)
      for (const notice of weatherNotices(this.#ground.city, input.event)) emit(notice);
    for (const { rule, state, context } of this.#readers.get(input.event.type) ?? []) {
      this.#work.try(rule, input, () => rule.fold(state, input, context));
    }
  }

  /** Keeps units and area counts. */
  #count(input: RuleInput, item: Pending): void {
    const { city } = this.#ground;
    const about = input.kind === "event" ? input.event : "device" in input ? input : null;
    if (about === null) return;
    const kitchen = "kitchen" in about ? about.kitchen : city.kitchenOfDevice[about.device]!;
    if (kitchen < 0) return;
    if (this.#setClosed(kitchen, this.#units.fold(kitchen, input, item.time), item.time))
      this.#changedBy = item;
    if (input.kind !== "heard" && input.kind !== "silent") return;
    const change = this.#areas.setOnline(input.device, input.kind === "heard");
    if (this.#areas.touched.size > 0) this.#changedBy = item;
    if (change !== null) this.#changed(input.device, change, item.time);
  }

  #setClosed(kitchen: number, closed: boolean, time: number): boolean {
    if (!this.#areas.setClosed(kitchen, closed)) return false;
    if (!closed) return true;
    const { firstDevice } = this.#ground.city;
    for (let device = firstDevice[kitchen]!; device < firstDevice[kitchen + 1]!; device++) {
      this.#changed(device, "gone", time);
    }
    return true;
  }

  #changed(device: number, change: DeviceChange, time: number): void {
    for (const { duty, areas } of this.#watches) {
      this.#work.try(duty.rule, { kind: "timer", key: `device ${device}` }, () =>
        areas.device(duty.state, device, change, time, duty.context),
      );
    }
  }

  #fireUnit(due: number): void {
    this.#to = Math.max(this.#to, due);
    const fired = this.#units.fire();
    if (fired !== null && this.#setClosed(fired.kitchen, fired.closed, this.#to)) this.#changedBy = null;
  }

  /** All inputs of the moment are folded: only now are shares judged, so that their order within it does not show. */
  #endMoment(emit: (output: Output) => void): void {
    this.#work.turnTo(this.#to, this.#changedBy, emit);
    for (const { duty, areas } of this.#watches) {
      this.#work.try(duty.rule, { kind: "timer", key: "end of the moment" }, () =>
        areas.moment(duty.state, this.#areas.touched, duty.context),
      );
    }
    this.#reports.touch(this.#areas.touched);
    this.#areas.untouch();
    this.#changedBy = null;
  }

  #fireTimer(emit: (output: Output) => void): void {
    const timer = this.#work.desk.timers.shift()!;
    this.#to = Math.max(timer.due, this.#to);
    this.#work.turnTo(this.#to, null, emit);
    const duty = this.#duties.get(timer.owner);
    if (timer.owner === "case") this.#work.atDesk().caseDue(timer.key);
    else if (timer.owner === RING) this.#work.atDesk().ringBelated(timer.key);
    else if (duty !== undefined) {
      const { rule, state, context } = duty;
      this.#work.try(rule, { kind: "timer", key: timer.key }, () => rule.due(state, timer.key, context));
    }
  }

  save(): SavedStage {
    const rules: Record<string, unknown> = {};
    for (const [code, { rule, state }] of this.#duties) rules[code] = rule.save(state);
    return {
      to: this.#to === Number.NEGATIVE_INFINITY ? null : this.#to,
      ...this.#work.desk,
      rules,
      queue: this.#queue.save(),
      areas: this.#areas.save(),
      reports: this.#reports.save(),
      units: this.#units.save(),
    };
  }

  /** Takes up what `save` gave (after a round through JSON); a rule that it does not know begins anew. */
  restore(saved: SavedStage): void {
    this.#to = saved.to ?? Number.NEGATIVE_INFINITY;
    this.#work.desk = {
      episodes: saved.episodes,
      cases: saved.cases,
      timers: saved.timers,
      rings: saved.rings,
    };
    for (const [code, duty] of this.#duties) {
      const known = saved.rules[code];
      if (known !== undefined) duty.state = duty.rule.restore(known);
    }
    this.#queue.restore(saved.queue);
    this.#areas.restore(saved.areas);
    this.#reports.restore(saved.reports);
    this.#units.restore(saved.units);
  }
}
