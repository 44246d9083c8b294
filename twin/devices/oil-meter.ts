/** Total polar material of frying oil: `warmcity.oil.measured` (GB 2716-2018, alert T08). */
import { defineDeviceKind } from "./device-kind.ts";

export const oilMeter = defineDeviceKind({
  kind: "oil-meter",
  zh: "煎炸油检测仪",
  en: "frying-oil meter",
  nature: "probe",
  unit: "%",
  range: { min: 0, max: 100 },
  reportEveryMs: null,
  resolution: 0.1,
});
