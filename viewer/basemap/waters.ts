/**
 * Rivers and lakes of Ordos as a map of this scale shows them. Traced by hand to about 2 km (WGS84, [lon, lat]); where
 * the Yellow River (黄河) is the city's border it follows the border itself (see `borders.ts`). Demonstration, not survey.
 */
import type { Point } from "../../twin/city/geography.ts";
import { Noise } from "./noise.ts";

export type Line = readonly (readonly [number, number])[];

/** The Yellow River before it meets the border of Hanggin, and after it leaves Jungar. */
export const YELLOW_RIVER_UPPER: Line = [
  [105.0, 37.42],
  [105.35, 37.5],
  [105.7, 37.62],
  [105.95, 37.78],
  [106.13, 37.98],
  [106.2, 38.14],
  [106.38, 38.3],
  [106.44, 38.46],
  [106.52, 38.62],
  [106.6, 38.86],
  [106.72, 39.0],
  [106.8, 39.16],
  [106.76, 39.34],
  [106.8, 39.5],
  [106.79, 39.66],
  [106.75, 39.76],
  [106.69, 39.84],
];
export const YELLOW_RIVER_LOWER: Line = [
  [111.135, 39.36],
  [111.14, 39.25],
  [111.08, 39.1],
  [110.98, 38.95],
  [110.9, 38.75],
  [110.88, 38.55],
  [110.72, 38.3],
  [110.58, 38.1],
  [110.5, 37.95],
  [110.62, 37.75],
  [110.7, 37.5],
  [110.76, 37.2],
  [110.62, 37.0],
  [110.42, 36.7],
  [110.44, 36.4],
];

export interface River {
  readonly zh: string;
  readonly line: Line;
  /** Width at its mouth against the Yellow River's 1. */
  readonly width: number;
}

export const RIVERS: readonly River[] = [
  {
    zh: "乌兰木伦河",
    width: 0.42,
    line: [
      [109.42, 39.62],
      [109.56, 39.585],
      [109.68, 39.54],
      [109.8, 39.53],
      [109.93, 39.535],
      [110.04, 39.44],
      [110.18, 39.36],
      [110.22, 39.24],
      [110.3, 39.08],
      [110.42, 38.9],
      [110.52, 38.78],
      [110.62, 38.6],
      [110.72, 38.45],
      [110.82, 38.4],
    ],
  },
  {
    zh: "无定河",
    width: 0.45,
    line: [
      [108.3, 37.55],
      [108.42, 37.68],
      [108.58, 37.74],
      [108.72, 37.86],
      [108.84, 37.98],
      [109.02, 38.02],
      [109.25, 38.0],
      [109.5, 37.98],
      [109.8, 37.9],
      [110.05, 37.75],
      [110.25, 37.55],
      [110.4, 37.3],
      [110.55, 37.1],
    ],
  },
  {
    zh: "都思兔河",
    width: 0.3,
    line: [
      [107.75, 38.98],
      [107.5, 38.93],
      [107.3, 38.84],
      [107.1, 38.82],
      [106.9, 38.88],
      [106.75, 38.93],
      [106.66, 38.92],
    ],
  },
  {
    zh: "皇甫川",
    width: 0.3,
    line: [
      [110.62, 39.78],
      [110.78, 39.66],
      [110.9, 39.52],
      [111.02, 39.4],
      [111.1, 39.3],
    ],
  },
  {
    zh: "罕台川",
    width: 0.24,
    line: [
      [109.76, 39.86],
      [109.84, 40.0],
      [109.88, 40.16],
      [109.93, 40.32],
      [109.98, 40.48],
    ],
  },
  {
    zh: "西柳沟",
    width: 0.22,
    line: [
      [109.5, 39.9],
      [109.56, 40.06],
      [109.62, 40.24],
      [109.64, 40.4],
      [109.66, 40.52],
    ],
  },
  {
    zh: "哈什拉川",
    width: 0.22,
    line: [
      [110.22, 39.9],
      [110.24, 40.06],
      [110.24, 40.24],
      [110.26, 40.4],
      [110.3, 40.5],
    ],
  },
  {
    zh: "毛不拉孔兑",
    width: 0.22,
    line: [
      [109.02, 39.98],
      [109.05, 40.14],
      [109.02, 40.3],
      [109.0, 40.44],
      [109.02, 40.52],
    ],
  },
  {
    zh: "呼斯太河",
    width: 0.2,
    line: [
      [110.72, 39.94],
      [110.74, 40.08],
      [110.72, 40.2],
      [110.7, 40.3],
    ],
  },
  {
    zh: "大黑河",
    width: 0.3,
    line: [
      [112.4, 40.95],
      [112.0, 40.78],
      [111.6, 40.66],
      [111.35, 40.45],
      [111.2, 40.26],
    ],
  },
];

export interface Lake {
  readonly zh: string;
  readonly en: string;
  readonly center: readonly [number, number];
  /** Half axes, degrees; turn in degrees against east. */
  readonly radii: readonly [number, number];
  readonly turn: number;
}

