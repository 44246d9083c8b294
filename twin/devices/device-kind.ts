/** `defineDeviceKind()`: what a kind of device is. One file per kind in this folder, one line in `catalogue.ts`. */

/** How a kind's values come about; the simulator and the detectors know each nature once. */
export type DeviceNature =
  | "thermal"
  | "humidity"
  | "concentration"
  | "power"
  | "counter"
  | "contact"
  | "presence"
  | "cycle"
  | "probe"
  | "terminal"
  | "position"
  | "camera";

export const DEVICE_KINDS = [
  "fridge-temperature",
  "freezer-temperature",
  "hot-holding-temperature",
  "room-temperature",
  "room-humidity",
  "dish-machine",
  "gas",
  "fume",
  "uv-lamp",
  "rodent-infrared",
  "power",
  "sample-fridge-temperature",
  "door",
  "presence",
  "probe-temperature",
  "oil-meter",
  "morning-check",
  "gps",
  "ice-machine",
  "camera",
] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

export interface DeviceKindDefinition {
  readonly kind: DeviceKind;
  readonly zh: string;
  readonly en: string;
  readonly nature: DeviceNature;
  /** Unit of a `warmcity.reading` (SenML / UCUM code); `null` = the kind speaks by its own event types. */
  readonly unit: string | null;
  /** Physical range of a reading, inclusive; beyond it the value is refused at the door. */
  readonly range: { readonly min: number; readonly max: number } | null;
  /** Default reporting period in the full twin, ms; `null` = only on events. */
  readonly reportEveryMs: number | null;
  /** Steps a value is stored in (0.01 °C, 1 W, …); keeps history small and runs portable. */
  readonly resolution: number;
}

export function defineDeviceKind(definition: DeviceKindDefinition): DeviceKindDefinition {
  return Object.freeze(definition);
}
