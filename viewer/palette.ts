/**
 * Colours and glyphs of the map states. Levels follow 红橙黄蓝; colour is never alone: every state has its own glyph, and
 * height grows with the level. Chosen so that no two differ by less than a dE of 15 for protan, deutan and tritan eyes
 * (`palette.test.ts` measures it).
 */
import { MAP_STATES, type MapState } from "../stream/wire.ts";
import type { Theme } from "./basemap/extent.ts";

export const STATE_COLOURS: Readonly<Record<Theme, Readonly<Record<MapState, string>>>> = {
  night: {
    normal: "#3579ea",
    L4: "#86e3ff",
    L3: "#ffe74f",
    L2: "#ff7d14",
    L1: "#ff2e55",
    offline: "#a3a9b5",
    closed: "#4a5468",
    never: "#5b6a86",
  },
  day: {
    normal: "#1e5bc6",
    L4: "#1793b5",
    L3: "#c79a00",
    L2: "#cf5300",
    L1: "#9c0b3a",
    offline: "#5f6672",
    closed: "#a4abb6",
    never: "#8f98a8",
  },
};

/** Outlines in a box of 16 x 16, to be filled; rings and crosses are outlines too. */
export const GLYPHS: Readonly<Record<MapState, string>> = {
  normal: "M8 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9z",
  L4: "M8 2.6L14.2 13.2H1.8z",
  L3: "M8 1.2L14.8 8L8 14.8L1.2 8z",
  L2: "M2.2 2.2h11.6v11.6H2.2z",
  L1: "M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5zM7 3.8v5h2v-5zM7 10.4v2h2v-2z",
  offline: "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12zM8 4.4a3.6 3.6 0 1 1 0 7.2a3.6 3.6 0 1 1 0-7.2z",
  closed: "M2 6.6h12v2.8H2z",
  never: "M3.6 2L8 6.4L12.4 2L14 3.6L9.6 8L14 12.4L12.4 14L8 9.6L3.6 14L2 12.4L6.4 8L2 3.6z",
};

/** Worst first: the order of lists, legends and of what a click prefers. */
export const WORST_FIRST: readonly MapState[] = [
  "L1",
  "L2",
  "L3",
  "L4",
  "offline",
  "normal",
  "closed",
  "never",
];

export function stateCode(state: MapState): number {
  return MAP_STATES.indexOf(state);
}

/** `#rrggbb` as three bytes. */
export function rgbOf(colour: string): readonly [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
