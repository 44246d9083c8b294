/** Where the camera may be sent. */
import type { Banner, Point } from "../../twin/city/geography.ts";

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

/** What the panels leave (style/tokens.css). */
export const FREE: FreeArea = { left: 340, right: 384, top: 90, bottom: 24 };

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

export function bannerView({ bounds, seat }: Banner): Framed {
  return {
    lon: (bounds.west + bounds.east) / 2,
    lat: (bounds.south + bounds.north) / 2,
    width: (bounds.east - bounds.west) * METRES_PER_DEGREE * Math.cos((seat.lat * Math.PI) / 180) * 1.04,
    height: (bounds.north - bounds.south) * METRES_PER_DEGREE * 1.04,
    heading: 0,
    pitch: -54,
  };
}

export function townView({ lon, lat }: Point): View {
  return { lon, lat, range: 9_000, heading: -18, pitch: -38 };
}

export function kitchenView(lon: number, lat: number): View {
  return { lon, lat, range: 1_500, heading: -18, pitch: -34 };
}
