/**
 * A street that is not there yet: new kitchens behind those of the registry, so that everything saved by ordinal stays right. They
 * are made like those of the generated city with all its sensors, and stand among the kitchens of a banner, on their lines.
 */
import { City } from "../../twin/city/city.ts";
import { generateCity } from "../../twin/city/generated-city.ts";
import type { Device, Kitchen } from "../../twin/city/kitchen.ts";
import { DAY_MS, endOf, shanghaiDay } from "../../twin/kernel/time.ts";
import { foldOf } from "../fold-of.ts";
import type { SavedFold } from "../saved-fold.ts";
import type { ForkChange } from "./fork-change.ts";

type StreetChange = Extract<ForkChange, { kind: "street" }>;

/** Kitchens from which those of a street are copied; of every type there is one. */
const SAMPLE = 400;
/** Who opens has a licence for longer than a fork lives. */
const LICENSED_MS = 90 * DAY_MS;
/** Hosts of neighbouring kitchens of a street stand so far apart in the registry. */
const STRIDE = 37;

/** The new kitchens alone, as a city; `null` = nothing is built. Their papers run from `from` on, ms since epoch. */
export function streetOf(city: City, changes: readonly ForkChange[], from: number): City | null {
  const streets = changes.filter((change) => change.kind === "street");
  if (streets.length === 0) return null;
  const today = shanghaiDay(from);
  const sample = generateCity({ seed: 1, preset: "full", kitchens: SAMPLE, today }).kitchens.filter(
    ({ licence }) => endOf(licence.validTo) > from + LICENSED_MS,
  );
  const kitchens = streets.flatMap((street, i) => kitchensOf(street, i + 1, city, sample));
  return new City({ kitchens, streets: [], suppliers: city.suppliers });
}

/** The city with what was built behind it. */
export function grownCity(city: City, street: City): City {
  return new City({
    kitchens: [...city.kitchens, ...street.kitchens],
    streets: city.streets,
    suppliers: city.suppliers,
  });
}

/** The state of the city, with what is new as nobody has heard of it. */
export function grownState(saved: SavedFold, grown: City): SavedFold {
  const fresh = foldOf(grown, { early: true }).save();
  return { ...saved, slots: [...saved.slots, ...fresh.slots.slice(saved.slots.length)] };
}

function kitchensOf(
  { banner, kitchens, type = "small" }: StreetChange,
  nth: number,
  city: City,
  sample: readonly Kitchen[],
): Kitchen[] {
  const models = sample.filter((kitchen) => kitchen.type === type);
  const hosts = city.kitchens.filter((kitchen) => kitchen.banner === banner);
  return Array.from({ length: kitchens }, (_, i) => {
    const model = models[i % models.length];
    const host = hosts[(i * STRIDE) % hosts.length];
    if (model === undefined || host === undefined)
      throw new RangeError(`Cannot build a street of "${type}" in "${banner}"`);
    return placed(model, host, `N-${nth}-${String(i + 1).padStart(3, "0")}`);
  });
}

function placed(model: Kitchen, { banner, office, position, devices, cadre }: Kitchen, id: string): Kitchen {
  const rename = (text: string) =>
    text.startsWith(`${model.id}/`) ? id + text.slice(model.id.length) : text;
  const line = { feeder: devices[0]?.feeder ?? null, isp: devices[0]?.isp ?? null };
  const moved = (device: Device): Device => ({
    ...device,
    ...line,
    id: rename(device.id),
    of: device.of === null ? null : rename(device.of),
    gateway: device.gateway === null ? null : rename(device.gateway),
  });
  return {
    ...model,
    ...{ id, code: id, name: id, banner, office, position, cadre, street: null },
    devices: model.devices.map(moved),
    staff: model.staff.map((member) => ({ ...member, id: rename(member.id) })),
  };
}
