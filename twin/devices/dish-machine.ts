/** Ware-washing: each cycle is a `warmcity.dish.cycle` (alert T06); the period is that of its heartbeat. */
import { minutes } from "../kernel/time.ts";
import { defineDeviceKind } from "./device-kind.ts";

export const dishMachine = defineDeviceKind({
  kind: "dish-machine",
  zh: "洗碗消毒机",
  en: "dish machine",
  nature: "cycle",
  unit: null,
  range: null,
  reportEveryMs: minutes(10),
  resolution: 0.1,
});
