/** The globe of a city page with the names on it; `null` where the browser has no WebGL. Loads the engine when called. */
import type { Theme } from "../basemap/extent.ts";
import type { MapLines } from "../basemap/map-lines.ts";
import type { Lang } from "../i18n/dictionary.ts";
import type { CityState } from "../live/city-state.ts";
import type { CityGlobe } from "./city-globe.ts";
import type { CityLabels } from "./city-labels.ts";

export interface GlobeOptions {
  readonly map: HTMLElement;
  readonly labels: HTMLElement;
  readonly lang: Lang;
  readonly theme: Theme;
  /** No flights, no pulse (`prefers-reduced-motion`). */
  readonly still: boolean;
  readonly clickKitchen: (id: string | null) => void;
  readonly hoverKitchen: (index: number, x: number, y: number) => void;
  readonly chooseBanner: (code: string) => void;
}

export interface OpenedGlobe {
  readonly globe: CityGlobe;
  readonly labels: CityLabels;
}

export async function openGlobe(city: CityState, options: GlobeOptions): Promise<OpenedGlobe | null> {
  Object.assign(window, { CESIUM_BASE_URL: "/cesium/" });
  const [lines, globes, names] = await Promise.all([
    readLines(),
    import("./city-globe.ts"),
    import("./city-labels.ts"),
  ]);
  if (document.createElement("canvas").getContext("webgl2") === null) return null;
  const globe = await globes.CityGlobe.create({
    container: options.map,
    city,
    lines,
    theme: options.theme,
    still: options.still,
    onClick: (index) => options.clickKitchen(city.ids[index] ?? null),
    onHover: options.hoverKitchen,
  });
  const labels = new names.CityLabels(options.labels, options.lang, options.chooseBanner);
  globe.follow(labels.overlay);
  return { globe, labels };
}

async function readLines(): Promise<MapLines> {
  const response = await fetch("/basemap/lines.json");
  const lines: MapLines = await response.json();
  return lines;
}
