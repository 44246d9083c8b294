/** The asset of an alert about a place that is no one kitchen: `place:<lon>,<lat>` (C02 over several kitchens). */
import { distanceM } from "../kernel/math.ts";

export interface AssetPlace {
  readonly lon: number;
  readonly lat: number;
}

/** Diners of one place fell ill within this of it, m. */
const REACH_M = 500;

/** `null` = the asset names no place. */
export function placeOfAsset(asset: string | null): AssetPlace | null {
  const match = /^place:(-?[\d.]+),(-?[\d.]+)$/.exec(asset ?? "");
  return match === null ? null : { lon: Number(match[1]), lat: Number(match[2]) };
}

export function isNearPlace(place: AssetPlace, position: AssetPlace): boolean {
  return distanceM(place, position) <= REACH_M;
}
