/** Contact of a fridge door or an entrance: `warmcity.door`. */
import { defineDeviceKind } from "./device-kind.ts";

export const door = defineDeviceKind({
  kind: "door",
  zh: "门磁",
  en: "door contact",
  nature: "contact",
  unit: null,
  range: null,
  reportEveryMs: null,
  resolution: 1,
});
