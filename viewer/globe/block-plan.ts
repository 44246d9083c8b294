/**
 * Houses where the kitchens are: every town's street grid (`twin/city/town-frame.ts`, the same lines along which kitchens
 * stand) filled with made-up blocks, dense in the middle and thin at the edge. Same seed, same town on every screen.
 */
import { type Banner, banners, type Town } from "../../twin/city/geography.ts";
import { BLOCK_M, frameOf, type LocalPoint, type TownFrame } from "../../twin/city/town-frame.ts";
import { hash32 } from "../../twin/kernel/hash.ts";
import { Random } from "../../twin/kernel/random.ts";
import { isWater } from "../basemap/waters.ts";

export const HOUSE_KINDS = ["flats", "tower", "shops", "hall", "cottage"] as const;
export type HouseKind = (typeof HOUSE_KINDS)[number];

/** In metres of the frame: middle, half sizes, height; `turn` only for what does not follow the grid. */
export interface House {
  readonly kind: HouseKind;
  readonly x: number;
  readonly y: number;
  readonly halfX: number;
  readonly halfY: number;
  readonly height: number;
  /** 0 … 1: windows, colours. */
  readonly seed: number;
}

export type BlockUse = "built" | "park" | "square" | "school";

export interface Block {
  /** Middle, m. */
  readonly x: number;
  readonly y: number;
  readonly use: BlockUse;
  readonly houses: readonly House[];
  /** Trees: x, y, height, three numbers each. */
  readonly trees: readonly number[];
}

/** Towns that share one grid. */
export interface Quarter {
  readonly id: string;
  readonly frame: TownFrame;
  readonly towns: readonly Town[];
  /** Reach of the built-up area from the frame's origin, m. */
  readonly reach: number;
}

/** From the middle of a street to where a block's ground begins, and to where its houses may stand. */
export const KERB_M = 8;
const HOUSES_FROM_M = 25;
const INNER_M = BLOCK_M / 2 - HOUSES_FROM_M;

export function quarters(): Quarter[] {
  const byOrigin = new Map<string, { banner: Banner; frame: TownFrame; towns: Town[] }>();
  for (const banner of banners) {
    for (const town of banner.towns) {
      const frame = frameOf(banner, town);
      const id = `${frame.origin.lon},${frame.origin.lat}`;
      const known = byOrigin.get(id);
      if (known === undefined) byOrigin.set(id, { banner, frame, towns: [town] });
      else known.towns.push(town);
    }
  }
  return [...byOrigin].map(([id, { frame, towns }]) => ({
    id,
    frame,
    towns,
    reach: Math.max(
      ...towns.map((town) => {
        const { x, y } = frame.toLocal(town.center);
        return Math.hypot(x, y) + 4.3 * spreadOf(town);
      }),
    ),
  }));
}

/** As the city generator scatters kitchens. */
function spreadOf({ kitchens }: Town): number {
  return 250 + 22 * Math.sqrt(kitchens);
}

interface Centre {
  readonly x: number;
  readonly y: number;
  readonly spread: number;
  readonly weight: number;
}

/** The block in which a point of the frame lies, as `column,row`. */
export function cellOf({ x, y }: LocalPoint): string {
  return `${Math.floor(x / BLOCK_M)},${Math.floor(y / BLOCK_M)}`;
}

/** `inhabited`: cells that are built up in any case, for kitchens stand there. */
export function blocksOf({ id, frame, towns, reach }: Quarter, inhabited: ReadonlySet<string>): Block[] {
  const centres: Centre[] = towns.map((town) => ({
    ...frame.toLocal(town.center),
    spread: spreadOf(town) * 1.15,
    weight: Math.min(1, 0.34 + Math.sqrt(town.kitchens) / 26),
  }));
  const random = new Random(hash32(id), "blocks");
  const cells = Math.ceil(reach / BLOCK_M);
  const blocks: Block[] = [];
  for (let row = -cells; row < cells; row++) {
    for (let column = -cells; column < cells; column++) {
      const x = (column + 0.5) * BLOCK_M;
      const y = (row + 0.5) * BLOCK_M;
      const density = densityAt(centres, x, y);
      const cell = `${column},${row}`;
      const lived = inhabited.has(cell);
      if (density < 0.1 && !lived) continue;
      const chance = random.fork(cell);
      const built = density > 0.16 + 0.16 * chance.next() && !isWater(frame.toPoint({ x, y }), BLOCK_M * 0.6);
      if (built || lived) blocks.push(buildUp(x, y, density, chance));
    }
  }
  return blocks;
}

function densityAt(centres: readonly Centre[], x: number, y: number): number {
  let sum = 0;
  for (const { x: cx, y: cy, spread, weight } of centres) {
    const d2 = ((x - cx) ** 2 + (y - cy) ** 2) / (2 * spread * spread);
    if (d2 < 6) sum += weight * Math.exp(-d2);
  }
  return Math.min(1, sum);
}

