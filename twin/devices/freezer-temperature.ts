/** Frozen storage below -12 °C (alert T02). */
import { minutes } from "../kernel/time.ts";
import { defineDeviceKind } from "./device-kind.ts";

export const freezerTemperature = defineDeviceKind({
  kind: "freezer-temperature",
  zh: "冷冻温度",
  en: "freezer temperature",
  nature: "thermal",
  unit: "Cel",
  range: { min: -90, max: 400 },
  reportEveryMs: minutes(1),
  resolution: 0.01,
});
