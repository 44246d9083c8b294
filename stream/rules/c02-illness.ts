/** C02 疑似食源性聚集 in one kitchen: the second stage counts the sick; only people end it (DOMAIN §5.3). */
import { followConcern } from "./follow-concern.ts";
import { foodSafetyLaw } from "./legal-basis.ts";
import { defineRule } from "./rule.ts";

/** What the rule is, in the kitchen and in the second stage. */
export const ILLNESS = {
  code: "C02",
  version: 1,
  level: "L2",
  validFrom: "2021-04-29",
  legalBasis: [foodSafetyLaw("103"), "国家食品安全事故应急预案 4.2.2"],
  title: { zh: "疑似食源性聚集", en: "Suspected food-borne cluster" },
  autoClose: "never",
  /** People fell ill from what was eaten before a unit closed. */
  mutedBy: [],
} as const;

export const illnessCluster = defineRule({
  ...ILLNESS,
  events: [],
  findings: ["concern"],
  initial: () => ({}),
  fold: followConcern(ILLNESS.code),
});
