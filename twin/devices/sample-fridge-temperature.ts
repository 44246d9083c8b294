/** The fridge of retained samples; obeys T01. */
import { minutes } from "../kernel/time.ts";
import { defineDeviceKind } from "./device-kind.ts";

export const sampleFridgeTemperature = defineDeviceKind({
  kind: "sample-fridge-temperature",
  zh: "留样冰箱温度",
  en: "sample fridge temperature",
  nature: "thermal",
  unit: "Cel",
  range: { min: -90, max: 400 },
  reportEveryMs: minutes(1),
  resolution: 0.01,
});
