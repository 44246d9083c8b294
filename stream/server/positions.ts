/** Where all kitchens are, as columns: what a viewer asks for once. */
import type { City } from "../../twin/city/city.ts";
import type { Positions } from "./answers.ts";

export function positionsOf({ kitchens }: City): Positions {
  return {
    crs: "WGS84",
    ids: kitchens.map(({ id }) => id),
    names: kitchens.map(({ name }) => name),
    types: kitchens.map(({ type }) => type),
    banners: kitchens.map(({ banner }) => banner),
    offices: kitchens.map(({ office }) => office),
    lon: kitchens.map(({ position }) => position.lon),
    lat: kitchens.map(({ position }) => position.lat),
  };
}
