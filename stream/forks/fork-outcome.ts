/** What a run of a fork came to: a few figures by name, so that two runs can be told apart figure by figure. */
import type { TimeSpan } from "../../simulator/operating-days.ts";
import type { Case } from "../../twin/case.ts";
import type { City } from "../../twin/city/city.ts";
import type { Alert } from "../../twin/events/output-events.ts";
import { HOUR_MS, parseTime } from "../../twin/kernel/time.ts";
import type { CityFold } from "../fold.ts";
import type { Output } from "../output.ts";
import { exposedMeals, isAboutFood } from "./exposed-meals.ts";

/** Name of a figure -> its value; a figure that is 0 may be absent. */
export type ForkFigures = Readonly<Record<string, number>>;

/** The figures that stand in every outcome, and what they say; all others are `alerts.<code>` and `alerts.<level>`. */
export const FIGURES = {
  alerts: "alerts raised within the fork",
  "cases.opened": "cases opened within it; those of suppressed alerts are in no figure of cases",
  "cases.closed": "cases closed within it",
  "cases.open": "cases open at its end",
  "cases.hoursOpen": "hours that cases stood open within it, the sum",
  "cases.hoursToClose": "hours from opening to closing, mean of those closed",
  "exposure.meals": "seats at meals served while an alert about food was firing",
  index: "food-safety index, mean of all rated kitchens at its end; it is reckoned at 02:00",
} as const;

const OVER: ReadonlySet<string> = new Set(["closed", "false", "transferred"]);
/** Nobody works on them. */
const ASLEEP: ReadonlySet<string> = new Set(["merged", "suppressed"]);

export class ForkTally {
  readonly #city: City;
  readonly #from: number;
  readonly #until: number;
  readonly #alerts = new Map<string, Alert>();

  /** Event times between which it counts, ms since epoch: after `from`, up to `until`. */
  constructor(city: City, from: number, until: number) {
    this.#city = city;
    this.#from = from;
    this.#until = until;
  }

  hear(output: Output): void {
    switch (output.type) {
      case "warmcity.alert.raised":
      case "warmcity.alert.level-changed":
        this.#note(output.data, output.time);
        return;
      case "warmcity.alert.resolved":
        // What was suppressed and never rang ends as well.
        if (this.#alerts.has(output.data.alert) || parseTime(output.data.raisedAt) <= this.#from)
          this.#note(output.data, output.time);
        return;
      default:
        return;
    }
  }

  #note(alert: Alert, time: number): void {
    if (time <= this.#until) this.#alerts.set(alert.alert, alert);
  }

  /** `fold`: as it stands at the end. */
  figures(fold: CityFold): ForkFigures {
    const figures: Record<string, number> = { alerts: 0 };
    const add = (name: string) => {
      figures[name] = (figures[name] ?? 0) + 1;
    };
    for (const { raisedAt, code, level, reason } of this.#alerts.values()) {
      if (parseTime(raisedAt) <= this.#from || reason === "withdrawn") continue;
      for (const name of ["alerts", `alerts.${level}`, `alerts.${code}`]) add(name);
    }
    return { ...figures, ...this.#cases(fold), ...this.#index(fold), "exposure.meals": this.#exposure(fold) };
  }

  #cases(fold: CityFold): ForkFigures {
    let [opened, closed, open, hours, hoursOpen] = [0, 0, 0, 0, 0];
    for (const one of casesOf(this.#city, fold)) {
      if (ASLEEP.has(one.state) || one.openedAt > this.#until) continue;
      const end = OVER.has(one.state) ? Math.min(one.since, this.#until) : this.#until;
      hoursOpen += Math.max(0, end - Math.max(one.openedAt, this.#from)) / HOUR_MS;
      if (this.#isWithin(one.openedAt)) opened++;
      if (!OVER.has(one.state)) open++;
      if (one.state !== "closed" || !this.#isWithin(one.since)) continue;
      closed++;
      hours += (one.since - one.openedAt) / HOUR_MS;
    }
    const mean = closed === 0 ? {} : { "cases.hoursToClose": hours / closed };
    const counts = { "cases.opened": opened, "cases.closed": closed, "cases.open": open };
    return { ...counts, "cases.hoursOpen": hoursOpen, ...mean };
  }

  #isWithin(time: number): boolean {
    return time > this.#from && time <= this.#until;
  }

  #index(fold: CityFold): ForkFigures {
    let [sum, rated] = [0, 0];
    for (let kitchen = 0; kitchen < this.#city.kitchens.length; kitchen++) {
      const index = fold.rating.indexOf(kitchen)?.index ?? null;
      if (index === null) continue;
      sum += index;
      rated++;
    }
    return rated === 0 ? {} : { index: sum / rated };
  }

  /** Those that were firing at the beginning are under it as well. */
  #exposure(fold: CityFold): number {
    const spans = new Map<number, TimeSpan[]>();
    const note = (kitchen: number, from: number, to: number) => {
      const span = { from: Math.max(from, this.#from), to: Math.min(to, this.#until) };
      if (kitchen >= 0 && span.from < span.to) spans.set(kitchen, [...(spans.get(kitchen) ?? []), span]);
    };
    const told = new Set<string>();
    for (const { code, kitchen, raisedAt, resolvedAt, asset } of this.#alerts.values()) {
      if (kitchen === null || !isAboutFood(code)) continue;
      told.add(`${kitchen} ${code} ${asset}`);
      const to = resolvedAt === null ? Number.POSITIVE_INFINITY : parseTime(resolvedAt);
      note(this.#city.kitchenIndex(kitchen), parseTime(raisedAt), to);
    }
    for (let kitchen = 0; kitchen < this.#city.kitchens.length; kitchen++) {
      const { id } = this.#city.kitchens[kitchen]!;
      for (const { code, asset, state, raisedAt } of Object.values(fold.kitchen(kitchen).episodes)) {
        const isTold = told.has(`${id} ${code} ${asset}`);
        if (state === "firing" && isAboutFood(code) && !isTold)
          note(kitchen, raisedAt, Number.POSITIVE_INFINITY);
      }
    }
    let meals = 0;
    for (const [kitchen, all] of spans) meals += exposedMeals(this.#city.kitchens[kitchen]!, all);
    return meals;
  }
}

export function* casesOf(city: City, fold: CityFold): Generator<Case, void, undefined> {
  yield* Object.values(fold.stage.desk.cases);
  for (let kitchen = 0; kitchen < city.kitchens.length; kitchen++)
    yield* Object.values(fold.kitchen(kitchen).cases);
}
