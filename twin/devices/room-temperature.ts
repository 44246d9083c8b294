/** Air of a ready-to-eat room, at most 25 °C in use (alert T04). */
import { minutes } from "../kernel/time.ts";
import { defineDeviceKind } from "./device-kind.ts";

export const roomTemperature = defineDeviceKind({
  kind: "room-temperature",
  zh: "专间温度",
  en: "room temperature",
  nature: "thermal",
  unit: "Cel",
  range: { min: -90, max: 400 },
  reportEveryMs: minutes(1),
  resolution: 0.01,
});
