/** Handheld core thermometer: `warmcity.food.probed`, or a bare reading. */
import { defineDeviceKind } from "./device-kind.ts";

export const probeTemperature = defineDeviceKind({
  kind: "probe-temperature",
  zh: "中心温度探针",
  en: "core probe",
  nature: "probe",
  unit: "Cel",
  range: { min: -90, max: 400 },
  reportEveryMs: null,
  resolution: 0.1,
});
