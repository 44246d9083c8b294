/** Triggers of a passive infrared trap since its last report (alert P07). */
import { minutes } from "../kernel/time.ts";
import { defineDeviceKind } from "./device-kind.ts";

export const rodentInfrared = defineDeviceKind({
  kind: "rodent-infrared",
  zh: "鼠患红外",
  en: "rodent infrared",
  nature: "counter",
  unit: "count",
  range: { min: 0, max: 100_000 },
  reportEveryMs: minutes(1),
  resolution: 1,
});
