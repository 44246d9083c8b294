/** The zone of a kitchen that an alert is about. */
import { type Kitchen, ZONE_KINDS, type ZoneKind } from "../../twin/city/kitchen.ts";

/** Where food is handled in the open (CONTRACT §9, "Hits"). */
export const FOOD_ZONES: ReadonlySet<ZoneKind> = new Set([
  "cooking",
  "rte-room",
  "prep",
  "cutting",
  "wash",
  "serving",
]);

/** The asset of an alert about a zone: `zone:<kitchen>/<zone>`. */
export function zoneAsset(kitchen: Kitchen, zone: string): string {
  return `zone:${kitchen.id}/${zone}`;
}

/** The kind of a zone id; where the kitchen lists no such zone, the id may be the kind itself; else `null`. */
export function zoneKind(kitchen: Kitchen, zone: string): ZoneKind | null {
  const listed = kitchen.zones.find((candidate) => candidate.id === zone);
  return listed?.kind ?? ZONE_KINDS.find((kind) => kind === zone) ?? null;
}
