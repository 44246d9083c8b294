import type { City } from "../twin/city/city.ts";
import type { PolicyInForce } from "./policy-in-force.ts";
import type { RuleSet } from "./rules/rule-set.ts";

/** What all kitchens share while they are folded. */
export interface FoldGround {
  readonly city: City;
  readonly rules: RuleSet;
  readonly policies: PolicyInForce;
  /** Time of the first tick at or after a moment; `null` = receipts are not known. */
  readonly tickAfter: (time: number) => number | null;
  /** The fold's clock, ms since epoch. */
  readonly clock: () => number;
  /** Everything up to here was settled before this turn, ms since epoch. */
  readonly settledTo: () => number;
}
