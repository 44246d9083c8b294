/** People in a zone: `warmcity.presence`. */
import { defineDeviceKind } from "./device-kind.ts";

export const presence = defineDeviceKind({
  kind: "presence",
  zh: "人员存在",
  en: "presence",
  nature: "presence",
  unit: null,
  range: null,
  reportEveryMs: null,
  resolution: 1,
});
