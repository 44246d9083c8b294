/** C02 疑似食源性聚集 in one kitchen: the second stage counts the sick; only people end it (DOMAIN §5.3). */
import { hours } from "../../twin/kernel/time.ts";
import { followConcern } from "./follow-concern.ts";
import { foodSafetyLaw } from "./legal-basis.ts";
import { defineRule } from "./rule.ts";

export const ILLNESS_PARAMETERS = {
  /** Reports at most so far apart belong together. */
  withinMs: hours(72),
  /** So many persons of one unit within `withinMs` are suspect. */
  suspectCount: 2,
  /** So many within `soonMs`, or `graveCount` within `withinMs`, are grave. */
  soonMs: hours(24),
  graveSoonCount: 3,
  graveCount: 5,
  /** Kitchens so near to one count as its place. */
  nearM: 500,
};

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
  parameters: ILLNESS_PARAMETERS,
  rising: [
    ["soonMs", "withinMs"],
    ["suspectCount", "graveSoonCount", "graveCount"],
  ],
} as const;

export const illnessCluster = defineRule({
  ...ILLNESS,
  events: [],
  findings: ["concern"],
  initial: () => ({}),
  fold: followConcern(ILLNESS.code),
});
