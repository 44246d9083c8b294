/** Which items of a list a caller asked for and may see. `null` in a filter = any. */

import { isInArea } from "../../twin/authority/principal.ts";
import { seesSubject } from "../../twin/authority/sight.ts";
import type { Case } from "../../twin/case.ts";
import type { City } from "../../twin/city/city.ts";
import type { Kitchen } from "../../twin/city/kitchen.ts";
import type { Alert } from "../../twin/events/output-events.ts";
import { parseTime } from "../../twin/kernel/time.ts";
import type { AlertFilter, CaseFilter, KitchenFilter } from "./city-port.ts";

export function isWantedKitchen(kitchen: Kitchen, colour: string, filter: KitchenFilter): boolean {
  const { banners, types, colors, text, box, principal } = filter;
  return (
    isInArea(principal.area, kitchen) &&
    isAmong(kitchen.banner, banners) &&
    isAmong(kitchen.type, types) &&
    isAmong(colour, colors) &&
    (text === null || containsText(kitchen, text.toLowerCase())) &&
    (box === null || isInside(kitchen.position, box))
  );
}

function containsText({ id, code, name, address }: Kitchen, text: string): boolean {
  return [id, code, name, address ?? ""].some((field) => field.toLowerCase().includes(text));
}

function isInside(
  { lon, lat }: Kitchen["position"],
  box: readonly [number, number, number, number],
): boolean {
  const [west, south, east, north] = box;
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

export function isWantedAlert(alert: Alert, filter: AlertFilter, city: City): boolean {
  const banner =
    alert.kitchen === null ? null : (city.kitchens[city.kitchenIndex(alert.kitchen)]?.banner ?? null);
  return (
    isAmong(alert.state, filter.states) &&
    isAmong(alert.level, filter.levels) &&
    isAmong(alert.code, filter.codes) &&
    (filter.kitchen === null || alert.kitchen === filter.kitchen) &&
    (filter.banners === null || (banner !== null && filter.banners.includes(banner))) &&
    (filter.since === null || parseTime(alert.levelAt) >= filter.since) &&
    seesSubject(filter.principal, city, alert)
  );
}

export function isWantedCase(one: Case, filter: CaseFilter, city: City): boolean {
  const kitchen = city.kitchens[one.kitchen]?.id ?? null;
  return (
    isAmong(one.state, filter.states) &&
    isAmong(one.level, filter.levels) &&
    (filter.kitchen === null || kitchen === filter.kitchen) &&
    seesSubject(filter.principal, city, { code: one.code, kitchen, asset: one.asset })
  );
}

function isAmong(value: string, wanted: readonly string[] | null): boolean {
  return wanted === null || wanted.includes(value);
}
