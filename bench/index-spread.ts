/** How the food-safety index is spread over the kitchens, beside the percentiles that DOMAIN §6 expects. */
import type { CityFold } from "../stream/fold.ts";
import type { City } from "../twin/city/city.ts";
import type { FoodSafetyIndex } from "../twin/food-safety-index/food-safety-index.ts";
import { INDEX_COMPONENTS } from "../twin/food-safety-index/index-fact.ts";
import { cost, type Figure, type Note } from "./figure.ts";
import { quantile } from "./measure.ts";

/** DOMAIN §6.1, by a Monte Carlo run at the load of §7 with all sensors: percent of the kitchens, index. */
const EXPECTED = [
  [1, 72],
  [5, 83],
  [25, 94],
  [50, 97],
] as const;
const STANDINGS = ["rated", "insufficient", "not-rated"] as const;

/** The last evaluation of each kitchen that had one. */
export function indicesOf(city: City, fold: CityFold): FoodSafetyIndex[] {
  return city.kitchens.flatMap((_, kitchen) => fold.rating.indexOf(kitchen) ?? []);
}

export function indexFigures(name: string, indices: readonly FoodSafetyIndex[]): Figure[] {
  const known = valuesOf(indices);
  if (known.length === 0) return [];
  return EXPECTED.map(([percent, expected]) => {
    const unit = `index at ${percent} % (DOMAIN §6: ${expected})`;
    return cost(`${name}.index.p${percent}`, quantile(known, percent / 100), unit, null);
  });
}

export function indexNote(indices: readonly FoodSafetyIndex[]): Note {
  const known = valuesOf(indices);
  const own = indices.filter(({ index }) => index !== null).map((one) => one.own);
  const percentiles = EXPECTED.map(([percent, expected]) => {
    const at = (values: readonly number[]) => quantile(values, percent / 100).toFixed(1);
    return known.length === 0 ? "" : row(`${percent} %`, [at(known), at(own), expected]);
  });
  const standings = STANDINGS.map(
    (standing) => `${indices.filter((one) => one.standing === standing).length} ${standing}`,
  );
  return {
    title: "food-safety index at the last evaluation",
    lines: [
      row("share", ["index", "own S", "DOMAIN §6"]),
      ...percentiles,
      `kitchens: ${standings.join(", ")}; below 85 (not green): ${known.filter((one) => one < 85).length}, below 70: ${known.filter((one) => one < 70).length}`,
      `points taken by the five gravest facts, mean of all kitchens: ${meanPoints(indices)}`,
    ],
  };
}

function valuesOf(indices: readonly FoodSafetyIndex[]): number[] {
  return indices.flatMap(({ index }) => index ?? []);
}

function meanPoints(indices: readonly FoodSafetyIndex[]): string {
  const reasons = indices.flatMap((one) => one.reasons);
  return INDEX_COMPONENTS.flatMap((name) => {
    const points = reasons.reduce((sum, one) => sum + (one.component === name ? one.points : 0), 0);
    return points === 0 ? [] : [`${name} ${(points / indices.length).toFixed(2)}`];
  }).join(", ");
}

function row(first: string, cells: readonly (string | number)[]): string {
  return `${first.padEnd(8)}${cells.map((cell) => String(cell).padStart(11)).join("")}`;
}
