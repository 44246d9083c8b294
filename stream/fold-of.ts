/** What is in force: the rules of the catalogue and of the second stage, the policy packs. */
import type { City } from "../twin/city/city.ts";
import { DEFAULT_POLICIES, type PolicyBook } from "../twin/policy/policy-book.ts";
import { DUTY_STAMPS } from "./duties/catalogue.ts";
import { CityFold } from "./fold.ts";
import { ruleStamps } from "./rule-stamps.ts";
import { RULES } from "./rules/catalogue.ts";
import { CITY_RULES } from "./second-stage/catalogue.ts";

/** The rules and duties of `foldOf` as snapshots name them. */
export const RULE_STAMPS: readonly string[] = [...ruleStamps(RULES, CITY_RULES), ...DUTY_STAMPS];

/** The fold of a city under the rules in force; `early` = live. */
export function foldOf(
  city: City,
  options: { readonly early: boolean; readonly policies?: PolicyBook },
): CityFold {
  return new CityFold({
    city,
    rules: RULES,
    cityRules: CITY_RULES,
    policies: options.policies ?? DEFAULT_POLICIES,
    early: options.early,
  });
}
