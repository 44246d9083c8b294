/** What is in force: the rules of the catalogue, their limits, the rules of the second stage, the case policy. */
import { ORDOS_CASES } from "../twin/case-policy.ts";
import type { City } from "../twin/city/city.ts";
import { CityFold } from "./fold.ts";
import { LIMITS, RULES } from "./rules/catalogue.ts";
import { CITY_RULES } from "./second-stage/catalogue.ts";

/** The fold of a city under the rules in force; `early` = live. */
export function foldOf(city: City, options: { readonly early: boolean }): CityFold {
  return new CityFold({
    city,
    rules: RULES,
    limits: LIMITS,
    cityRules: CITY_RULES,
    policy: ORDOS_CASES,
    early: options.early,
  });
}
