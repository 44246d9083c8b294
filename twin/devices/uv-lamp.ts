/** Power drawn by the lamps that disinfect a room's air; 5 W and more = on (alert T05). */
import { minutes } from "../kernel/time.ts";
import { defineDeviceKind } from "./device-kind.ts";

export const uvLamp = defineDeviceKind({
  kind: "uv-lamp",
  zh: "紫外线灯",
  en: "UV lamp",
  nature: "power",
  unit: "W",
  range: { min: 0, max: 10_000 },
  reportEveryMs: minutes(1),
  resolution: 1,
});
