/** T01 冷藏超温: a fridge above 8.0 °C for 30 min; graver after 2 h, or 1 h above 12 °C (DOMAIN R01). */
import { hours, minutes } from "../../twin/kernel/time.ts";
import { defineLimit } from "../detectors/limit.ts";
import { followLimit } from "./follow-limit.ts";
import { CATERING_HYGIENE, foodSafetyLaw, operatingCode, regulation } from "./legal-basis.ts";
import { defineRule } from "./rule.ts";

export const fridgeLimit = defineLimit({
  code: "T01",
  kinds: ["fridge-temperature", "sample-fridge-temperature"],
  deadband: 0.3,
  holds: [
    { over: 8, forMs: minutes(30), level: "L3" },
    { over: 8, forMs: hours(2), level: "L2" },
    { over: 12, forMs: hours(1), level: "L2" },
  ],
  runs: [],
  clear: { at: 8, forMs: minutes(30) },
});

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
  events: [],
  findings: ["held", "cleared"],
  initial: () => ({}),
  fold: followLimit(fridgeLimit),
});
