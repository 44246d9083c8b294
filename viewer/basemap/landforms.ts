/**
 * The lie of the land in and around Ordos, made up by rule from what any atlas says: the Ordos plateau inside the great
 * bend of the Yellow River, the Kubuqi dunes (库布其) along its south bank, the Mu Us sands (毛乌素) in the south, loess
 * gullies in the east, the Helan, Zhuozi, Lang and Daqing mountains around, and the watered plains between. Not survey.
 */
import { Noise } from "./noise.ts";
import type { Line } from "./waters.ts";

/** What the ground is made of, each 0 … 1, and its height in metres (for shading only). */
export interface Ground {
  height: number;
  sand: number;
  farm: number;
  loess: number;
  rock: number;
}

/** South bank of the river: latitude by longitude. */
const RIVER_BEND: Line = [
  [106.6, 39.9],
  [106.8, 40.2],
  [107.0, 40.45],
  [107.3, 40.65],
  [107.6, 40.85],
  [108.2, 40.87],
  [108.6, 40.64],
  [109.0, 40.54],
  [110.2, 40.54],
  [110.6, 40.34],
  [111.1, 40.26],
  [111.5, 40.02],
];

const RANGES: readonly { readonly crest: Line; readonly width: number; readonly height: number }[] = [
  {
    crest: [
      [105.9, 40.4],
      [106.6, 40.85],
      [107.3, 41.25],
      [108.5, 41.4],
    ],
    width: 0.24,
    height: 900,
  },
  {
    crest: [
      [108.7, 41.1],
      [109.6, 40.9],
      [110.6, 40.86],
      [111.6, 41.0],
      [112.8, 41.15],
    ],
    width: 0.26,
    height: 1000,
  },
  {
    crest: [
      [105.8, 38.1],
      [105.93, 38.7],
      [106.15, 39.2],
      [106.3, 39.5],
    ],
    width: 0.17,
    height: 1300,
  },
  {
    crest: [
      [107.0, 39.15],
      [107.02, 39.6],
      [107.06, 39.95],
      [107.16, 40.12],
    ],
    width: 0.1,
    height: 620,
  },
  {
    crest: [
      [111.7, 37.6],
      [111.9, 38.4],
      [112.1, 39.0],
      [112.3, 39.7],
    ],
    width: 0.4,
    height: 800,
  },
];

/** The Gobi-Yinchuan plain west of the city. */
const YINCHUAN = { lon: 106.25, lat: 38.5, a: 0.3, b: 0.85 };
const MU_US = { lon: 108.75, lat: 38.55, a: 1.45, b: 0.85 };

const relief = new Noise(7);
const dunes = new Noise(11);
const patches = new Noise(23);

/** Writes the ground at a point into `into`, and returns it. */
export function groundAt(lon: number, lat: number, into: Ground): Ground {
  const x = (lon - 109) * 85.5;
  const y = (lat - 39.5) * 111;
  const bank = latitudeOf(RIVER_BEND, lon);
  const south = bank - lat;
  const patch = patches.fractal(x / 38, y / 38, 3);

  let rock = 0;
  let peaks = 0;
  for (const { crest, width, height } of RANGES) {
    if (lon < crest[0]![0] - 0.6 || lon > crest.at(-1)![0] + 0.6) continue;
    const off = distanceTo(crest, lon, lat) / width + patch * 0.55;
    if (off >= 1.5) continue;
    const rise = 1 - smooth(0, 1.5, off);
    const ridges = relief.ridged(x / 11 + patch, y / 11, 5);
    rock = Math.max(rock, smooth(0.3, 0.75, rise * (0.5 + 0.8 * ridges)));
    peaks += rise * rise * height * (0.2 + 1.1 * ridges);
  }
  const kubuqi =
    bump(south + patch * 0.07, 0.1, 0.17 + 0.2 * smooth(109.6, 107.8, lon), 0.06) *
    smooth(107.0, 107.5, lon) *
    smooth(111.1, 110.5, lon);
  const muUs =
    (1 - smooth(0.55, 1.15, radius(lon - MU_US.lon, lat - MU_US.lat, MU_US))) * smooth(-0.22, 0.2, patch);
  const sand = Math.min(1, Math.max(kubuqi, muUs * 0.85)) * (1 - rock);
  const hetao =
    south < 0.09
      ? smooth(0.09, 0.03, south) * smooth(-0.75, -0.4, south + patch * 0.2) * smooth(106.5, 107.0, lon)
      : 0;
  const yinchuan = 1 - smooth(0.7, 1.1, radius(lon - YINCHUAN.lon, lat - YINCHUAN.lat, YINCHUAN));
  const farm = Math.max(hetao, yinchuan) * (1 - rock);
  const loess =
    Math.max(
      smooth(110.0, 110.8, lon + patch * 0.5) * smooth(40.3, 39.9, lat + patch * 0.2),
      smooth(38.2, 37.5, lat + patch * 0.4) * smooth(107.4, 109.2, lon + patch * 0.5),
    ) *
    (1 - rock) *
    (1 - sand);

  into.sand = sand;
  into.farm = farm;
  into.loess = loess;
  into.rock = rock;
  into.height = heightOf({ x, y, south, peaks, patch }, into);
  return into;
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly south: number;
  readonly peaks: number;
  readonly patch: number;
}

