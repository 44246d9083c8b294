/** Hot holding above 60 °C (alert T03). */
import { minutes } from "../kernel/time.ts";
import { defineDeviceKind } from "./device-kind.ts";

export const hotHoldingTemperature = defineDeviceKind({
  kind: "hot-holding-temperature",
  zh: "热藏温度",
  en: "hot-holding temperature",
  nature: "thermal",
  unit: "Cel",
  range: { min: -90, max: 400 },
  reportEveryMs: minutes(1),
  resolution: 0.01,
});
