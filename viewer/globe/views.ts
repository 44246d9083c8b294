/** Where the camera may be sent. */
import type { Banner, Point, Town } from "../../twin/city/geography.ts";

export interface View extends Point {
  /** From the camera to the point, m. */
  readonly range: number;
  /** Degrees; 0 = looking north. */
  readonly heading: number;
  /** Degrees; -90 = straight down. */
  readonly pitch: number;
}

/** All of Ordos. */
export const HOME: Framed = {
  lon: 109.02,
  lat: 39.12,
  width: 436_000,
  height: 372_000,
  heading: 0,
  pitch: -60,
};

/** An area that must be in sight as a whole, however wide the window; width and height on the ground, m. */
export interface Framed extends Point {
  readonly width: number;
  readonly height: number;
  readonly heading: number;
  readonly pitch: number;
}

/** The part of the window that no panel covers, CSS px. */
export interface FreeArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Windows up to this width show one panel at a time (style/narrow.css). */
export const NARROW_PX = 900;

/** What the panels leave of a window of this width (style/tokens.css, style/narrow.css). */
export function freeArea(width: number): FreeArea {
  return width > NARROW_PX
    ? { left: 340, right: 384, top: 90, bottom: 24 }
    : { left: 22, right: 22, top: 112, bottom: 70 };
}

/** From how far the area just fills the free part of a window whose width is seen under `fieldOfView` (radians). */
export function rangeOf(
  { width, height, pitch }: Framed,
  window: { readonly width: number; readonly height: number },
  free: FreeArea,
  fieldOfView: number,
): number {
  const across = Math.max(200, window.width - free.left - free.right);
  const down = Math.max(200, window.height - free.top - free.bottom);
  const metresPerPixel = Math.max(width / across, (height * Math.sin((-pitch * Math.PI) / 180)) / down);
  return (metresPerPixel * Math.max(window.width, window.height)) / (2 * Math.tan(fieldOfView / 2));
}

const METRES_PER_DEGREE = 111_000;

/** So much of a banner's kitchens its view holds. */
const SHARE_IN_VIEW = 0.5;
const MARGIN_M = 1_300;

/** Where people eat: the towns around the banner's seat that hold more than half of its kitchens. */
export function bannerView({ seat, towns }: Banner): Framed {
  const perLon = METRES_PER_DEGREE * Math.cos((seat.lat * Math.PI) / 180);
  const far = ({ center }: Town) =>
    Math.hypot((center.lon - seat.lon) * perLon, (center.lat - seat.lat) * METRES_PER_DEGREE);
  const all = towns.reduce((sum, { kitchens }) => sum + kitchens, 0);
  const near: Town[] = [];
  let held = 0;
  for (const town of [...towns].sort((a, b) => far(a) - far(b))) {
    if (held >= SHARE_IN_VIEW * all) break;
    near.push(town);
    held += town.kitchens;
  }
  const lons = near.map(({ center }) => center.lon);
  const lats = near.map(({ center }) => center.lat);
  const [west, east, south, north] = [
    Math.min(...lons),
    Math.max(...lons),
    Math.min(...lats),
    Math.max(...lats),
  ];
  return {
    lon: (west + east) / 2,
    lat: (south + north) / 2,
    width: (east - west) * perLon + 2 * MARGIN_M,
    height: (north - south) * METRES_PER_DEGREE + 2 * MARGIN_M,
    heading: -14,
    pitch: -40,
  };
}

/** These places and little more; all of the city where there are none. */
export function placesView(places: readonly Point[]): Framed {
  if (places.length === 0) return HOME;
  const lons = places.map(({ lon }) => lon);
  const lats = places.map(({ lat }) => lat);
  const [west, east] = [Math.min(...lons), Math.max(...lons)];
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const lat = (south + north) / 2;
  const perLon = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
  return {
    lon: (west + east) / 2,
    lat,
    width: (east - west) * perLon + 2 * MARGIN_M,
    height: (north - south) * METRES_PER_DEGREE + 2 * MARGIN_M,
    heading: 0,
    pitch: -55,
  };
}

export function townView({ lon, lat }: Point): View {
  return { lon, lat, range: 9_000, heading: -18, pitch: -38 };
}

export function kitchenView(lon: number, lat: number): View {
  return { lon, lat, range: 1_500, heading: -18, pitch: -34 };
}
