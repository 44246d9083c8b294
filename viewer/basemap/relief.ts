/** Shaded relief: a sheet's ground as one light from the north-west shows it, in both styles at once. */
import { type Sheet, THEMES, type Theme } from "./extent.ts";
import { type Ground, groundAt } from "./landforms.ts";
import { MAP_STYLES, type MapStyle } from "./style.ts";

export interface Raster {
  readonly width: number;
  readonly height: number;
  /** RGB, rows from north to south. */
  readonly pixels: Uint8Array;
}

/** Where the city is, 0 … 255 a pixel: sharp, and blurred widely, so that its edge can glow inwards and cast a shadow. */
export interface CityMask {
  readonly width: number;
  readonly height: number;
  readonly sharp: Uint8Array;
  readonly soft: Uint8Array;
}

export function shadeRelief(sheet: Sheet, mask: CityMask): Record<Theme, Raster> {
  const { width, height } = mask;
  const rasters = {
    night: { width, height, pixels: new Uint8Array(width * height * 3) },
    day: { width, height, pixels: new Uint8Array(width * height * 3) },
  };
  const metresPerPixel = ((sheet.east - sheet.west) / width) * 85_500;
  let above = row(sheet, width, height, 0);
  let current = above;
  for (let y = 0; y < height; y++) {
    const below = y + 1 < height ? row(sheet, width, height, y + 1) : current;
    for (let x = 0; x < width; x++) {
      const left = current[x > 0 ? x - 1 : x]!.height;
      const right = current[x + 1 < width ? x + 1 : x]!.height;
      const slopeEast = (right - left) / (2 * metresPerPixel);
      const slopeSouth = (below[x]!.height - above[x]!.height) / (2 * metresPerPixel);
      const lit = Math.max(-1, Math.min(1, (slopeEast + slopeSouth) * EXAGGERATION));
      const at = y * width + x;
      for (const theme of THEMES) paint(rasters[theme].pixels, at, current[x]!, lit, mask, MAP_STYLES[theme]);
    }
    above = current;
    current = below;
  }
  return rasters;
}

/** Slopes of the plateau are a few per cent: without this they would not be seen. */
const EXAGGERATION = 9;

function row(sheet: Sheet, width: number, height: number, y: number): Ground[] {
  const lat = sheet.north - ((y + 0.5) / height) * (sheet.north - sheet.south);
  return Array.from({ length: width }, (_, x) =>
    groundAt(sheet.west + ((x + 0.5) / width) * (sheet.east - sheet.west), lat, {
      height: 0,
      sand: 0,
      farm: 0,
      loess: 0,
      rock: 0,
    }),
  );
}

function paint(
  pixels: Uint8Array,
  at: number,
  ground: Ground,
  lit: number,
  mask: CityMask,
  style: MapStyle,
): void {
  const { sand, farm, loess, rock } = ground;
  const steppe = Math.max(0, 1 - sand - farm - loess - rock);
  const total = steppe + sand + farm + loess + rock;
  const factor = lit > 0 ? 1 + lit * style.light : 1 + lit * style.shade;
  const inside = mask.sharp[at]! / 255;
  const soft = mask.soft[at]! / 255;
  const fade = style.fade * (1 - inside);
  const glow = style.edgeGlow * inside * Math.max(0, 1 - soft) ** 2;
  const shadow = style.edgeShadow * (1 - inside) * soft ** 1.5;
  for (let c = 0; c < 3; c++) {
    const own =
      (style.steppe[c]! * steppe +
        style.sand[c]! * sand +
        style.farm[c]! * farm +
        style.loess[c]! * loess +
        style.rock[c]! * rock) /
      total;
    const shaded = own * factor;
    const faded = shaded + (style.outside[c]! - shaded) * fade;
    const lined = faded + (style.edge[c]! - faded) * glow;
    pixels[at * 3 + c] = Math.max(0, Math.min(255, lined * (1 - shadow)));
  }
}
