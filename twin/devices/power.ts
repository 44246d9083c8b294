/** Power of what its `of` names; with no period it is a contact that says `warmcity.power` on or off. */
import { minutes } from "../kernel/time.ts";
import { defineDeviceKind } from "./device-kind.ts";

export const power = defineDeviceKind({
  kind: "power",
  zh: "用电功率",
  en: "power",
  nature: "power",
  unit: "W",
  range: { min: 0, max: 1_000_000 },
  reportEveryMs: minutes(1),
  resolution: 1,
});
