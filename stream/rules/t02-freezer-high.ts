/** T02 冷冻超温: a freezer above -12 °C for 60 min, so that defrosting (45 min) passes; graver above -5 °C (DOMAIN R02). */
import { hours, minutes } from "../../twin/kernel/time.ts";
import { defineLimit } from "../detectors/limit.ts";
import { followLimit } from "./follow-limit.ts";
import { CATERING_HYGIENE, foodSafetyLaw, operatingCode } from "./legal-basis.ts";
import { defineRule } from "./rule.ts";

export const freezerLimit = defineLimit({
  code: "T02",
  kinds: ["freezer-temperature"],
  deadband: 0.3,
  holds: [
    { over: -12, forMs: minutes(60), level: "L3" },
    { over: -5, forMs: hours(2), level: "L2" },
  ],
  runs: [],
  clear: { at: -12, forMs: minutes(30) },
});

export const freezerHigh = defineRule({
  code: "T02",
  version: 1,
  level: "L3",
  validFrom: "2022-02-22",
  legalBasis: [CATERING_HYGIENE, operatingCode("§2"), foodSafetyLaw("33(6)")],
  title: { zh: "冷冻超温", en: "Freezer too warm" },
  autoClose: "condition",
  mutedBy: ["closed-unit", "maintenance", "ramp"],
  events: [],
  findings: ["held", "cleared"],
  initial: () => ({}),
  fold: followLimit(freezerLimit),
});
