/** Colours of the two basemaps. Night stays near black so that only exceptions shine; day is a printed map. */
import type { Theme } from "./extent.ts";

export type Rgb = readonly [number, number, number];

export interface MapStyle {
  readonly steppe: Rgb;
  readonly sand: Rgb;
  readonly farm: Rgb;
  readonly loess: Rgb;
  readonly rock: Rgb;
  /** What the land outside Ordos fades to, and by how much. */
  readonly outside: Rgb;
  readonly fade: number;
  /** How much a slope turned to the light, or away from it, changes the colour. */
  readonly light: number;
  readonly shade: number;
  /** The city's edge from within, and the shadow it casts. */
  readonly edge: Rgb;
  readonly edgeGlow: number;
  readonly edgeShadow: number;
  readonly water: string;
  readonly waterEdge: string;
  readonly townGlow: string | null;
}

export const MAP_STYLES: Readonly<Record<Theme, MapStyle>> = {
  night: {
    steppe: [20, 34, 56],
    sand: [36, 40, 54],
    farm: [16, 41, 56],
    loess: [27, 37, 56],
    rock: [32, 44, 66],
    outside: [7, 13, 24],
    fade: 0.74,
    light: 0.85,
    shade: 0.6,
    edge: [52, 122, 214],
    edgeGlow: 0.62,
    edgeShadow: 0.6,
    water: "#1d5585",
    waterEdge: "#2f7fb8",
    townGlow: "#ffb45c",
  },
  day: {
    steppe: [222, 224, 196],
    sand: [242, 223, 184],
    farm: [196, 216, 172],
    loess: [231, 214, 181],
    rock: [206, 200, 186],
    outside: [236, 239, 238],
    fade: 0.66,
    light: 0.16,
    shade: 0.42,
    edge: [255, 255, 250],
    edgeGlow: 0.75,
    edgeShadow: 0.34,
    water: "#8dbfdc",
    waterEdge: "#5c9cc4",
    townGlow: null,
  },
};
