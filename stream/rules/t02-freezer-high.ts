/** T02 冷冻超温: a freezer above -12 °C for 60 min, so that defrosting (45 min) passes; graver above -5 °C (DOMAIN R02). */
import { hours, minutes } from "../../twin/kernel/time.ts";
import { followLimit } from "./follow-limit.ts";
import { CATERING_HYGIENE, foodSafetyLaw, operatingCode } from "./legal-basis.ts";
import { defineRule } from "./rule.ts";

const PARAMETERS = {
  /** Above it the freezer is too warm; at or below it the freezer clears. */
  limitC: -12,
  /** Longer than a defrosting. */
  holdMs: minutes(60),
  /** Above it, `thawHoldMs` long: graver. */
  thawC: -5,
  thawHoldMs: hours(2),
  /** A hold is broken only at or below its limit less this. */
  deadbandK: 0.3,
  clearMs: minutes(30),
};

export const freezerHigh = defineRule({
  code: "T02",
  version: 1,
  level: "L3",
  validFrom: "2022-02-22",
  legalBasis: [CATERING_HYGIENE, operatingCode("§2"), foodSafetyLaw("33(6)")],
  title: { zh: "冷冻超温", en: "Freezer too warm" },
  autoClose: "condition",
  mutedBy: ["closed-unit", "maintenance", "ramp"],
  parameters: PARAMETERS,
  rising: [["limitC", "thawC"]],
  limit: ({ limitC, holdMs, thawC, thawHoldMs, deadbandK, clearMs }) => ({
    kinds: ["freezer-temperature"],
    deadband: deadbandK,
    holds: [
      { over: limitC, forMs: holdMs, level: "L3" },
      { over: thawC, forMs: thawHoldMs, level: "L2" },
    ],
    runs: [],
    clear: { at: limitC, forMs: clearMs },
  }),
  events: [],
  findings: ["held", "cleared"],
  initial: () => ({}),
  fold: followLimit({ code: "T02" }),
});
