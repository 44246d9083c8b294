/** Cooking fume behind the purifier, at most 2.0 mg/m³ (GB 18483-2001, alert T10). */
import { minutes } from "../kernel/time.ts";
import { defineDeviceKind } from "./device-kind.ts";

export const fume = defineDeviceKind({
  kind: "fume",
  zh: "油烟浓度",
  en: "cooking fume",
  nature: "concentration",
  unit: "mg/m3",
  range: { min: 0, max: 1_000 },
  reportEveryMs: minutes(1),
  resolution: 0.01,
});
