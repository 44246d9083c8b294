/** Terminal at which staff check in healthy: `warmcity.staff.checked`; the period is that of its heartbeat. */
import { minutes } from "../kernel/time.ts";
import { defineDeviceKind } from "./device-kind.ts";

export const morningCheck = defineDeviceKind({
  kind: "morning-check",
  zh: "晨检仪",
  en: "morning-check terminal",
  nature: "terminal",
  unit: null,
  range: null,
  reportEveryMs: minutes(10),
  resolution: 0.1,
});
