/**
 * Ordos: nine banners (旗区), their 88 township-level units and 77 market offices (所).
 *
 * One office per township-level unit. The 11 development zones have none: the office of the nearest town of the same
 * banner looks after their kitchens. All coordinates WGS84. Sources: see `provenance` in `divisions.json`.
 */
import { distanceM } from "../kernel/math.ts";
import divisions from "./divisions.json" with { type: "json" };

export const TOWN_KINDS = ["subdistrict", "town", "township", "sumu", "development_zone"] as const;
export type TownKind = (typeof TOWN_KINDS)[number];

export interface Point {
  readonly lon: number;
  readonly lat: number;
}

export interface Town {
  /** Nine-digit division code. */
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly kind: TownKind;
  readonly center: Point;
  /** Catering units of the full city in this town. */
  readonly kitchens: number;
  /** Id of the office in charge. */
  readonly office: string;
}

export interface Office {
  /** `<banner>-<nn>` */
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly banner: string;
}

export interface Banner {
  /** Six-digit division code. */
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly population: number;
  readonly seat: Point;
  readonly bounds: {
    readonly west: number;
    readonly south: number;
    readonly east: number;
    readonly north: number;
  };
  readonly towns: readonly Town[];
  readonly offices: readonly Office[];
}

export const prefecture: { readonly code: string; readonly zh: string; readonly en: string } =
  divisions.prefecture;

type RawBanner = (typeof divisions.banners)[number];
type RawTown = RawBanner["towns"][number];

export const banners: readonly Banner[] = divisions.banners.map(readBanner);
export const offices: readonly Office[] = banners.flatMap((banner) => banner.offices);
export const towns: readonly Town[] = banners.flatMap((banner) => banner.towns);

function readBanner(raw: RawBanner): Banner {
  const [lon = Number.NaN, lat = Number.NaN] = raw.seat;
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN] = raw.bbox;
  const seated = raw.towns.filter((town) => town.kind !== "development_zone");
  const officeId = (town: RawTown) =>
    `${raw.code}-${String(seated.indexOf(nearestOf(seated, town)) + 1).padStart(2, "0")}`;
  return {
    code: raw.code,
    zh: raw.zh,
    en: raw.en,
    population: raw.population,
    seat: { lon, lat },
    bounds: { west, south, east, north },
    towns: raw.towns.map((town) => ({
      code: town.code,
      zh: town.zh,
      en: town.en,
      kind: townKind(town.kind),
      center: { lon: town.lon, lat: town.lat },
      kitchens: town.restaurants,
      office: officeId(town),
    })),
    offices: seated.map((town) => ({
      id: officeId(town),
      zh: `${raw.zh}${town.zh}市场监督管理所`,
      en: `${town.en} market office`,
      banner: raw.code,
    })),
  };
}

function nearestOf(candidates: readonly RawTown[], town: RawTown): RawTown {
  let nearest = town;
  let best = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = distanceM(candidate, town);
    if (distance < best) {
      best = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

function townKind(text: string): TownKind {
  const kind = TOWN_KINDS.find((known) => known === text);
  if (kind === undefined)
    throw new RangeError(`Cannot read town kind "${text}": it is none of ${TOWN_KINDS}`);
  return kind;
}

const bannersByCode = new Map(banners.map((banner) => [banner.code, banner]));
const officesById = new Map(offices.map((office) => [office.id, office]));

/** The banner of a six-digit code, if Ordos has it. */
export function bannerOf(code: string): Banner | undefined {
  return bannersByCode.get(code);
}

/** The office of an id, if Ordos has it. */
export function officeOf(id: string): Office | undefined {
  return officesById.get(id);
}
