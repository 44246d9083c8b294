/** What a shadow judges by: the rules in force with those that are tried in their namesakes' place, and its packs. */
import type { City } from "../../twin/city/city.ts";
import type { PolicyBook } from "../../twin/policy/policy-book.ts";
import { CityFold } from "../fold.ts";
import { RULES } from "../rules/catalogue.ts";
import { type Rule, ruleName } from "../rules/rule.ts";
import { CITY_RULES } from "../second-stage/catalogue.ts";
import type { CityRule } from "../second-stage/city-rule.ts";
import { SHADOW_CITY_RULES, SHADOW_RULES } from "./catalogue.ts";

export interface ShadowRules {
  readonly rules: readonly Rule[];
  readonly cityRules: readonly CityRule[];
  /** Those that the live city does not have, `T01@2`. */
  readonly tried: readonly string[];
}

/** Default: those of the shadow catalogue. */
export function shadowRules(
  rules: readonly Rule[] = SHADOW_RULES,
  cityRules: readonly CityRule[] = SHADOW_CITY_RULES,
): ShadowRules {
  return {
    rules: withNamesakes(RULES, rules),
    cityRules: withNamesakes(CITY_RULES, cityRules),
    tried: [...rules, ...cityRules].map(ruleName),
  };
}

export function shadowFoldOf(
  city: City,
  options: { readonly early: boolean; readonly policies: PolicyBook; readonly rules: ShadowRules },
): CityFold {
  const { rules, cityRules } = options.rules;
  return new CityFold({ city, rules, cityRules, policies: options.policies, early: options.early });
}

/** In the order of the catalogue, for rules of one input are asked in it; what has no namesake comes last. */
function withNamesakes<T extends { readonly code: string }>(inForce: readonly T[], tried: readonly T[]): T[] {
  const byCode = new Map(tried.map((rule) => [rule.code, rule]));
  const known = new Set(inForce.map(({ code }) => code));
  return [
    ...inForce.map((rule) => byCode.get(rule.code) ?? rule),
    ...tried.filter(({ code }) => !known.has(code)),
  ];
}
