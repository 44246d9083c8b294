/** The remote patrols of an office for a week: what was drawn already, or what the lot gives now. */
import type { City } from "../../../twin/city/city.ts";
import { formatDate } from "../../../twin/kernel/time.ts";
import { drawPatrols } from "../../../twin/patrol-draw.ts";
import { dutyNumbersOf } from "../../../twin/policy/duty-numbers.ts";
import { operationAt } from "../../facts.ts";
import type { CityFold } from "../../fold.ts";
import { weekOf } from "../../rules/duty-day.ts";

export interface PatrolPlan {
  readonly week: string;
  /** The last day of the week, on which they are due. */
  readonly due: string;
  readonly office: string;
  readonly seed: number;
  readonly pool: number;
  readonly drawn: readonly { readonly duty: string; readonly kitchen: string }[];
  /** It stands on the log already: nothing is to be planned. */
  readonly isPlanned: boolean;
}

/** Kitchens without a camera, and those that are closed now, are not in the pool. */
export function patrolPlan(city: City, fold: CityFold, office: string, day: number): PatrolPlan {
  const { first, last } = weekOf(day);
  const week = formatDate(first);
  const dutyOf = (kitchen: string) => `patrol/${week}/${kitchen}`;
  const members = [...city.kitchens.keys()].filter((index) => city.kitchens[index]!.office === office);
  const pool = members.filter(
    (index) =>
      city.kitchens[index]!.devices.some(({ kind }) => kind === "camera") &&
      operationAt(fold.kitchen(index).facts, fold.now) === "open",
  );
  const quota = dutyNumbersOf(fold.policies.at(fold.now).pack);
  const idsOf = (indices: readonly number[]) => indices.map((index) => city.kitchens[index]!.id);
  const { seed, drawn } = drawPatrols(idsOf(pool), week, office, quota);
  const before = idsOf(
    members.filter(
      (index) =>
        fold.duties.books.plans.stateOf(index)?.planned[dutyOf(city.kitchens[index]!.id)] !== undefined,
    ),
  );
  const isPlanned = before.length > 0;
  return {
    week,
    due: formatDate(last),
    office,
    seed,
    pool: pool.length,
    drawn: (isPlanned ? before : drawn).map((kitchen) => ({ duty: dutyOf(kitchen), kitchen })),
    isPlanned,
  };
}
