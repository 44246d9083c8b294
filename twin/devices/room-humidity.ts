/** Relative humidity of a store or a room (alert T10). */
import { minutes } from "../kernel/time.ts";
import { defineDeviceKind } from "./device-kind.ts";

export const roomHumidity = defineDeviceKind({
  kind: "room-humidity",
  zh: "环境湿度",
  en: "room humidity",
  nature: "humidity",
  unit: "%RH",
  range: { min: 0, max: 100 },
  reportEveryMs: minutes(1),
  resolution: 0.1,
});
