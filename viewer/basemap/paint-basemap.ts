/** Paints the basemap below `out`: `<theme>/<sheet>/<level>/<column>-<row>.webp`, and `lines.json`. */
import { mkdirSync, writeFileSync } from "node:fs";
import sharp from "sharp";
import { type BorderLines, borderLines, type Ring, readBorders } from "./borders.ts";
import { finestSize, REGION, SHEETS, type Sheet, THEMES, TILE_PX } from "./extent.ts";
import type { MapLines } from "./map-lines.ts";
import { cityShape, Projection, svg, townGlowSvg, watersSvg } from "./overlay-svg.ts";
import { type CityMask, type Raster, shadeRelief } from "./relief.ts";
import { courseOf, roadsBetweenTowns } from "./roads.ts";
import { MAP_STYLES, type MapStyle } from "./style.ts";

/** How wide the city's edge glows, degrees. */
const EDGE_BLUR = 0.05;
/** Hills and dunes are soft: half the resolution of the sheet shows them, in a quarter of the time. */
const RELIEF_COARSER = 2;

export async function paintBasemap(out: string, say: (line: string) => void): Promise<void> {
  const borders = readBorders();
  const lines = borderLines(borders);
  const rings = borders.flatMap((border) => border.rings);
  for (const sheet of SHEETS) {
    const { width, height } = finestSize(sheet);
    const projection = new Projection(sheet, width, height);
    const coarse = new Projection(sheet, width / RELIEF_COARSER, height / RELIEF_COARSER);
    const reliefs = shadeRelief(sheet, await maskOf(coarse, rings));
    for (const theme of THEMES) {
      const picture = await drawOver(reliefs[theme], projection, lines, MAP_STYLES[theme], sheet === REGION);
      const tiles = await cutTiles(picture, sheet, `${out}/${theme}/${sheet.name}`);
      say(`basemap: ${theme} ${sheet.name}, ${tiles} tiles of ${width} x ${height} px`);
    }
  }
  const mapLines: MapLines = {
    banners: borders.map(({ code, rings: own }) => ({ code, rings: own.map(rounded) })),
    outer: lines.outer.map(rounded),
    inner: lines.inner.map(rounded),
    roads: roadsBetweenTowns()
      .map((road) => rounded(courseOf(road)))
      .filter((course) => course.length > 0),
  };
  writeFileSync(`${out}/lines.json`, JSON.stringify(mapLines));
}

async function maskOf(projection: Projection, rings: readonly Ring[]): Promise<CityMask> {
  const { width, height } = projection;
  const shape = sharp(cityShape(projection, rings)).extractChannel(0);
  const crisp = await shape.clone().blur(1.2).raw().toBuffer();
  const quarter = await shape
    .clone()
    .resize(Math.round(width / 4), Math.round(height / 4))
    .blur((projection.pixelsPerDegree * EDGE_BLUR) / 4)
    .png()
    .toBuffer();
  const soft = await sharp(quarter).resize(width, height).extractChannel(0).raw().toBuffer();
  return { width, height, sharp: crisp, soft };
}

async function drawOver(
  relief: Raster,
  projection: Projection,
  lines: BorderLines,
  style: MapStyle,
  /** Towns glow only in the far view; near, their own lights show. */
  far: boolean,
): Promise<Raster> {
  const layers = [{ input: svg(projection, watersSvg(projection, lines, style)) }];
  const glow =
    style.townGlow === null || !far ? [] : [svg(projection, townGlowSvg(projection, style.townGlow))];
  const { width, height } = projection;
  const raw = { width: relief.width, height: relief.height, channels: 3 } as const;
  const ground = await sharp(relief.pixels, { raw }).resize(width, height).raw().toBuffer();
  const drawn = await sharp(ground, { raw: { width, height, channels: 3 } })
    .composite([...layers, ...glow.map((input) => ({ input, blend: "screen" as const }))])
    .removeAlpha()
    .raw()
    .toBuffer();
  return { width, height, pixels: drawn };
}

async function cutTiles({ width, height, pixels }: Raster, sheet: Sheet, folder: string): Promise<number> {
  let count = 0;
  for (let level = 0; level < sheet.levels; level++) {
    mkdirSync(`${folder}/${level}`, { recursive: true });
    const columns = sheet.columns * 2 ** level;
    const rows = sheet.rows * 2 ** level;
    const whole = sharp(pixels, { raw: { width, height, channels: 3 } }).resize(
      columns * TILE_PX,
      rows * TILE_PX,
    );
    const { data, info } = await whole.raw().toBuffer({ resolveWithObject: true });
    const raw = { width: info.width, height: info.height, channels: 3 } as const;
    const jobs: Promise<unknown>[] = [];
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        jobs.push(
          sharp(data, { raw })
            .extract({ left: column * TILE_PX, top: row * TILE_PX, width: TILE_PX, height: TILE_PX })
            .webp({ quality: 84, effort: 2 })
            .toFile(`${folder}/${level}/${column}-${row}.webp`),
        );
    count += (await Promise.all(jobs)).length;
  }
  return count;
}

function rounded(ring: Ring): Ring {
  return ring.map(([lon, lat]) => [Math.round(lon * 1e4) / 1e4, Math.round(lat * 1e4) / 1e4] as const);
}
