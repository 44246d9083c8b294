/** What a principal sees of alerts and cases: those of its area, and of them those that are its role's business. */
import { isNearPlace, placeOfAsset } from "../alerts/place-asset.ts";
import type { City } from "../city/city.ts";
import { type AccountRole, type Area, isInArea, type Principal } from "./principal.ts";

/** What an alert or a case is about. */
export interface Subject {
  readonly code: string;
  /** Kitchen id; `null` where it belongs to no one kitchen. */
  readonly kitchen: string | null;
  readonly asset: string | null;
}

/** Codes that are a role's business; a role that is not here sees all. */
const BUSINESS: Partial<Record<AccountRole, RegExp>> = {
  // That somebody told of a unit, and when officials mean to come, is not the unit's to know (DOMAIN R41).
  O: /^(?!C01$|S02$)/,
  H: /^(C02|D03|D10)$/,
  PL: /^(W01|W02)$/,
  OPS: /^O\d\d$/,
  source: /^$/,
};

/** Whether all of the city, every code of it, is open to the principal. */
export function seesAll({ role, area }: Principal): boolean {
  return area.kind === "city" && BUSINESS[role] === undefined;
}

export function seesKitchen(principal: Principal, city: City, index: number): boolean {
  const kitchen = city.kitchens[index];
  return kitchen !== undefined && principal.role !== "source" && isInArea(principal.area, kitchen);
}

/** Notices of the area; who has a business of its own sees those that are meant for it. */
export function seesNotice(
  principal: Principal,
  city: City,
  { kitchen, to }: { readonly kitchen: string | null; readonly to: string },
): boolean {
  if (BUSINESS[principal.role] !== undefined && to !== principal.role) return false;
  return kitchen === null
    ? principal.area.kind === "city"
    : seesKitchen(principal, city, city.kitchenIndex(kitchen));
}

/** An area alert (O02, O06, C02 of a place) is for those whose area it is about, and for the city. */
export function seesSubject(principal: Principal, city: City, { code, kitchen, asset }: Subject): boolean {
  if (!(BUSINESS[principal.role]?.test(code) ?? true)) return false;
  if (kitchen !== null) return seesKitchen(principal, city, city.kitchenIndex(kitchen));
  return principal.area.kind === "city" || isAreaAsset(principal.area, asset, city);
}

function isAreaAsset(area: Area, asset: string | null, city: City): boolean {
  if (asset === null) return false;
  const place = placeOfAsset(asset);
  if (place !== null && (area.kind === "office" || area.kind === "banner"))
    return city.kitchens.some((one) => isInArea(area, one) && isNearPlace(place, one.position));
  if (area.kind === "office") return asset === `office:${area.office}`;
  if (area.kind !== "banner") return false;
  if (asset === `banner:${area.banner}`) return true;
  return (
    asset.startsWith("office:") &&
    city.kitchens.some(({ office, banner }) => banner === area.banner && asset === `office:${office}`)
  );
}
