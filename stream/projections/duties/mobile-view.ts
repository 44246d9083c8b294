/** Mobile units and banquets on the map: where they were seen, where they may be, what was filed. */
import type { City } from "../../../twin/city/city.ts";
import { distanceM } from "../../../twin/kernel/math.ts";
import { formatTime } from "../../../twin/kernel/time.ts";
import type { Banquet } from "../../duties/mobile-units.ts";
import type { CityFold } from "../../fold.ts";
import type { MobileView } from "../../server/duty-answers.ts";
import { numbersOf } from "./numbers-of.ts";

/** `null` = it is no mobile unit, and has filed no banquet. */
export function mobileView(city: City, fold: CityFold, index: number): MobileView | null {
  const { id, name, office, type, permit } = city.kitchens[index]!;
  const state = fold.duties.books.mobileUnits.stateOf(index);
  const banquets = Object.entries(state?.banquets ?? {});
  if (type !== "mobile-banquet" && permit === null && banquets.length === 0) return null;
  const position = state?.position ?? null;
  return {
    kitchen: id,
    name,
    office,
    position:
      position === null
        ? null
        : { place: { lon: position.lon, lat: position.lat }, at: formatTime(position.at) },
    outsideM: position === null ? null : outside(city, fold, index, position),
    banquets: banquets
      .sort(([, a], [, b]) => (b.from ?? b.at) - (a.from ?? a.at))
      .map(([banquet, { heads, filed, place, from, to, ...rest }]) => ({
        banquet,
        heads,
        filed,
        place,
        from: from === null ? null : formatTime(from),
        to: to === null ? null : formatTime(to),
        state: stateOf({ heads, filed, place, from, to, ...rest }, fold.now),
      })),
  };
}

function stateOf({ from, to }: Banquet, now: number): MobileView["banquets"][number]["state"] {
  if (from !== null && now < from) return "coming";
  return to !== null && now >= to ? "over" : "under-way";
}

/** From the places of what is under way, else from the permit's zone; `null` = neither says where it may be. */
function outside(
  city: City,
  fold: CityFold,
  index: number,
  position: { readonly lon: number; readonly lat: number },
): number | null {
  const { permit } = city.kitchens[index]!;
  const banquets = Object.values(fold.duties.books.mobileUnits.stateOf(index)?.banquets ?? {});
  const usual = numbersOf(fold, "B02").placeRadiusM ?? 0;
  const zones = banquets
    .filter((banquet) => stateOf(banquet, fold.now) === "under-way")
    .map(({ place, radiusM }) => ({ center: place, radiusM: radiusM ?? usual }));
  if (permit !== null) zones.push(permit);
  if (zones.length === 0) return null;
  const far = zones.map(({ center, radiusM }) => distanceM(center, position) - radiusM);
  return Math.max(0, Math.round(Math.min(...far)));
}