function buildUp(x: number, y: number, density: number, random: Random): Block {
  const draw = random.next();
  if (draw < 0.07) return { x, y, use: "park", houses: [], trees: grove(x, y, 46, random) };
  if (draw < 0.085 && density > 0.5) return { x, y, use: "square", houses: [], trees: alley(x, y, random) };
  const trees = [...alley(x, y, random), ...grove(x, y, 6, random)];
  if (draw < 0.12) return { x, y, use: "school", houses: school(x, y, random), trees };
  const houses =
    density < 0.34
      ? cottages(x, y, random)
      : draw < 0.5
        ? slabs(x, y, density, random)
        : draw < 0.72
          ? towers(x, y, density, random)
          : draw < 0.86
            ? courtyard(x, y, density, random)
            : mall(x, y, random);
  return { x, y, use: "built", houses, trees };
}

const FLOOR_M = 3.1;

function slabs(x: number, y: number, density: number, random: Random): House[] {
  const rows = random.int(3, 4);
  const floors = Math.round(4 + 7 * density * random.between(0.6, 1.1));
  return Array.from({ length: rows * 2 }, (_, i) => ({
    kind: "flats" as const,
    x: x + (i % 2 === 0 ? -0.5 : 0.5) * INNER_M + random.between(-2, 2),
    y: y + INNER_M * (-0.86 + (1.72 * Math.floor(i / 2)) / (rows - 1)),
    halfX: INNER_M * random.between(0.34, 0.43),
    halfY: 6.2,
    height: (floors + random.int(-1, 1)) * FLOOR_M,
    seed: random.next(),
  }));
}

function towers(x: number, y: number, density: number, random: Random): House[] {
  const base = 9 + 19 * density ** 1.4;
  return [-0.55, 0.55].flatMap((dx) =>
    [-0.58, 0.58].map((dy) => ({
      kind: "tower" as const,
      x: x + dx * INNER_M + random.between(-5, 5),
      y: y + dy * INNER_M + random.between(-5, 5),
      halfX: random.between(11, 15),
      halfY: random.between(9, 12),
      height: Math.round(base * random.between(0.65, 1.25)) * FLOOR_M,
      seed: random.next(),
    })),
  );
}

function courtyard(x: number, y: number, density: number, random: Random): House[] {
  const floors = Math.round(3 + 4 * density);
  const side = (dx: number, dy: number, halfX: number, halfY: number): House => ({
    kind: "shops",
    x: x + dx,
    y: y + dy,
    halfX,
    halfY,
    height: (floors + random.int(-1, 1)) * FLOOR_M + 1,
    seed: random.next(),
  });
  return [
    side(0, INNER_M - 8, INNER_M, 8),
    side(0, 8 - INNER_M, INNER_M, 8),
    side(INNER_M - 8, 0, 8, INNER_M - 19),
    side(8 - INNER_M, 0, 8, INNER_M - 19),
    {
      kind: "tower",
      x: x + random.between(-8, 8),
      y: y + random.between(-6, 6),
      halfX: 13,
      halfY: 10,
      height: Math.round(8 + 16 * density * random.next()) * FLOOR_M,
      seed: random.next(),
    },
  ];
}

function mall(x: number, y: number, random: Random): House[] {
  const height = random.int(3, 5) * 5;
  const seed = random.next();
  return [
    { kind: "hall", x: x - 6, y, halfX: INNER_M - 6, halfY: INNER_M * 0.62, height, seed },
    {
      kind: "tower",
      x: x + INNER_M * 0.55,
      y: y + INNER_M * 0.5,
      halfX: 16,
      halfY: 16,
      height: height + random.int(6, 20) * FLOOR_M,
      seed: random.next(),
    },
  ];
}

function school(x: number, y: number, random: Random): House[] {
  const seed = random.next();
  return [
    { kind: "hall", x: x - 30, y: y + 34, halfX: 30, halfY: 8, height: 15, seed },
    { kind: "hall", x: x - 30, y: y + 6, halfX: 30, halfY: 8, height: 15, seed },
    { kind: "hall", x: x - 52, y: y - 30, halfX: 8, halfY: 18, height: 11, seed },
  ];
}

function cottages(x: number, y: number, random: Random): House[] {
  const houses: House[] = [];
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 4; column++) {
      if (random.chance(0.3)) continue;
      houses.push({
        kind: "cottage",
        x: x + INNER_M * (-0.78 + 0.52 * column) + random.between(-3, 3),
        y: y + INNER_M * (-0.78 + 0.52 * row) + random.between(-3, 3),
        halfX: random.between(6.5, 9.5),
        halfY: random.between(4.5, 6),
        height: random.chance(0.3) ? 6.4 : 3.6,
        seed: random.next(),
      });
    }
  }
  return houses;
}

/** Trees anywhere in a block. */
function grove(x: number, y: number, count: number, random: Random): number[] {
  const trees: number[] = [];
  for (let i = 0; i < count; i++)
    trees.push(x + random.between(-60, 60), y + random.between(-60, 60), random.between(5, 11));
  return trees;
}

/** Trees along two of the four kerbs. */
function alley(x: number, y: number, random: Random): number[] {
  const edge = BLOCK_M / 2 - KERB_M - 2;
  const trees: number[] = [];
  for (let along = -66; along <= 66; along += 16.5) {
    if (random.chance(0.75)) trees.push(x + along, y + edge, random.between(5, 8));
    if (random.chance(0.75)) trees.push(x + edge, y + along, random.between(5, 8));
  }
  return trees;
}
