/**
 * The city that the program starts with: 11,266 made-up kitchens with the true proportions of Ordos (DOMAIN §2).
 *
 *     types x towns -> sites -> outfits (sensors, cameras, people) -> lines (feeder, isp) -> kitchens
 *
 * Same options, same bytes on every machine: chance comes only from the seed, dates only from `today`.
 */
import { Random } from "../kernel/random.ts";
import { parseDate } from "../kernel/time.ts";
import { cadresOf } from "./cadres.ts";
import { City } from "./city.ts";
import { composeCity, FULL_CITY_KITCHENS, type Plot } from "./composition.ts";
import { demonstrationStreets } from "./demonstration-streets.ts";
import { equip } from "./equipment.ts";
import { prefecture } from "./geography.ts";
import type { Kitchen } from "./kitchen.ts";
import { nameKitchen, type Shift } from "./kitchen-names.ts";
import { licenceNumber } from "./licence-number.ts";
import { tradingOf } from "./opening-hours.ts";
import { type Outfit, outfitCity } from "./outfit.ts";
import type { Preset } from "./sensor-profiles.ts";
import { type Site, Siting } from "./siting.ts";
import { dateText, staffKitchen } from "./staffing.ts";
import { FULL_CITY_SUPPLIERS, supplyCity } from "./suppliers.ts";
import { feedersOf, segmentsByBanner } from "./supply-lines.ts";
import { span, unitProfiles } from "./unit-profiles.ts";

export interface GeneratedCityOptions {
  readonly seed: number;
  readonly preset: Preset;
  /** How many kitchens, 1 … 99,999; default all 11,266. */
  readonly kitchens?: number;
  /** Day number that licences, certificates and training dates lie ahead of; default 2026-06-01. */
  readonly today?: number;
}

export const DEFAULT_TODAY = parseDate("2026-06-01");
export const KITCHENS_MAX = 99_999;
const LICENCE_DAYS = 1_826;
/** A renewal may be handed in from 90 working days to 15 before the end; most do. */
const RENEWAL_DAYS = 60;

export function generateCity(options: GeneratedCityOptions): City {
  const total = options.kitchens ?? FULL_CITY_KITCHENS;
  if (!Number.isInteger(total) || total < 1 || total > KITCHENS_MAX) {
    throw new RangeError(
      `Cannot generate ${total} kitchens: expected a whole number of 1 to ${KITCHENS_MAX}`,
    );
  }
  const random = new Random(options.seed, "city");
  const plots = composeCity(total, random.fork("composition"));
  const sites = siteCity(plots, random.fork("sites"));
  const streets = demonstrationStreets(sites, kitchenId);
  const outfits = outfitCity(
    plots.map((plot) => plot.type),
    options.preset,
    random.fork("outfits"),
  );
  const feeders = feedersOf(
    plots,
    sites.map((site) => site.position),
  );
  const cadres = cadresOf(plots);
  const segments = segmentsByBanner();
  const serials = new Map<string, number>();
  const names = new Set<string>();
  const kitchens = plots.map((plot, i) => {
    const chance = random.fork(kitchenId(i));
    const segment = segments.get(plot.banner.code)!;
    const serial = (serials.get(plot.banner.code) ?? 0) + 1;
    serials.set(plot.banner.code, serial);
    return makeKitchen({
      id: kitchenId(i),
      plot,
      site: sites[i]!,
      outfit: outfits[i]!,
      street: streets.streetOf[i]!,
      cadre: cadres[i]!,
      lines: { feeder: feeders[i]!, isp: segment.ids[chance.fork("isp").weighted(segment.shares)]! },
      serial,
      names,
      preset: options.preset,
      today: options.today ?? DEFAULT_TODAY,
      random: chance,
    });
  });
  const suppliers = Math.max(30, Math.min(FULL_CITY_SUPPLIERS, Math.ceil(total / 35)));
  return new City({
    kitchens,
    streets: streets.streets,
    suppliers: supplyCity(suppliers, random.fork("suppliers")),
  });
}

