/** W01 封签异常 of one unit: the second stage counts its hand-overs, and says when and whether the unit explains them. */
import { followConcern } from "./follow-concern.ts";
import { CITY_PLAN, foodSafetyLaw } from "./legal-basis.ts";
import { defineRule } from "./rule.ts";

/** What the rule is, in the kitchen and in the second stage. */
export const SEAL_BREACH = {
  code: "W01",
  version: 1,
  level: "L4",
  validFrom: "2023-09-07",
  legalBasis: [foodSafetyLaw("62"), CITY_PLAN],
  title: { zh: "封签异常", en: "Seal breaches" },
  autoClose: "condition",
} as const;

export const sealBreach = defineRule({
  ...SEAL_BREACH,
  events: [],
  findings: ["concern"],
  initial: () => ({}),
  fold: followConcern(SEAL_BREACH.code),
});