export const LAKES: readonly Lake[] = [
  { zh: "红碱淖", en: "Hongjiannao Lake", center: [109.88, 39.095], radii: [0.055, 0.032], turn: 25 },
  { zh: "乌梁素海", en: "Ulansuhai Lake", center: [108.86, 40.94], radii: [0.05, 0.13], turn: -14 },
  { zh: "泊江海子", en: "Bojiang Haizi", center: [109.33, 39.79], radii: [0.03, 0.012], turn: 10 },
  { zh: "巴嘎淖尔", en: "Baga Nur", center: [109.28, 39.3], radii: [0.03, 0.015], turn: -20 },
  { zh: "察汗淖", en: "Chagan Nur", center: [108.9, 39.26], radii: [0.026, 0.014], turn: 30 },
  {
    zh: "浩通音查干淖",
    en: "Haotongyin Chagan Nur",
    center: [108.93, 38.32],
    radii: [0.034, 0.016],
    turn: 5,
  },
  { zh: "北大池", en: "Beida Salt Lake", center: [107.46, 37.96], radii: [0.04, 0.018], turn: 18 },
  { zh: "七星湖", en: "Qixing Lake", center: [108.42, 40.62], radii: [0.026, 0.01], turn: 40 },
  { zh: "哈素海", en: "Hasuhai Lake", center: [110.97, 40.61], radii: [0.035, 0.022], turn: 0 },
  { zh: "岱海", en: "Daihai Lake", center: [112.66, 40.58], radii: [0.1, 0.04], turn: 25 },
  { zh: "乌兰木伦湖", en: "Ulan Mulun Lake", center: [109.8, 39.529], radii: [0.06, 0.0062], turn: -8 },
];

/** Width of the Yellow River on the map, degrees of latitude; other rivers are drawn by their `width` of it. */
export const WATER_UNIT = 0.0105;

const bends = new Noise(41);

/** A hand-traced line as water would run: corners rounded (Chaikin, three times), then bent a little. */
export function riverLine(line: Line): Line {
  let points = line;
  for (let round = 0; round < 3; round++) {
    points = points.flatMap((at, i): Line => {
      const next = points[i + 1];
      if (next === undefined) return [at];
      const cut = (t: number) => [at[0] + (next[0] - at[0]) * t, at[1] + (next[1] - at[1]) * t] as const;
      return i === 0 ? [at, cut(0.75)] : [cut(0.25), cut(0.75)];
    });
  }
  return points.map(([lon, lat], i) => {
    const strength = 0.016 * Math.min(1, i / 4, (points.length - 1 - i) / 4);
    return [
      lon + strength * bends.fractal(lon * 14, lat * 14, 2),
      lat + strength * bends.fractal(lon * 14 + 50, lat * 14, 2),
    ] as const;
  });
}

/** An ellipse with the bays and points that every lake has. */
export function shore({ center: [lon, lat], radii: [rx, ry], turn }: Lake): Line {
  const angle = (turn * Math.PI) / 180;
  return Array.from({ length: 48 }, (_, i) => {
    const a = (i / 48) * 2 * Math.PI;
    const reach = 1 + 0.34 * bends.fractal(lon * 7 + 1.3 * Math.cos(a), lat * 7 + 1.3 * Math.sin(a), 3);
    const [x, y] = [rx * 0.8 * reach * Math.cos(a), ry * reach * Math.sin(a)];
    return [
      lon + (x * Math.cos(angle) - y * Math.sin(angle)),
      lat + x * Math.sin(angle) + y * Math.cos(angle),
    ];
  });
}

/** Whether a point lies in a lake or a river of the city, or nearer to it than `marginM` metres. */
export function isWater({ lon, lat }: Point, marginM: number): boolean {
  const margin = marginM / METRES_PER_DEGREE;
  return (
    LAKES.some((lake, i) => {
      const [x, y] = lake.center;
      const reach = 1.5 * Math.max(...lake.radii) + margin;
      if (Math.abs(lon - x) > 1.4 * reach || Math.abs(lat - y) > reach) return false;
      const ring = SHORES[i]!;
      return isInside(ring, lon, lat) || distanceTo(ring, lon, lat) < margin;
    }) || RIVERS.some(({ width }, i) => distanceTo(COURSES[i]!, lon, lat) < (WATER_UNIT * width) / 2 + margin)
  );
}

const METRES_PER_DEGREE = 111_200;
const SHORES = LAKES.map(shore);
const COURSES = RIVERS.map(({ line }) => riverLine(line));

function isInside(ring: Line, lon: number, lat: number): boolean {
  let inside = false;
  ring.forEach(([x1, y1], i) => {
    const [x2, y2] = ring[(i + 1) % ring.length]!;
    if (y1 > lat !== y2 > lat && lon < x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
  });
  return inside;
}

/** In degrees of latitude. */
function distanceTo(line: Line, lon: number, lat: number): number {
  const scale = Math.cos((lat * Math.PI) / 180);
  let best = Number.POSITIVE_INFINITY;
  for (let i = 1; i < line.length; i++) {
    const [ax, ay] = line[i - 1]!;
    const [bx, by] = line[i]!;
    const [dx, dy] = [(bx - ax) * scale, by - ay];
    const [px, py] = [(lon - ax) * scale, lat - ay];
    const t = Math.min(1, Math.max(0, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
    best = Math.min(best, (px - t * dx) ** 2 + (py - t * dy) ** 2);
  }
  return Math.sqrt(best);
}