function heightOf({ x, y, south, peaks, patch }: Spot, ground: Ground): number {
  const plateau = 320 * smooth(0.0, 0.55, south) * (1 - 0.5 * ground.farm);
  const open = 1 - Math.max(ground.sand, ground.farm);
  let height = 1000 + plateau + 90 * patch * open + peaks;
  if (open > 0.02) height += open * 70 * relief.ridged(x / 19, y / 19, 5);
  if (ground.loess > 0.02) height += ground.loess * 170 * (0.8 - relief.ridged(x / 6.5 + patch, y / 6.5, 4));
  if (ground.sand > 0.02) height += ground.sand * duneHeight(x, y);
  return height;
}

/** Transverse dunes under a north-west wind: crests run north-east, bent by noise; far larger than true to be seen. */
function duneHeight(x: number, y: number): number {
  const bend = dunes.fractal(x / 16, y / 16, 3);
  const along = (x * 0.8 - y * 0.6) / 2.5 + bend * 4.5;
  const saw = along - Math.floor(along);
  const crest = saw < 0.72 ? saw / 0.72 : (1 - saw) / 0.28;
  return 46 * crest * (0.55 + 0.6 * dunes.at(x / 7 + 31, y / 7)) + 12 * dunes.fractal(x / 1.1, y / 1.1, 2);
}

/** Distance from the middle of an ellipse, in its half axes (`Math.hypot` would cost half of the whole run). */
function radius(dx: number, dy: number, { a, b }: { readonly a: number; readonly b: number }): number {
  return Math.sqrt((dx * dx) / (a * a) + (dy * dy) / (b * b));
}

export function smooth(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/** 1 between `from` and `to`, falling to 0 within `soft`. */
function bump(value: number, from: number, to: number, soft: number): number {
  return smooth(from - soft, from + soft, value) * (1 - smooth(to - soft, to + soft, value));
}

function latitudeOf(line: Line, lon: number): number {
  for (let i = 1; i < line.length; i++) {
    const [x1, y1] = line[i]!;
    if (lon > x1) continue;
    const [x0, y0] = line[i - 1]!;
    const t = Math.max(0, (lon - x0) / (x1 - x0));
    return y0 + t * (y1 - y0);
  }
  return line.at(-1)![1];
}

function distanceTo(line: Line, lon: number, lat: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 1; i < line.length; i++) {
    const ax = line[i - 1]![0];
    const ay = line[i - 1]![1];
    const bx = line[i]![0];
    const by = line[i]![1];
    const dx = bx - ax;
    const dy = by - ay;
    const t = Math.min(1, Math.max(0, ((lon - ax) * dx + (lat - ay) * dy) / (dx * dx + dy * dy)));
    const x = lon - ax - t * dx;
    const y = lat - ay - t * dy;
    best = Math.min(best, x * x + y * y);
  }
  return Math.sqrt(best);
}
