/** Fuel gas as a share of the lower explosive limit (alert T09). */
import { minutes } from "../kernel/time.ts";
import { defineDeviceKind } from "./device-kind.ts";

export const gas = defineDeviceKind({
  kind: "gas",
  zh: "燃气浓度",
  en: "gas",
  nature: "concentration",
  unit: "%LEL",
  range: { min: 0, max: 100 },
  reportEveryMs: minutes(1),
  resolution: 0.1,
});
