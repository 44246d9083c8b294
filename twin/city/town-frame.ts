/**
 * Streets of a town without a map: a square grid of 170 m blocks, turned by an angle of its banner's own. The city
 * generator sites kitchens along these lines, and a viewer may draw the same ones. Local metres, x right and y up in
 * the turned frame; good to 1 % within 50 km of the origin (equirectangular).
 */
import { hash32 } from "../kernel/hash.ts";
import { cos, distanceM, sin } from "../kernel/math.ts";
import type { Banner, Point, Town } from "./geography.ts";

/** Distance between two parallel streets. */
export const BLOCK_M = 170;
/** From the middle of a street to the front of a house. */
export const FRONT_M = 13;
/** A town this near to the banner's seat shares the seat's street grid. */
const SAME_GRID_M = 12_000;
const METRES_PER_DEGREE = (6_371_009 * Math.PI) / 180;

export interface LocalPoint {
  readonly x: number;
  readonly y: number;
}

export class TownFrame {
  readonly origin: Point;
  /** Angle of the grid against east, radians, -20° … 20°. */
  readonly turn: number;
  readonly #cos: number;
  readonly #sin: number;
  readonly #metresPerLon: number;

  constructor(origin: Point, turn: number) {
    this.origin = origin;
    this.turn = turn;
    this.#cos = cos(turn);
    this.#sin = sin(turn);
    this.#metresPerLon = METRES_PER_DEGREE * cos((origin.lat * Math.PI) / 180);
  }

  toLocal(point: Point): LocalPoint {
    const east = (point.lon - this.origin.lon) * this.#metresPerLon;
    const north = (point.lat - this.origin.lat) * METRES_PER_DEGREE;
    return { x: east * this.#cos + north * this.#sin, y: north * this.#cos - east * this.#sin };
  }

  /** Back to WGS84, to 0.1 m (six decimals). */
  toPoint({ x, y }: LocalPoint): Point {
    const east = x * this.#cos - y * this.#sin;
    const north = x * this.#sin + y * this.#cos;
    return {
      lon: sixDecimals(this.origin.lon + east / this.#metresPerLon),
      lat: sixDecimals(this.origin.lat + north / METRES_PER_DEGREE),
    };
  }
}

/** The street grid that a town lies on: that of the banner's seat if near, else one of its own. */
export function frameOf(banner: Banner, town: Town): TownFrame {
  const origin = distanceM(banner.seat, town.center) < SAME_GRID_M ? banner.seat : town.center;
  const turn = ((hash32(banner.code) % 4_001) / 2_000 - 1) * ((20 * Math.PI) / 180);
  return new TownFrame(origin, turn);
}

function sixDecimals(degrees: number): number {
  return Math.round(degrees * 1_000_000) / 1_000_000;
}
