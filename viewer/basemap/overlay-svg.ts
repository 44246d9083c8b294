/** What lies on the ground, as SVG over the relief: rivers, lakes, and at night the glow of the towns. */
import { towns } from "../../twin/city/geography.ts";
import type { BorderLines, Position, Ring } from "./borders.ts";
import type { Sheet } from "./extent.ts";
import type { MapStyle } from "./style.ts";
import {
  LAKES,
  type Line,
  RIVERS,
  riverLine,
  shore,
  WATER_UNIT,
  YELLOW_RIVER_LOWER,
  YELLOW_RIVER_UPPER,
} from "./waters.ts";

/** Pixels of one sheet. */
export class Projection {
  readonly width: number;
  readonly height: number;
  readonly #sheet: Sheet;

  constructor(sheet: Sheet, width: number, height: number) {
    this.#sheet = sheet;
    this.width = width;
    this.height = height;
  }

  x(lon: number): number {
    return ((lon - this.#sheet.west) / (this.#sheet.east - this.#sheet.west)) * this.width;
  }

  y(lat: number): number {
    return ((this.#sheet.north - lat) / (this.#sheet.north - this.#sheet.south)) * this.height;
  }

  /** Of a degree of latitude. */
  get pixelsPerDegree(): number {
    return this.height / (this.#sheet.north - this.#sheet.south);
  }

  path(line: Ring | Line, closed = false): string {
    const points = line.map(([lon, lat]) => `${this.x(lon).toFixed(1)} ${this.y(lat).toFixed(1)}`);
    return `M${points.join("L")}${closed ? "Z" : ""}`;
  }
}

export function svg({ width, height }: Projection, body: string): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body}</svg>`,
  );
}

export function cityShape(projection: Projection, rings: readonly Ring[]): Buffer {
  const path = rings.map((ring) => projection.path(ring, true)).join("");
  return svg(
    projection,
    `<rect width="100%" height="100%" fill="#000"/><path d="${path}" fill="#fff" stroke="#fff" stroke-width="2"/>`,
  );
}

/** Where the city's border is the Yellow River: along the north, and the east down to Longkou. */
export function riverBorder({ outer }: BorderLines): Position[][] {
  const stretches: Position[][] = [];
  for (const ring of outer) {
    let current: Position[] | null = null;
    for (const at of ring) {
      if (!isRiver(at)) current = null;
      else if (current !== null) current.push(at);
      else {
        current = [at];
        stretches.push(current);
      }
    }
  }
  return stretches;
}

function isRiver([lon, lat]: Position): boolean {
  if (lon < 107.3) return lat > (lon > 106.72 ? 40.02 : 39.84);
  if (lon > 111) return lat > (lon > 111.13 ? 39.35 : 39.6);
  return lat > 40.2;
}

export function watersSvg(projection: Projection, borders: BorderLines, style: MapStyle): string {
  const unit = projection.pixelsPerDegree * WATER_UNIT;
  const yellow = [
    ...riverBorder(borders).map((line) => projection.path(line)),
    projection.path(riverLine(YELLOW_RIVER_UPPER)),
    projection.path(riverLine(YELLOW_RIVER_LOWER)),
  ].join("");
  const stroke = (path: string, width: number, colour: string, opacity = 1) =>
    `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width.toFixed(2)}" stroke-opacity="${opacity}" stroke-linejoin="round" stroke-linecap="round"/>`;
  const streams = RIVERS.map(({ line, width }) =>
    stroke(projection.path(riverLine(line)), unit * width, style.water, 0.85),
  );
  const lakes = LAKES.map(
    (lake) =>
      `<path d="${projection.path(shore(lake), true)}" fill="${style.water}" stroke="${style.waterEdge}" stroke-width="${(unit * 0.12).toFixed(2)}"/>`,
  );
  return [
    ...streams,
    stroke(yellow, unit * 2.6, style.water, 0.22),
    stroke(yellow, unit * 1.25, style.waterEdge),
    stroke(yellow, unit * 0.95, style.water),
    ...lakes,
  ].join("");
}

/** Light above the roofs: wider and stronger where there are more kitchens. */
export function townGlowSvg(projection: Projection, colour: string): string {
  const glows = towns.map(({ center, kitchens }) => {
    const radius = projection.pixelsPerDegree * (0.018 + 0.0034 * Math.sqrt(kitchens));
    const x = projection.x(center.lon).toFixed(1);
    const y = projection.y(center.lat).toFixed(1);
    const opacity = Math.min(1, 0.35 + Math.sqrt(kitchens) / 40).toFixed(2);
    return `<circle cx="${x}" cy="${y}" r="${radius.toFixed(1)}" fill="url(#glow)" opacity="${opacity}"/>`;
  });
  return `<defs><radialGradient id="glow"><stop offset="0" stop-color="${colour}" stop-opacity="0.5"/><stop offset="0.35" stop-color="${colour}" stop-opacity="0.16"/><stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient></defs>${glows.join("")}`;
}
