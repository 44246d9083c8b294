/**
 * The two rasters under the city and how they are cut into tiles; the painter and the globe both read this page.
 * Degrees WGS84 (plate carrée): rows run from north to south.
 */
export interface Extent {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export interface Sheet extends Extent {
  /** Folder below `basemap/<theme>/`. */
  readonly name: string;
  /** Tiles at level 0. */
  readonly columns: number;
  readonly rows: number;
  /** Levels 0 … levels - 1; each doubles the one before. */
  readonly levels: number;
}

export const TILE_PX = 512;

/** The region around Ordos, for far views: 256 px a degree at level 0. */
export const REGION: Sheet = {
  name: "region",
  west: 105,
  south: 36.5,
  east: 113,
  north: 42.5,
  columns: 4,
  rows: 3,
  levels: 2,
};

/** Ordos itself, for near views: 1,024 px a degree, about 90 m a pixel. */
export const CITY: Sheet = {
  name: "city",
  west: 106.5,
  south: 37.5,
  east: 111.5,
  north: 41,
  columns: 10,
  rows: 7,
  levels: 1,
};

export const SHEETS: readonly Sheet[] = [REGION, CITY];

export const THEMES = ["night", "day"] as const;
export type Theme = (typeof THEMES)[number];

/** Size of a sheet at its finest level, px. */
export function finestSize(sheet: Sheet): { width: number; height: number } {
  const scale = TILE_PX * 2 ** (sheet.levels - 1);
  return { width: sheet.columns * scale, height: sheet.rows * scale };
}
