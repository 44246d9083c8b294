/**
 * Sensors of an average unit by type (DOMAIN §2). Drawn over the whole city, `full` gives about 76,130 sensors and
 * `baseline` about 17,000: what the city can pay for first, canteens and large units before the rest.
 */
import type { DeviceKind } from "../devices/device-kind.ts";
import type { KitchenType } from "./kitchen.ts";

export const PRESETS = ["baseline", "full"] as const;
export type Preset = (typeof PRESETS)[number];

/** Columns of the table; `other` is the morning check of a school, the GPS of a mobile unit, the ice of a bar. */
export const SENSOR_COLUMNS = [
  "fridge",
  "freezer",
  "hot",
  "climate",
  "wash",
  "gas",
  "fume",
  "uv",
  "rodent",
  "power",
  "sample",
  "other",
] as const;
export type SensorColumn = (typeof SENSOR_COLUMNS)[number];
type Row = readonly [
  fridge: number,
  freezer: number,
  hot: number,
  climate: number,
  wash: number,
  gas: number,
  fume: number,
  uv: number,
  rodent: number,
  power: number,
  sample: number,
  other: number,
];

export const sensorAverages: { readonly [P in Preset]: { readonly [T in KitchenType]: Row } } = {
  full: {
    "very-large": [10, 6, 6, 3, 3, 6, 2, 3, 4, 2, 1, 0],
    large: [5, 3, 2, 1, 1, 3, 1, 1, 2, 1, 1, 0],
    medium: [3, 2, 1, 0.5, 1, 2, 0.5, 0.5, 1, 1, 0, 0],
    small: [1, 1, 0.2, 0.05, 0.6, 0.8, 0.1, 0.05, 0.2, 0.3, 0, 0],
    drinks: [2, 0.5, 0, 0, 0.3, 0, 0, 0, 0.2, 0.3, 0, 1],
    school: [3, 2, 2, 1, 1, 2, 0.5, 1, 1, 1, 1, 1],
    "elder-care": [2, 1, 1, 0.5, 1, 1, 0.2, 0.5, 0.5, 1, 1, 0],
    hospital: [4, 2, 3, 1, 1, 2, 1, 1, 1, 1, 1, 0],
    office: [2, 1, 1.5, 0.6, 1, 1, 0.3, 0.5, 0.5, 0.5, 1, 0],
    nursery: [1, 0.5, 0.5, 0, 1, 0.5, 0, 0, 0.5, 0.5, 1, 0],
    "mobile-banquet": [1, 1, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1],
  },
  baseline: {
    "very-large": [6, 0, 0, 0, 1, 3, 0, 0, 0, 0, 1, 0],
    large: [3, 0, 0, 0, 1, 2, 0, 0, 0, 0, 1, 0],
    medium: [1, 0, 0, 0, 0.3, 0.6, 0, 0, 0, 0, 0, 0],
    small: [0.8, 0, 0, 0, 0.05, 0.15, 0, 0, 0, 0, 0, 0],
    drinks: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    school: [2, 0, 0, 0, 0.6, 0.7, 0, 0, 0, 0, 1, 0],
    "elder-care": [1, 0, 0, 0, 0.5, 0.5, 0, 0, 0, 0, 1, 0],
    hospital: [3, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0],
    office: [1, 0, 0, 0, 0.4, 0.4, 0, 0, 0, 0, 1, 0],
    nursery: [1, 0, 0, 0, 0.5, 0.2, 0, 0, 0, 0, 1, 0],
    "mobile-banquet": [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
  },
};

/** Every unit has at least one of a column whose average is 1 or more. */
export function leastOf(average: number): number {
  return average >= 1 ? 1 : 0;
}

/**
 * The letters of a generated device's name (`K-00001/f1` = its first fridge). Short, because a simulated day names
 * devices in millions of columns.
 */
export const deviceLetters: { readonly [K in DeviceKind]: string } = {
  "fridge-temperature": "f",
  "freezer-temperature": "z",
  "hot-holding-temperature": "h",
  "room-temperature": "t",
  "room-humidity": "rh",
  "dish-machine": "w",
  gas: "g",
  fume: "fu",
  "uv-lamp": "uv",
  "rodent-infrared": "ir",
  power: "e",
  "sample-fridge-temperature": "s",
  door: "d",
  presence: "n",
  "probe-temperature": "p",
  "oil-meter": "o",
  "morning-check": "m",
  gps: "gps",
  "ice-machine": "i",
  camera: "c",
};
