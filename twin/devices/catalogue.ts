/** Every device kind: one import and one line each. To add a kind, write its file, then its line here and in `DEVICE_KINDS`. */
import { camera } from "./camera.ts";
import type { DeviceKind, DeviceKindDefinition } from "./device-kind.ts";
import { dishMachine } from "./dish-machine.ts";
import { door } from "./door.ts";
import { freezerTemperature } from "./freezer-temperature.ts";
import { fridgeTemperature } from "./fridge-temperature.ts";
import { fume } from "./fume.ts";
import { gas } from "./gas.ts";
import { gps } from "./gps.ts";
import { hotHoldingTemperature } from "./hot-holding-temperature.ts";
import { iceMachine } from "./ice-machine.ts";
import { morningCheck } from "./morning-check.ts";
import { oilMeter } from "./oil-meter.ts";
import { power } from "./power.ts";
import { presence } from "./presence.ts";
import { probeTemperature } from "./probe-temperature.ts";
import { rodentInfrared } from "./rodent-infrared.ts";
import { roomHumidity } from "./room-humidity.ts";
import { roomTemperature } from "./room-temperature.ts";
import { sampleFridgeTemperature } from "./sample-fridge-temperature.ts";
import { uvLamp } from "./uv-lamp.ts";

export const deviceKinds: { readonly [K in DeviceKind]: DeviceKindDefinition } = {
  "fridge-temperature": fridgeTemperature,
  "freezer-temperature": freezerTemperature,
  "hot-holding-temperature": hotHoldingTemperature,
  "room-temperature": roomTemperature,
  "room-humidity": roomHumidity,
  "dish-machine": dishMachine,
  gas,
  fume,
  "uv-lamp": uvLamp,
  "rodent-infrared": rodentInfrared,
  power,
  "sample-fridge-temperature": sampleFridgeTemperature,
  door,
  presence,
  "probe-temperature": probeTemperature,
  "oil-meter": oilMeter,
  "morning-check": morningCheck,
  gps,
  "ice-machine": iceMachine,
  camera,
};

/** What a kind of device is. */
export function deviceKind(kind: DeviceKind): DeviceKindDefinition {
  return deviceKinds[kind];
}

/** A kind that speaks only by its own event types: its readings are no values, its silence between them is no fault. */
export function speaksByEvents(kind: DeviceKind): boolean {
  return deviceKinds[kind].unit === null;
}
