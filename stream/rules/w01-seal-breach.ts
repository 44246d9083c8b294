/** W01 封签异常 of one unit: the second stage counts its hand-overs, and says when and whether the unit explains them. */
import { hours } from "../../twin/kernel/time.ts";
import { followConcern } from "./follow-concern.ts";
import { CITY_PLAN, foodSafetyLaw } from "./legal-basis.ts";
import { defineRule } from "./rule.ts";

export const SEAL_PARAMETERS = {
  /** Seals broken of the last 60 min, at least. */
  breachesCount: 5,
  /** And of the orders, at least. */
  breachesShare: 0.02,
  /** And of the key's own usual share, at least. */
  baseTimes: 3,
  /** The usual share is taken to be at least this, the city's own. */
  baseShare: 0.0015,
  /** Another key that has so much of a key's breaches explains it. */
  explainedShare: 0.8,
  /** Over when the share has been below it for `calmForMs`. */
  calmShare: 0.01,
  calmForMs: hours(24),
  /** Handed over so long after cooking and colder than `hotC`: a reminder. */
  staleAfterMs: hours(2),
  hotC: 60,
};

/** What the rule is, in the kitchen and in the second stage. */
export const SEAL_BREACH = {
  code: "W01",
  version: 1,
  level: "L4",
  validFrom: "2023-09-07",
  legalBasis: [foodSafetyLaw("62"), CITY_PLAN],
  title: { zh: "封签异常", en: "Seal breaches" },
  autoClose: "condition",
  parameters: SEAL_PARAMETERS,
  rising: [["calmShare", "breachesShare"]],
} as const;

export const sealBreach = defineRule({
  ...SEAL_BREACH,
  events: [],
  findings: ["concern"],
  initial: () => ({}),
  fold: followConcern(SEAL_BREACH.code),
});
