/**
 * The registry (CONTRACT §1) in and out: `parseRegistry` turns the file's JSON into a city or lists everything that is
 * wrong with it; `registryOf` writes a city down again. What is read back is the same city.
 */
import type { Static, TSchema } from "@sinclair/typebox";
import { type TypeCheck, TypeCompiler } from "@sinclair/typebox/compiler";
import { deviceKind, speaksByEvents } from "../devices/catalogue.ts";
import type { DeviceKind } from "../devices/device-kind.ts";
import type { Fault, Parsed } from "../kernel/fault.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, parseTimeOfDay } from "../kernel/time.ts";
import { City, type Street } from "./city.ts";
import type { DaySpan, Device, Kitchen } from "./kitchen.ts";
import { referenceFaults } from "./registry-references.ts";
import {
  type DeviceJson,
  KitchenJson,
  Registry,
  type RegistryJson,
  RegistryShell,
  type SpanJson,
  StreetJson,
  SupplierJson,
} from "./registry-schema.ts";
import { schemaFaults } from "./schema-faults.ts";
import { defaultCalendar, defaultMeals } from "./unit-profiles.ts";

/** Metres around the permit's centre, if it names none. */
const PERMIT_RADIUS_M = 500;
const WHOLE_DAY: readonly DaySpan[] = [{ fromMs: 0, toMs: DAY_MS }];

/**
 * The city of a registry, with the defaults of CONTRACT §1, or every fault by JSON pointer. Unknown fields are ignored.
 * Needs `new Function` (TypeBox's compiler): for servers, not for pages.
 */
export function parseRegistry(json: unknown): Parsed<City> {
  const shapely = isRegistry(json);
  const faults = shapely ? referenceFaults(json) : [...shapeFaults(json), ...referenceFaults(json)];
  if (!shapely || faults.length > 0) return { ok: false, faults };
  return { ok: true, value: cityOf(json) };
}

/** The registry that describes a city. */
export function registryOf(city: City): RegistryJson {
  return {
    version: 1,
    kitchens: city.kitchens.map(kitchenJson),
    streets: city.streets.map(({ id, name, kitchens, displays }) => ({
      id,
      name,
      kitchens: [...kitchens],
      displays: [...displays],
    })),
    suppliers: city.suppliers.map((supplier) => ({ ...supplier })),
  };
}

const compiled = new Map<TSchema, TypeCheck<TSchema>>();

function checkOf(schema: TSchema): TypeCheck<TSchema> {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const check = TypeCompiler.Compile(schema);
  compiled.set(schema, check);
  return check;
}

function isRegistry(json: unknown): json is RegistryJson {
  return checkOf(Registry).Check(json);
}

/** What the schemas find. Items are checked one by one, so that only the bad ones are searched for their faults. */
function shapeFaults(json: unknown): Fault[] {
  const shell = checkOf(RegistryShell);
  const faults = schemaFaults(shell.Errors(json), "");
  if (typeof json !== "object" || json === null) return faults;
  for (const [key, schema] of LISTS) {
    const list: unknown = Reflect.get(json, key);
    if (!Array.isArray(list)) continue;
    const check = checkOf(schema);
    list.forEach((item: unknown, i) => {
      if (!check.Check(item)) faults.push(...schemaFaults(check.Errors(item), `/${key}/${i}`));
    });
  }
  return faults;
}

const LISTS: readonly (readonly [string, TSchema])[] = [
  ["kitchens", KitchenJson],
  ["streets", StreetJson],
  ["suppliers", SupplierJson],
];

function cityOf(registry: RegistryJson): City {
  const streetOf = new Map<string, string>();
  const members = new Map<string, string[]>();
  for (const { id, kitchens } of registry.streets ?? []) {
    members.set(id, [...(kitchens ?? [])]);
    for (const kitchen of kitchens ?? []) streetOf.set(kitchen, id);
  }
  for (const { id, street } of registry.kitchens) {
    if (typeof street !== "string" || streetOf.has(id)) continue;
    streetOf.set(id, street);
    members.get(street)?.push(id);
  }
  const streets: Street[] = (registry.streets ?? []).map(({ id, name, displays }) => ({
    id,
    name: name ?? id,
    kitchens: members.get(id) ?? [],
    displays: displays ?? [],
  }));
  return new City({
    kitchens: registry.kitchens.map((kitchen) => kitchenOf(kitchen, streetOf.get(kitchen.id) ?? null)),
    streets,
    suppliers: (registry.suppliers ?? []).map(({ id, name, secondTierOf }) => ({
      id,
      name: name ?? id,
      secondTierOf: secondTierOf ?? null,
    })),
  });
}

