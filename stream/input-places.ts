/** Where findings and events go: into the queue of their kitchen, to the second stage, to the ratings, to the duties. */
import type { City } from "../twin/city/city.ts";
import type { CityEvent } from "../twin/events/event.ts";
import type { Finding } from "./detectors/finding.ts";
import type { DutyStage } from "./duties/duty-stage.ts";
import { FACT_EVENTS } from "./facts.ts";
import type { KitchenSlots } from "./kitchen-slots.ts";
import type { Pending } from "./pending.ts";
import { backAgain, pendingEvent, pendingFinding } from "./pending-of.ts";
import type { RatingStage } from "./rating/rating-stage.ts";
import type { RuleSet } from "./rules/rule-set.ts";
import type { CityStage } from "./second-stage/city-stage.ts";

interface Places {
  readonly city: City;
  readonly rules: RuleSet;
  readonly slots: KitchenSlots;
  readonly stage: CityStage;
  readonly rating: RatingStage;
  readonly duties: DutyStage;
  /** The fold's clock, and what is settled, ms since epoch. */
  readonly clock: () => number;
  readonly settledTo: () => number;
}

export class InputPlaces {
  readonly #places: Places;

  constructor(places: Places) {
    this.#places = places;
  }

  found(device: number, finding: Finding): void {
    const item = this.#pendingOf(finding);
    this.#places.slots.insert(this.#kitchenOf(device), item);
    this.#places.stage.insert(item);
    this.#places.rating.insert(item);
  }

  /** Shown live under a name, until it is settled or taken back. */
  provisional(device: number, finding: Finding, name: string): void {
    const item = pendingFinding(finding, this.#places.settledTo(), name);
    this.#places.slots.insert(this.#kitchenOf(device), item);
  }

  showSilence(device: number, finding: Finding): void {
    this.provisional(device, finding, `silent/${device}`);
    this.#places.stage.insert(this.#pendingOf(finding));
  }

  takeBackSilence(device: number, isBack: boolean): void {
    const { slots, stage, clock } = this.#places;
    slots.retract(this.#kitchenOf(device), `silent/${device}`);
    if (isBack) stage.insert(this.#pendingOf(backAgain(device, clock())));
  }

  /** The second stage tells a kitchen; `isLate`: of what was settled there already. */
  tell(kitchen: number, finding: Finding, isLate: boolean): void {
    const item = this.#pendingOf(finding);
    this.#places.slots.insert(kitchen, isLate ? { ...item, retro: true } : item);
  }

  event(event: CityEvent, receivedAt: number | null, retro: boolean): void {
    const { rules, slots, stage, rating, duties } = this.#places;
    const item = pendingEvent(event, receivedAt, retro);
    if (stage.reads(event.type)) stage.insert(item);
    if (rating.reads(event.type)) rating.insert(item);
    if (duties.reads(event.type)) duties.insert(item);
    const isRead = rules.reads(event.type) || FACT_EVENTS.has(event.type);
    if (event.kitchen >= 0 && isRead) slots.insert(event.kitchen, item);
  }

  #pendingOf(finding: Finding): Pending {
    return pendingFinding(finding, this.#places.settledTo(), null);
  }

  #kitchenOf(device: number): number {
    return this.#places.city.kitchenOfDevice[device]!;
  }
}
