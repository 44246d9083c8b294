/**
 * The third stage: once a day, at 02:00, the food-safety index of every kitchen from what is settled by then, and on the
 * first of the month the drafts of the red and black lists. Everything it knows comes from the log, so a recomputation
 * gives the same numbers.
 *
 *   events, silences ──> ledgers ─┐
 *   cases (settled)  ─────────────┴─ 02:00 ──> index per kitchen ──> lists on the 1st ──> commands of Q and C
 */
import type { City } from "../../twin/city/city.ts";
import type { KitchenType } from "../../twin/city/kitchen.ts";
import type { CityEvent, EventType } from "../../twin/events/event.ts";
import {
  type FoodSafetyIndex,
  foodSafetyIndex,
  type IndexEvidence,
  standingOf,
} from "../../twin/food-safety-index/food-safety-index.ts";
import { INDEX_2026, type IndexConstants } from "../../twin/food-safety-index/index-constants.ts";
import type { IndexFact } from "../../twin/food-safety-index/index-fact.ts";
import { ownScore } from "../../twin/food-safety-index/own-score.ts";
import { hours, shanghaiDay, startOfShanghaiDay } from "../../twin/kernel/time.ts";
import type { MonthlyList } from "../../twin/lists/monthly-list.ts";
import type { Finding } from "../detectors/finding.ts";
import { operationAt } from "../facts.ts";
import type { KitchenState } from "../kitchen-state.ts";
import { type Output, outputId } from "../output.ts";
import type { Pending } from "../pending.ts";
import { PendingSpans } from "../pending-spans.ts";
import { factsOfCases, isFact } from "./case-facts.ts";
import { Exposure } from "./exposure.ts";
import {
  closeDay,
  evidenceDays,
  foldLedger,
  type KitchenLedger,
  LEDGER_EVENTS,
  newLedger,
  onlineShare,
} from "./kitchen-ledger.ts";
import { ListOffice, type SavedLists } from "./list-office.ts";
import { OnlineTime, type SavedOnlineTime } from "./online-time.ts";

export interface SavedRating {
  /** `null` = nothing rated yet. */
  readonly ratedAt: number | null;
  readonly ledgers: Record<string, KitchenLedger>;
  readonly indices: Record<string, FoodSafetyIndex>;
  readonly means: Partial<Record<KitchenType, number>>;
  readonly online: SavedOnlineTime;
  readonly lists: SavedLists;
  readonly queue: Pending[];
}

/** After the self-checks of the day before are due (00:30). */
const RATED_AT_MS = hours(2);

/** What an evaluation looks at. */
interface Rated {
  readonly kitchen: number;
  readonly evidence: IndexEvidence;
  readonly own: number;
}

export class RatingStage {
  readonly #city: City;
  readonly #tellKitchen: (kitchen: number, finding: Finding) => void;
  readonly #constants: IndexConstants;
  readonly #exposure: Exposure;
  readonly #online: OnlineTime;
  readonly #office: ListOffice;
  readonly #ledgers = new Map<number, KitchenLedger>();
  readonly #indices = new Map<number, FoodSafetyIndex>();
  #means = new Map<KitchenType, number>();
  readonly #queue = new PendingSpans();
  #ratedAt = Number.NEGATIVE_INFINITY;

  /** `tell` puts a finding among the inputs of a kitchen. */
  constructor(
    city: City,
    tell: (kitchen: number, finding: Finding) => void,
    constants: IndexConstants = INDEX_2026,
  ) {
    this.#city = city;
    this.#tellKitchen = tell;
    this.#constants = constants;
    this.#exposure = new Exposure(city);
    this.#online = new OnlineTime(city);
    this.#office = new ListOffice(city);
  }

  reads(type: EventType): boolean {
    return LEDGER_EVENTS.includes(type) || type === "warmcity.list.command";
  }

  /** Takes an event that it reads, or a device heard or fallen silent. Drills have no effect here (CONTRACT §2). */
  insert(item: Pending): void {
    const { kind } = item.input;
    if (!item.exercise && (kind === "event" || kind === "heard" || kind === "silent"))
      this.#queue.insert(item);
  }

  /** The index as of the last evaluation; `undefined` = none yet. */
  indexOf(kitchen: number): FoodSafetyIndex | undefined {
    return this.#indices.get(kitchen);
  }

  /** What counts for a kitchen besides its cases. */
  factsOf(kitchen: number): readonly IndexFact[] {
    return this.#ledgers.get(kitchen)?.facts ?? [];
  }

  /** Which constants it reckons with. */
  get version(): string {
    return this.#constants.version;
  }

  /** When the last official inspection was, ms since epoch; `null` = none is known. */
  inspectedAt(kitchen: number): number | null {
    return this.#ledgers.get(kitchen)?.inspection?.at ?? null;
  }

  get lists(): Iterable<MonthlyList> {
    return this.#office.lists;
  }

  /** What a command would come to now; `null` = there is no such list. */
  decide(...asked: Parameters<ListOffice["decide"]>): ReturnType<ListOffice["decide"]> {
    return this.#office.decide(...asked);
  }

  listOf(id: string): MonthlyList | undefined {
    return this.#office.get(id);
  }

  /** The evaluations after `from` up to and including `until`, ms since epoch. */
  *momentsBetween(from: number, until: number): Iterable<number> {
    for (let day = shanghaiDay(from); ; day++) {
      const moment = startOfShanghaiDay(day) + RATED_AT_MS;
      if (moment > until) return;
      if (moment > from) yield moment;
    }
  }

  /** Folds what is due up to `until`. */
  advance(until: number, emit: (output: Output) => void): void {
    for (const { input, time } of this.#queue.takeDue(until)) {
      if (input.kind === "event") this.#foldEvent(input.event, emit);
      else if (input.kind === "heard" || input.kind === "silent")
        this.#online.set(input.device, input.kind === "heard", time);
    }
  }

