/**
 * What a registry's schema cannot say: ids unique and known, spans not empty, coordinates in WGS84. Reads the raw
 * document and passes over what has the wrong shape (the schema reports that), so that one run finds every fault.
 */
import type { Fault } from "../kernel/fault.ts";
import { officeOf } from "./geography.ts";
import { WATCHED_THINGS, ZONE_KINDS } from "./kitchen.ts";
import { shown } from "./schema-faults.ts";

/** Coordinate systems in use in China that differ from WGS84, and how. */
const SHIFTED: { readonly [crs: string]: string } = {
  "GCJ-02": "the map offset of China, some 500 m off in Ordos",
  GCJ02: "the map offset of China, some 500 m off in Ordos",
  "BD-09": "Baidu's offset, more than 1 km off in Ordos",
  BD09: "Baidu's offset, more than 1 km off in Ordos",
};
const BANNER = /^\d{6}$/;
const DEVICE_NAME = /^[^/+#\s]{1,64}$/;

type Loose = { readonly [key: string]: unknown };

/** Every broken reference, with its pointer. */
export function referenceFaults(registry: unknown): Fault[] {
  const { kitchens, streets, suppliers } = loose(registry);
  const faults: Fault[] = [];
  const known: Known = {
    kitchens: uniqueIds(items(kitchens), "/kitchens", "kitchen", faults),
    streets: uniqueIds(items(streets), "/streets", "street", faults),
  };
  const codes = new Set<string>();
  const streetOf = new Map<string, string>();
  items(streets).forEach((street, i) => {
    checkStreet(street, `/streets/${i}`, known, streetOf, faults);
  });
  items(kitchens).forEach((kitchen, i) => {
    const at = `/kitchens/${i}`;
    const code = typeof kitchen.code === "string" ? kitchen.code : kitchen.id;
    if (typeof code === "string" && !add(codes, code)) {
      faults.push({ pointer: `${at}/code`, reason: `is "${code}", as another kitchen's; codes are unique` });
    }
    checkKitchen(kitchen, at, known, streetOf, faults);
  });
  checkSuppliers(items(suppliers), faults);
  return faults;
}

interface Known {
  readonly kitchens: ReadonlySet<string>;
  readonly streets: ReadonlySet<string>;
}

function checkKitchen(
  kitchen: Loose,
  at: string,
  known: Known,
  streetOf: ReadonlyMap<string, string>,
  faults: Fault[],
): void {
  const { banner, office, street, permit } = kitchen;
  if (typeof office === "string" && typeof banner === "string" && BANNER.test(banner)) {
    const owner = officeOf(office)?.banner ?? banner;
    if (owner !== banner) {
      faults.push({
        pointer: `${at}/office`,
        reason: `is "${office}", an office of ${owner}, not of ${banner}`,
      });
    }
  }
  if (typeof street === "string") {
    const listed = typeof kitchen.id === "string" ? streetOf.get(kitchen.id) : undefined;
    if (!known.streets.has(street)) {
      faults.push({ pointer: `${at}/street`, reason: `is "${street}", which is no street of this registry` });
    } else if (listed !== undefined && listed !== street) {
      faults.push({
        pointer: `${at}/street`,
        reason: `is "${street}", but street "${listed}" lists the kitchen`,
      });
    }
  }
  checkCrs(kitchen.position, `${at}/position`, faults);
  checkSpans(kitchen.opens, `${at}/opens`, faults);
  checkSpans(kitchen.meals, `${at}/meals`, faults);
  checkCrs(loose(permit).center, `${at}/permit/center`, faults);
  checkSpans(loose(permit).hours, `${at}/permit/hours`, faults);
  uniqueIds(items(kitchen.staff), `${at}/staff`, "staff member", faults);
  checkDevices(kitchen, at, faults);
}

function checkDevices(kitchen: Loose, at: string, faults: Fault[]): void {
  const devices = items(kitchen.devices);
  const ids = uniqueIds(devices, `${at}/devices`, "device", faults);
  const zones = uniqueIds(items(kitchen.zones), `${at}/zones`, "zone", faults);
  devices.forEach(({ id, zone, of }, i) => {
    const pointer = `${at}/devices/${i}`;
    if (typeof id === "string" && typeof kitchen.id === "string" && !isDeviceOf(kitchen.id, id)) {
      const reason = `is ${shown(id)}; expected ${kitchen.id}/<name>, the name of 1 to 64 signs but / + # and blanks`;
      faults.push({ pointer: `${pointer}/id`, reason });
    }
    if (typeof zone === "string" && !zones.has(zone) && !isOneOf(ZONE_KINDS, zone)) {
      const listed = zones.size === 0 ? "" : `a zone of this kitchen (${[...zones].join(" ")}) or `;
      faults.push({
        pointer: `${pointer}/zone`,
        reason: `is ${shown(zone)}; expected ${listed}a zone kind (${ZONE_KINDS.join(" ")})`,
      });
    }
    if (typeof of === "string" && !ids.has(of) && !isOneOf(WATCHED_THINGS, of)) {
      const reason = `is ${shown(of)}; expected a device of this kitchen or one of ${WATCHED_THINGS.join(" ")}`;
      faults.push({ pointer: `${pointer}/of`, reason });
    } else if (of === id && typeof of === "string") {
      faults.push({ pointer: `${pointer}/of`, reason: `is the device itself; expected what it watches` });
    }
  });
}

function isDeviceOf(kitchen: string, device: string): boolean {
  return device.startsWith(`${kitchen}/`) && DEVICE_NAME.test(device.slice(kitchen.length + 1));
}

function checkStreet(
  street: Loose,
  at: string,
  known: Known,
  streetOf: Map<string, string>,
  faults: Fault[],
): void {
  texts(street.kitchens).forEach(([kitchen, i]) => {
    const pointer = `${at}/kitchens/${i}`;
    const other = streetOf.get(kitchen);
    if (!known.kitchens.has(kitchen)) {
      faults.push({ pointer, reason: `is "${kitchen}", which is no kitchen of this registry` });
    } else if (other !== undefined) {
      faults.push({ pointer, reason: `is "${kitchen}", which street "${other}" lists already` });
    } else if (typeof street.id === "string") {
      streetOf.set(kitchen, street.id);
    }
  });
  const displays = new Set<string>();
  texts(street.displays).forEach(([display, i]) => {
    if (!add(displays, display)) {
      faults.push({ pointer: `${at}/displays/${i}`, reason: `is "${display}", a display listed before` });
    }
  });
}

function checkSuppliers(suppliers: readonly Loose[], faults: Fault[]): void {
  const ids = uniqueIds(suppliers, "/suppliers", "supplier", faults);
  const above = new Map(suppliers.map(({ id, secondTierOf }) => [id, secondTierOf]));
  suppliers.forEach(({ id, secondTierOf }, i) => {
    if (typeof secondTierOf !== "string") return;
    const pointer = `/suppliers/${i}/secondTierOf`;
    if (!ids.has(secondTierOf)) {
      faults.push({ pointer, reason: `is "${secondTierOf}", which is no supplier of this registry` });
      return;
    }
    let step: unknown = secondTierOf;
    for (let n = 0; n < suppliers.length && step !== id && step !== undefined; n++) step = above.get(step);
    if (step === id)
      faults.push({ pointer, reason: `is "${secondTierOf}", so the supplier stands above itself` });
  });
}

function checkCrs(position: unknown, at: string, faults: Fault[]): void {
  const { crs } = loose(position);
  if (typeof crs !== "string" || crs === "WGS84") return;
  const offset = SHIFTED[crs.toUpperCase()];
  const why = offset === undefined ? "" : ` (${crs} is ${offset}); convert it first`;
  faults.push({ pointer: `${at}/crs`, reason: `is ${shown(crs)}; expected WGS84${why}` });
}

function checkSpans(spans: unknown, at: string, faults: Fault[]): void {
  if (!Array.isArray(spans)) return;
  spans.forEach((span: unknown, i) => {
    if (!Array.isArray(span)) return;
    const [from, to]: unknown[] = span;
    if (from === "24:00") {
      faults.push({
        pointer: `${at}/${i}/0`,
        reason: "is 24:00; a span begins at 00:00 at the earliest, before 24:00",
      });
    } else if (from !== undefined && from === to) {
      faults.push({ pointer: `${at}/${i}`, reason: `is empty; the whole day is ["00:00", "24:00"]` });
    }
  });
}

/** The ids of a list; a second one like it is a fault. */
function uniqueIds(list: readonly Loose[], at: string, what: string, faults: Fault[]): Set<string> {
  const ids = new Set<string>();
  list.forEach(({ id }, i) => {
    if (typeof id === "string" && !add(ids, id)) {
      faults.push({
        pointer: `${at}/${i}/id`,
        reason: `is "${id}", the id of a ${what} listed before`,
      });
    }
  });
  return ids;
}

/** False if the set has it already. */
function add(set: Set<string>, text: string): boolean {
  const before = set.size;
  return set.add(text).size > before;
}

function isOneOf(list: readonly string[], text: string): boolean {
  return list.includes(text);
}

function loose(value: unknown): Loose {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Loose {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The records of a list, an empty one for each item that is none: indices stay. */
function items(list: unknown): Loose[] {
  return Array.isArray(list) ? list.map(loose) : [];
}

/** The texts of a list with their indices. */
function texts(list: unknown): [string, number][] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown, i) =>
    typeof item === "string" ? [[item, i] as [string, number]] : [],
  );
}
