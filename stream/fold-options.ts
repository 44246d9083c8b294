/** What a fold is made of: the city, and the rules that are in force. */
import type { City } from "../twin/city/city.ts";
import type { PolicyBook } from "../twin/policy/policy-book.ts";
import type { Limit } from "./detectors/limit.ts";
import type { Rule } from "./rules/rule.ts";
import type { CityRule } from "./second-stage/city-rule.ts";

export interface FoldOptions {
  readonly city: City;
  readonly rules: readonly Rule[];
  /** Watched besides those of the rules; a trial of one rule may need another's. */
  readonly limits?: readonly Limit[];
  readonly cityRules: readonly CityRule[];
  readonly policies: PolicyBook;
  /** Live: alerts go out as soon as their inputs are complete; otherwise only what is settled goes out. */
  readonly early: boolean;
}
