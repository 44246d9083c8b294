/**
 * The zones and devices of one generated kitchen. Order: sensors that report by period, cameras, then what speaks only
 * when something happens (contacts, handheld probes), which comes on top of DOMAIN §2's counts in the full twin.
 */
import { deviceKind } from "../devices/catalogue.ts";
import type { DeviceKind } from "../devices/device-kind.ts";
import type { Random } from "../kernel/random.ts";
import { minutes } from "../kernel/time.ts";
import type { Device, KitchenType, Zone, ZoneKind } from "./kitchen.ts";
import type { Outfit } from "./outfit.ts";
import { deviceLetters, type Preset } from "./sensor-profiles.ts";

/** The lines that a kitchen hangs on. */
export interface SupplyLines {
  readonly feeder: string;
  readonly isp: string;
}

const BASELINE_PERIOD_MS = minutes(5);

const CANTEEN_ZONES: readonly ZoneKind[] = [
  "cooking",
  "cold-store",
  "prep",
  "cutting",
  "wash",
  "serving",
  "sample-store",
  "warehouse",
];
const BIG_ZONES: readonly ZoneKind[] = [
  "cooking",
  "cold-store",
  "rte-room",
  "prep",
  "cutting",
  "wash",
  "serving",
  "warehouse",
  "receiving",
  "waste",
  "dining",
];
const ZONES: { readonly [T in KitchenType]: readonly ZoneKind[] } = {
  "very-large": BIG_ZONES,
  large: BIG_ZONES,
  medium: ["cooking", "cold-store", "cutting", "wash", "serving", "warehouse"],
  small: ["cooking", "cold-store", "wash"],
  drinks: ["prep", "cold-store", "serving", "wash"],
  school: [...CANTEEN_ZONES, "receiving"],
  "elder-care": ["cooking", "cold-store", "cutting", "wash", "serving", "sample-store"],
  hospital: [...CANTEEN_ZONES, "receiving"],
  office: CANTEEN_ZONES,
  nursery: ["cooking", "cold-store", "wash", "serving", "sample-store"],
  "mobile-banquet": ["cooking", "cold-store", "prep", "serving"],
};

/** What a camera must show comes first (DOMAIN §4). */
const CAMERA_ORDER: readonly ZoneKind[] = [
  "cooking",
  "wash",
  "rte-room",
  "cutting",
  "serving",
  "prep",
  "sample-store",
  "receiving",
  "warehouse",
  "cold-store",
  "waste",
  "dining",
];

const zoneObjects = new Map<ZoneKind, Zone>();

function zoneOf(kind: ZoneKind): Zone {
  const known = zoneObjects.get(kind);
  if (known !== undefined) return known;
  const zone = Object.freeze({ id: kind, kind });
  zoneObjects.set(kind, zone);
  return zone;
}

export interface EquipmentOf {
  readonly kitchen: string;
  readonly type: KitchenType;
  readonly outfit: Outfit;
  readonly preset: Preset;
  readonly lines: SupplyLines;
  readonly random: Random;
}

/** Zones and devices of a kitchen; a zone's id is its kind. */
export function equip(of: EquipmentOf): {
  readonly zones: readonly Zone[];
  readonly devices: readonly Device[];
} {
  // Drawn before the preset is looked at, so that both presets give one kitchen the same rooms.
  const humidity = humiditySensors(of.outfit.full.climate, of.random);
  const zones = zonesFor(of, humidity);
  const fitter = new Fitter(of, zones);
  fitSensors(fitter, of, humidity);
  fitCameras(fitter, of, zones);
  if (of.preset === "full") fitContacts(fitter, of);
  return { zones: [...zones].map(zoneOf), devices: fitter.devices };
}

/** Of a unit's climate sensors some measure humidity in the store, the others the air of the ready-to-eat room. */
function humiditySensors(climate: number, random: Random): number {
  const alone = random.chance(0.15);
  return climate === 1 ? (alone ? 1 : 0) : Math.floor(climate / 2);
}

function zonesFor({ type, outfit }: EquipmentOf, humidity: number): Set<ZoneKind> {
  const zones = new Set(ZONES[type]);
  if (outfit.full.climate > humidity || outfit.full.uv > 0) zones.add("rte-room");
  if (outfit.full.sample > 0) zones.add("sample-store");
  return zones;
}

class Fitter {
  readonly devices: Device[] = [];
  readonly #of: EquipmentOf;
  readonly #zones: Set<ZoneKind>;
  readonly #numbers = new Map<DeviceKind, number>();
  readonly #gateway: string;

  constructor(of: EquipmentOf, zones: Set<ZoneKind>) {
    this.#of = of;
    this.#zones = zones;
    this.#gateway = `${of.kitchen}/gw`;
  }

