/** Place of a mobile unit: `warmcity.position` in each period (alert B02). */
import { minutes } from "../kernel/time.ts";
import { defineDeviceKind } from "./device-kind.ts";

export const gps = defineDeviceKind({
  kind: "gps",
  zh: "定位",
  en: "GPS",
  nature: "position",
  unit: null,
  range: null,
  reportEveryMs: minutes(5),
  resolution: 0.000001,
});
