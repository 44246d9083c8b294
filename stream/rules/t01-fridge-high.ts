/** T01 冷藏超温: a fridge above 8.0 °C for 30 min; graver after 2 h, or 1 h above 12 °C (DOMAIN R01). */
import { hours, minutes } from "../../twin/kernel/time.ts";
import { followLimit } from "./follow-limit.ts";
import { CATERING_HYGIENE, foodSafetyLaw, operatingCode, regulation } from "./legal-basis.ts";
import { defineRule } from "./rule.ts";

const PARAMETERS = {
  /** Above it the fridge is too warm; at or below it the fridge clears. */
  limitC: 8,
  holdMs: minutes(30),
  /** Still above `limitC` after so long: graver. */
  longHoldMs: hours(2),
  /** Above it, `hotHoldMs` long: graver. */
  hotC: 12,
  hotHoldMs: hours(1),
  /** A hold is broken only at or below its limit less this. */
  deadbandK: 0.3,
  clearMs: minutes(30),
};

export const fridgeHigh = defineRule({
  code: "T01",
  version: 1,
  level: "L3",
  validFrom: "2022-02-22",
  legalBasis: [CATERING_HYGIENE, operatingCode("§2"), foodSafetyLaw("33(6)"), regulation("24")],
  title: { zh: "冷藏超温", en: "Fridge too warm" },
  autoClose: "condition+record",
  records: ["discard", "food-check"],
  recordFor: ["L1", "L2"],
  mutedBy: ["closed-unit", "maintenance", "ramp"],
  parameters: PARAMETERS,
  rising: [
    ["holdMs", "longHoldMs"],
    ["limitC", "hotC"],
  ],
  limit: ({ limitC, holdMs, longHoldMs, hotC, hotHoldMs, deadbandK, clearMs }) => ({
    kinds: ["fridge-temperature", "sample-fridge-temperature"],
    deadband: deadbandK,
    holds: [
      { over: limitC, forMs: holdMs, level: "L3" },
      { over: limitC, forMs: longHoldMs, level: "L2" },
      { over: hotC, forMs: hotHoldMs, level: "L2" },
    ],
    runs: [],
    clear: { at: limitC, forMs: clearMs },
  }),
  events: [],
  findings: ["held", "cleared"],
  initial: () => ({}),
  fold: followLimit({ code: "T01" }),
});