  has(zone: ZoneKind): boolean {
    return this.#zones.has(zone);
  }

  /** Adds one device in the first of the wished zones that the kitchen has. A contact has no period. */
  fit(kind: DeviceKind, wish: readonly ZoneKind[], of: string | null = null, contact = false): void {
    const number = (this.#numbers.get(kind) ?? 0) + 1;
    this.#numbers.set(kind, number);
    const id = `${this.#of.kitchen}/${deviceLetters[kind]}${number}`;
    this.devices.push({
      id,
      kind,
      zone: wish.find((zone) => this.#zones.has(zone)) ?? null,
      of,
      reportEveryMs: contact ? null : periodOf(kind, this.#of.preset),
      gateway: kind === "camera" ? null : this.#gateway,
      feeder: this.#of.lines.feeder,
      isp: this.#of.lines.isp,
    });
  }

  fitMany(count: number, kind: DeviceKind, wish: readonly ZoneKind[], of: string | null = null): void {
    for (let n = 0; n < count; n++) this.fit(kind, wish, of);
  }
}

function periodOf(kind: DeviceKind, preset: Preset): number | null {
  const period = deviceKind(kind).reportEveryMs;
  if (period === null || kind === "camera" || preset === "full") return period;
  return Math.max(period, BASELINE_PERIOD_MS);
}

function fitSensors(fitter: Fitter, { type, outfit, random }: EquipmentOf, humidity: number): void {
  const { sensors } = outfit;
  fitter.fitMany(sensors.fridge, "fridge-temperature", ["cold-store"]);
  fitter.fitMany(sensors.freezer, "freezer-temperature", ["cold-store"]);
  fitter.fitMany(sensors.hot, "hot-holding-temperature", ["serving", "cooking"]);
  const moist = Math.min(humidity, sensors.climate);
  fitter.fitMany(sensors.climate - moist, "room-temperature", ["rte-room"]);
  fitter.fitMany(moist, "room-humidity", ["warehouse", "cold-store"]);
  fitter.fitMany(sensors.wash, "dish-machine", ["wash"]);
  fitter.fitMany(sensors.gas, "gas", ["cooking"]);
  fitter.fitMany(sensors.fume, "fume", ["cooking"]);
  fitter.fitMany(sensors.uv, "uv-lamp", ["rte-room"]);
  for (let n = 0; n < sensors.rodent; n++) {
    fitter.fit("rodent-infrared", n % 2 === 0 ? ["warehouse", "cold-store"] : ["cooking"]);
  }
  const mainsFirst = random.chance(0.3);
  for (let n = 0; n < sensors.power; n++) {
    const mains = n % 2 === (mainsFirst ? 0 : 1);
    if (mains) fitter.fit("power", [], "mains");
    else fitter.fit("power", ["cold-store"], "compressor");
  }
  fitter.fitMany(sensors.sample, "sample-fridge-temperature", ["sample-store"]);
  if (type === "mobile-banquet") fitter.fitMany(sensors.other, "gps", []);
  else if (type === "drinks") fitter.fitMany(sensors.other, "ice-machine", ["prep"]);
  else fitter.fitMany(sensors.other, "morning-check", ["prep", "cooking"]);
}

function fitCameras(fitter: Fitter, { outfit }: EquipmentOf, zones: Set<ZoneKind>): void {
  const views = CAMERA_ORDER.filter((zone) => zones.has(zone));
  for (let n = 0; n < outfit.cameras; n++) fitter.fit("camera", [views[n % views.length]!]);
}

function fitContacts(fitter: Fitter, { type, outfit, random }: EquipmentOf): void {
  const cold: readonly DeviceKind[] = [
    "fridge-temperature",
    "freezer-temperature",
    "sample-fridge-temperature",
  ];
  for (const { id, kind, zone } of [...fitter.devices]) {
    if (cold.includes(kind))
      fitter.fit("door", zone === "sample-store" ? ["sample-store"] : ["cold-store"], id);
  }
  const big = type === "very-large" || type === "large" || type === "school" || type === "hospital";
  if (big) fitter.fit("door", [], "entrance");
  if (fitter.has("rte-room")) fitter.fit("presence", ["rte-room"]);
  if (outfit.full.fume > 0) {
    fitter.fit("power", ["cooking"], "stove", true);
    fitter.fit("power", ["cooking"], "purifier", true);
  }
  if (outfit.full.hot > 0 && type !== "small") fitter.fit("probe-temperature", ["cooking"]);
  if (outfit.full.fume > 0 && random.chance(0.3)) fitter.fit("oil-meter", ["cooking"]);
}