function kitchenOf(json: Static<typeof KitchenJson>, street: string | null): Kitchen {
  const { id, type, banner, office, position, licence, cadre } = json;
  return {
    id,
    code: json.code ?? id,
    name: json.name ?? id,
    type,
    banner,
    office,
    street,
    position: { lon: position.lon, lat: position.lat },
    capacity: json.capacity ?? null,
    opens: json.opens.map(spanOf),
    risk: json.risk ?? null,
    address: json.address ?? null,
    calendar: json.calendar ?? defaultCalendar(type),
    meals: json.meals?.map(spanOf) ?? defaultMeals(type),
    tableware: json.tableware ?? "own",
    connect: json.connect ?? "online",
    cadre: cadre ? { id: cadre.id, tier: cadre.tier } : null,
    permit: permitOf(json.permit),
    licence: {
      number: licence.number ?? null,
      validTo: licence.validTo,
      renewal: licence.renewal ?? null,
    },
    zones: (json.zones ?? []).map((zone) => ({ id: zone.id, kind: zone.kind })),
    devices: (json.devices ?? []).map(deviceOf),
    staff: (json.staff ?? []).map((person) => ({
      id: person.id,
      job: person.job,
      certificateValidTo: person.certificateValidTo ?? null,
      trainingDue: person.trainingDue ?? null,
    })),
  };
}

function permitOf(json: KitchenJson["permit"]): Kitchen["permit"] {
  if (!json) return null;
  return {
    center: { lon: json.center.lon, lat: json.center.lat },
    radiusM: json.radiusM ?? PERMIT_RADIUS_M,
    hours: json.hours?.map(spanOf) ?? WHOLE_DAY,
  };
}

function deviceOf(json: DeviceJson): Device {
  return {
    id: json.id,
    kind: json.kind,
    zone: json.zone ?? null,
    of: json.of ?? null,
    reportEveryMs: json.reportEveryMs === undefined ? assumedPeriod(json.kind) : json.reportEveryMs,
    gateway: json.gateway ?? null,
    feeder: json.feeder ?? null,
    isp: json.isp ?? null,
  };
}

/**
 * The period of a device whose registry names none. Only readings, camera and position come by themselves: whoever
 * registers a dish machine without a period has not promised its heartbeats, so its silence is no fault.
 */
function assumedPeriod(kind: DeviceKind): number | null {
  const regular = !speaksByEvents(kind) || kind === "camera" || kind === "gps";
  return regular ? deviceKind(kind).reportEveryMs : null;
}

function spanOf([from, to]: SpanJson): DaySpan {
  return { fromMs: parseTimeOfDay(from), toMs: parseTimeOfDay(to) };
}

function kitchenJson(kitchen: Kitchen): KitchenJson {
  const { permit } = kitchen;
  return {
    ...kitchen,
    position: { ...kitchen.position, crs: "WGS84" },
    opens: kitchen.opens.map(spanJson),
    meals: kitchen.meals.map(spanJson),
    permit: permit && {
      center: { ...permit.center, crs: "WGS84" },
      radiusM: permit.radiusM,
      hours: permit.hours.map(spanJson),
    },
    licence: { ...kitchen.licence },
    zones: kitchen.zones.map((zone) => ({ ...zone })),
    devices: kitchen.devices.map(deviceJson),
    staff: kitchen.staff.map((person) => ({ ...person })),
  };
}

/** Fields without a value are left out: the full city has 150,000 devices. */
function deviceJson({ id, kind, zone, of, reportEveryMs, gateway, feeder, isp }: Device): DeviceJson {
  return {
    id,
    kind,
    ...(zone !== null && { zone }),
    ...(of !== null && { of }),
    reportEveryMs,
    ...(gateway !== null && { gateway }),
    ...(feeder !== null && { feeder }),
    ...(isp !== null && { isp }),
  };
}

function spanJson({ fromMs, toMs }: DaySpan): SpanJson {
  return [clock(fromMs), clock(toMs)];
}

/** ms since midnight as `HH:MM`, whole minutes. */
function clock(ms: number): string {
  const hour = Math.floor(ms / HOUR_MS);
  const minute = Math.floor((ms % HOUR_MS) / MINUTE_MS);
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}