/** `K-00001` is the first. */
function kitchenId(index: number): string {
  return `K-${String(index + 1).padStart(5, "0")}`;
}

function siteCity(plots: readonly Plot[], random: Random): Site[] {
  const siting = new Siting();
  const sizes = new Map<string, number>();
  for (const { town } of plots) sizes.set(town.code, (sizes.get(town.code) ?? 0) + 1);
  let current: { readonly code: string; readonly place: ReturnType<Siting["town"]> } | null = null;
  return plots.map(({ banner, town, type }) => {
    if (current?.code !== town.code) {
      const place = siting.town(banner, town, sizes.get(town.code)!, random.fork(town.code));
      current = { code: town.code, place };
    }
    return current.place.place(type);
  });
}

interface KitchenParts {
  readonly id: string;
  readonly plot: Plot;
  readonly site: Site;
  readonly outfit: Outfit;
  readonly street: string | null;
  readonly cadre: Kitchen["cadre"];
  readonly lines: { readonly feeder: string; readonly isp: string };
  /** Counts the kitchens of the banner from 1. */
  readonly serial: number;
  /** Names given so far. */
  readonly names: Set<string>;
  readonly preset: Preset;
  readonly today: number;
  readonly random: Random;
}

function makeKitchen(parts: KitchenParts): Kitchen {
  const { id, plot, site, outfit, lines, preset, today, random } = parts;
  const { type, banner, town } = plot;
  const profile = unitProfiles[type];
  const trading = tradingOf(type, random);
  const { zones, devices } = equip({
    kitchen: id,
    type,
    outfit,
    preset,
    lines,
    random: random.fork("equipment"),
  });
  const rte = zones.some((zone) => zone.kind === "rte-room");
  return {
    id,
    code: `${banner.code}-${String(parts.serial).padStart(7, "0")}`,
    name: uniqueName(parts, trading.shift),
    type,
    banner: banner.code,
    office: town.office,
    street: parts.street,
    position: site.position,
    capacity: outfit.capacity,
    opens: trading.opens,
    risk: (["A", "B", "C", "D"] as const)[random.weighted(profile.risk)] ?? "D",
    address: `内蒙古${prefecture.zh}${banner.zh}${town.zh}${site.street}${site.house}号`,
    calendar: profile.calendar,
    meals: trading.meals,
    tableware: type === "small" && outfit.full.wash === 0 && random.chance(0.6) ? "central" : "own",
    connect: "online",
    cadre: parts.cadre,
    permit: type === "mobile-banquet" ? { center: site.position, radiusM: 500, hours: [span(5, 23)] } : null,
    licence: licenceOf(parts),
    zones,
    devices,
    staff: staffKitchen({ kitchen: id, type, people: outfit.staff, rte, today }, random.fork("staff")),
  };
}

function licenceOf({ plot, serial, today, random }: KitchenParts): Kitchen["licence"] {
  const business = unitProfiles[plot.type].canteen ? 3 : 2;
  const daysLeft = random.int(1, LICENCE_DAYS);
  return {
    number: licenceNumber(business, plot.banner.code, serial),
    validTo: dateText(today + daysLeft),
    renewal: daysLeft <= RENEWAL_DAYS && random.chance(0.75) ? "accepted" : "none",
  };
}

/** A name that the city has already gets its street, as branches do. */
function uniqueName({ plot, site, outfit, names, random }: KitchenParts, shift: Shift): string {
  const { type, banner, town } = plot;
  const plain = nameKitchen({ type, banner, town, capacity: outfit.capacity, shift }, random.fork("name"));
  const branch = type === "school" ? "校区" : unitProfiles[type].canteen ? "" : "店";
  const name = [plain, `${plain}（${site.street}${branch}）`].find((candidate) => !names.has(candidate));
  const unique = name ?? `${plain}（${site.street}${site.house}号${branch}）`;
  names.add(unique);
  return unique;
}