  #foldEvent(event: CityEvent, emit: (output: Output) => void): void {
    if (event.type === "warmcity.list.command") this.#office.command(event, emit);
    else if (event.kitchen >= 0) foldLedger(this.#ledgerOf(event.kitchen), event);
  }

  /** Rates all kitchens at `now`, when everything up to then is settled. A closed kitchen keeps the index it had. */
  rate(now: number, settled: (kitchen: number) => KitchenState, emit: (output: Output) => void): void {
    const day = shanghaiDay(now) - 1;
    const rated: Rated[] = [];
    for (const [index] of this.#city.kitchens.entries()) {
      const sums = this.#online.take(index, now);
      const state = settled(index);
      if (operationAt(state.facts, now) !== "open") continue;
      closeDay(this.#ledgerOf(index), day, sums);
      rated.push(this.#look(index, state, day, now));
    }
    this.#means = this.#meansOf(rated);
    for (const { kitchen, evidence } of rated) this.#tell(kitchen, evidence, now, emit);
    const recordOf = (kitchen: number) => ({
      cases: Object.values(settled(kitchen).cases),
      ledger: this.#ledgerOf(kitchen),
      index: this.#indices.get(kitchen)?.index ?? null,
    });
    this.#office.draft(now, recordOf, emit);
    this.#ratedAt = now;
  }

  #look(kitchen: number, state: KitchenState, day: number, now: number): Rated {
    const ledger = this.#ledgerOf(kitchen);
    const cases = Object.values(state.cases);
    const facts = [
      ...factsOfCases(cases, this.#city.kitchens[kitchen]!, this.#exposure, now),
      ...ledger.facts,
    ];
    const evidence: IndexEvidence = {
      facts,
      evidenceDays: evidenceDays(ledger, day),
      onlineShare: onlineShare(ledger, day),
      l1: l1Of(cases, now),
    };
    return { kitchen, evidence, own: ownScore(facts, now, this.#constants).score };
  }

  #meansOf(rated: readonly Rated[]): Map<KitchenType, number> {
    const sums = new Map<KitchenType, { sum: number; count: number }>();
    for (const { kitchen, evidence, own } of rated) {
      if (standingOf(evidence, this.#constants) === "not-rated") continue;
      const { type } = this.#city.kitchens[kitchen]!;
      const known = sums.get(type) ?? { sum: 0, count: 0 };
      sums.set(type, known);
      known.sum += own;
      known.count++;
    }
    return new Map([...sums].map(([type, { sum, count }]) => [type, sum / count]));
  }

  #tell(kitchen: number, evidence: IndexEvidence, now: number, emit: (output: Output) => void): void {
    const { id, type } = this.#city.kitchens[kitchen]!;
    const before = this.#indices.get(kitchen);
    const after = foodSafetyIndex(evidence, this.#means.get(type) ?? 100, now, this.#constants);
    this.#indices.set(kitchen, after);
    if (before?.index === after.index && before?.standing === after.standing) return;
    this.#tellKitchen(kitchen, {
      kind: "rated",
      time: now,
      index: after.index,
      receivedAt: null,
      exercise: false,
      because: [],
    });
    if (before === undefined && after.index === null) return;
    emit({
      type: "warmcity.index.changed",
      id: outputId("warmcity.index.changed", id, now),
      time: now,
      subject: id,
      data: {
        index: after.index,
        standing: after.standing,
        version: after.version,
        reasons: after.reasons.map(({ component, points, fact: { about, code, level } }) => ({
          component,
          code,
          level,
          about,
          points: Math.round(points * 10) / 10,
        })),
      },
    });
  }

  #ledgerOf(kitchen: number): KitchenLedger {
    let ledger = this.#ledgers.get(kitchen);
    if (ledger === undefined) {
      ledger = newLedger();
      this.#ledgers.set(kitchen, ledger);
    }
    return ledger;
  }

  save(): SavedRating {
    return {
      ratedAt: this.#ratedAt === Number.NEGATIVE_INFINITY ? null : this.#ratedAt,
      ledgers: Object.fromEntries(this.#ledgers),
      indices: Object.fromEntries(this.#indices),
      means: Object.fromEntries(this.#means),
      online: this.#online.save(),
      lists: this.#office.save(),
      queue: this.#queue.save(),
    };
  }

  /** Takes up what `save` gave (after a round through JSON). */
  restore(saved: SavedRating): void {
    this.#ratedAt = saved.ratedAt ?? Number.NEGATIVE_INFINITY;
    this.#ledgers.clear();
    for (const [kitchen, ledger] of Object.entries(saved.ledgers)) this.#ledgers.set(Number(kitchen), ledger);
    this.#indices.clear();
    for (const [kitchen, index] of Object.entries(saved.indices)) this.#indices.set(Number(kitchen), index);
    this.#means = new Map();
    for (const { type } of this.#city.kitchens) {
      const mean = saved.means[type];
      if (mean !== undefined) this.#means.set(type, mean);
    }
    this.#online.restore(saved.online);
    this.#office.restore(saved.lists);
    this.#queue.restore(saved.queue);
  }
}

/** A confirmed L1 that is open, or the end of the one that was closed last. */
function l1Of(cases: KitchenState["cases"][string][], now: number): IndexEvidence["l1"] {
  let closedAt = Number.NEGATIVE_INFINITY;
  for (const one of cases) {
    if (one.level !== "L1" || !one.confirmed || !isFact(one, now)) continue;
    if (one.state !== "closed") return "open";
    closedAt = Math.max(closedAt, one.since);
  }
  return closedAt === Number.NEGATIVE_INFINITY ? null : { closedAt };
}
