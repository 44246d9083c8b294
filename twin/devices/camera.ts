/** Kitchen camera: detections and health as events, a heartbeat in each period (GB/T 28181). */
import { minutes } from "../kernel/time.ts";
import { defineDeviceKind } from "./device-kind.ts";

export const camera = defineDeviceKind({
  kind: "camera",
  zh: "摄像头",
  en: "camera",
  nature: "camera",
  unit: null,
  range: null,
  reportEveryMs: minutes(1),
  resolution: 1,
});
