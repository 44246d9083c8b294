/**
 * The people who act on cases: reviewers, offices, bureaus, operators, the integrator. They hear what the twin gives out,
 * like anybody at an outlet, take their time, and command through the door as a source of their own; what they may do is
 * decided there. They look at no truth and at no state but what they heard.
 *
 *   outputs ──hear──> what is known of a case ──plan──> heap ──until──> arrivals: case commands, records ──> the door
 *
 * What a person does about a step of a case is a function of the seed, the case and the number of the step.
 */
import type { CommandName, Role } from "../../twin/case-file.ts";
import { assigneeOf, ORDOS_CASES, reviewersOf } from "../../twin/case-policy.ts";
import type { City } from "../../twin/city/city.ts";
import type { InputData } from "../../twin/events/catalogue.ts";
import type { EventType } from "../../twin/events/event.ts";
import type { CaseState, OutputData, OutputType } from "../../twin/events/output-events.ts";
import { hash32 } from "../../twin/kernel/hash.ts";
import { TimeHeap } from "../../twin/kernel/heap.ts";
import { exp } from "../../twin/kernel/math.ts";
import { formatTime, MINUTE_MS } from "../../twin/kernel/time.ts";
import type { Arrival } from "../arrival.ts";
import { Dice } from "../dice.ts";
import { PACE_SIGMA } from "./case-habits.ts";
import { nextAct, type PlannedAct, reminderReview } from "./case-step.ts";
import type { KnownCase } from "./known-case.ts";
import { whenAtWork } from "./working-hours.ts";

/** What the twin gave out, as an outlet has it. */
export type Heard = {
  [T in OutputType]: {
    readonly type: T;
    /** Event time, ms since epoch. */
    readonly time: number;
    readonly subject: string | null;
    readonly data: OutputData[T];
  };
}[OutputType];

/** By which factor a role takes longer than usual over cases of a kitchen (id; `null` = of none): 0.5 = half as long. */
export type Slowness = (kitchen: string | null, role: Role) => number;

interface Appointment {
  readonly time: number;
  readonly sequence: number;
  readonly id: string;
  /** What was known when it was made; `null` = it holds whatever has become of the case since. */
  readonly steps: number | null;
  readonly act: PlannedAct;
}

const OVER: ReadonlySet<CaseState> = new Set(["false", "merged", "transferred"]);
const SCATTER_MS = 90 * MINUTE_MS;
/** A second command of the same person, the first one's answer read. */
const BREATH_MS = 1_000;

export class CasePeople {
  readonly #city: City;
  readonly #seed: number;
  readonly #slowness: Slowness;
  readonly #known = new Map<string, KnownCase>();
  readonly #appointments = new TimeHeap<Appointment>();
  readonly #dice = new Dice();
  #sequence = 0;
  #said = 0;

  constructor(of: { readonly city: City; readonly seed: number; readonly slowness?: Slowness }) {
    this.#city = of.city;
    this.#seed = of.seed;
    this.#slowness = of.slowness ?? (() => 1);
  }

  /** How many commands and records they gave so far. */
  get said(): number {
    return this.#said;
  }

  /** `at`: when it went out, ms since epoch; nobody acts on it before. */
  hear(output: Heard, at: number): void {
    if (output.type === "warmcity.alert.raised" || output.type === "warmcity.alert.level-changed")
      this.#hearAlert(output.data, at);
    else if (output.type === "warmcity.case.changed") this.#hearStep(output.data, at);
  }

