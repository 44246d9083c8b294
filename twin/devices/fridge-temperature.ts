/** Cold storage 0–8 °C (alert T01). */
import { minutes } from "../kernel/time.ts";
import { defineDeviceKind } from "./device-kind.ts";

export const fridgeTemperature = defineDeviceKind({
  kind: "fridge-temperature",
  zh: "冷藏温度",
  en: "fridge temperature",
  nature: "thermal",
  unit: "Cel",
  range: { min: -90, max: 400 },
  reportEveryMs: minutes(1),
  resolution: 0.01,
});
