/** Bin temperature of an ice machine. */
import { minutes } from "../kernel/time.ts";
import { defineDeviceKind } from "./device-kind.ts";

export const iceMachine = defineDeviceKind({
  kind: "ice-machine",
  zh: "制冰机温度",
  en: "ice machine",
  nature: "thermal",
  unit: "Cel",
  range: { min: -90, max: 400 },
  reportEveryMs: minutes(1),
  resolution: 0.01,
});