  #hearAlert(
    { case: id, code, level, kitchen, asset, lead }: OutputData["warmcity.alert.raised"],
    at: number,
  ) {
    const known = this.#known.get(id);
    if (known !== undefined) {
      const isWorse = known.level !== level;
      known.level = level;
      known.lead ||= lead;
      if (isWorse) this.#plan(known, at);
      return;
    }
    const kitchenIndex = kitchen === null ? -1 : this.#city.kitchenIndex(kitchen);
    const about = { code, asset, kitchen: kitchenIndex };
    this.#known.set(id, {
      id,
      kitchen,
      code,
      assignee: assigneeOf(ORDOS_CASES, about),
      reviewer: kitchen === null ? "C" : (reviewersOf(ORDOS_CASES, code)[0] ?? "S"),
      level,
      lead,
      state: null,
      from: null,
      steps: 0,
      isDisputed: false,
      isLookedAt: false,
    });
  }

  #hearStep({ case: id, from, to }: OutputData["warmcity.case.changed"], at: number): void {
    const known = this.#known.get(id);
    if (known === undefined) return;
    known.state = to;
    known.from = from;
    known.steps++;
    if (to === "confirmed") known.lead = false;
    if (OVER.has(to) || (to === "closed" && !known.isLookedAt)) this.#known.delete(id);
    else this.#plan(known, at);
  }

  #plan(known: KnownCase, at: number): void {
    const dice = this.#diceOf(known);
    const review = reminderReview(known, dice);
    if (review !== null && !known.isLookedAt) {
      known.isLookedAt = true;
      this.#appoint(known, review, at, null);
    }
    const act = nextAct(known, dice);
    if (act !== null) this.#appoint(known, act, at, known.steps);
  }

  #appoint(known: KnownCase, act: PlannedAct, at: number, steps: number | null): void {
    const dice = this.#diceOf(known, act.command.length);
    const slowness = this.#slowness(known.kitchen, act.role);
    const delay = slowness * act.medianMs * exp(PACE_SIGMA * dice.normal());
    const time = whenAtWork(
      Math.ceil(at + delay),
      { role: act.role, level: known.level },
      dice.int(0, SCATTER_MS),
    );
    this.#appointments.push({ time, sequence: ++this.#sequence, id: known.id, steps, act });
  }

  #diceOf({ id, steps }: KnownCase, what = 0): Dice {
    return this.#dice.seat(this.#seed, hash32(id), steps, what);
  }

  /** What they do before `until` (ms since epoch), in order of time. */
  *actsUntil(until: number): Generator<Arrival, void, undefined> {
    for (let next = this.#appointments.peek(); next !== undefined && next.time < until; ) {
      this.#appointments.pop();
      yield* this.#keep(next);
      next = this.#appointments.peek();
    }
  }

  *#keep({ id, time, steps, act }: Appointment): Generator<Arrival, void, undefined> {
    const known = this.#known.get(id);
    if (known === undefined || (steps !== null && steps !== known.steps)) return;
    if (steps === null) {
      known.isLookedAt = false;
      if (known.state === "closed") this.#known.delete(id);
      if (!known.lead) return;
      known.lead = false;
    }
    if (act.command === "dispute") known.isDisputed = true;
    const actor = this.#actorOf(known, act.role);
    if (act.record !== null) {
      const record = { kind: act.record, case: id };
      yield this.#says(known, time, actor, "warmcity.record.filed", record);
    }
    const { command, role, decision } = act;
    yield this.#says(known, time + BREATH_MS, actor, "warmcity.case.command", {
      case: id,
      command,
      role,
      actor,
      reason: REASONS[command] ?? null,
      evidence: act.hasEvidence ? [`photo-${hash32(`${id} ${time}`).toString(16)}`] : [],
      ...(decision !== null && { decision }),
      ...(command === "recheck-pass" && { inspectors: [actor, `${actor}b`] }),
    });
  }

  /** Pseudonyms: officials by the hundred, the person in charge of a unit. */
  #actorOf({ kitchen }: KnownCase, role: Role): string {
    if (role === "O" && kitchen !== null) {
      const { staff } = this.#city.kitchens[this.#city.kitchenIndex(kitchen)]!;
      return (staff.find(({ job }) => job === "officer") ?? staff[0])?.id ?? `${kitchen}/owner`;
    }
    return `${role.toLowerCase()}-${1 + (hash32(kitchen ?? "city", this.#seed) % 400)}`;
  }

  #says<T extends EventType>(
    { id, kitchen }: KnownCase,
    time: number,
    actor: string,
    type: T,
    data: InputData<T>,
  ): Arrival {
    const event = {
      specversion: "1.0",
      id: `${id}-${++this.#said}`,
      source: `/persons/${actor}`,
      type,
      ...(kitchen !== null && { subject: kitchen }),
      time: formatTime(time),
      data,
    } as const;
    return { kind: "event", receivedAt: time, event };
  }
}

const REASONS: Partial<Record<CommandName, string>> = {
  "review-false": "not what it looks like",
  dispute: "measured again, and found in order",
  "recheck-fail": "not put right yet",
};
