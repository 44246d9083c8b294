/** A city of one kitchen, K, a medium unit open 09–22, for tests of the fold. */
import type { City } from "../twin/city/city.ts";
import { parseRegistry } from "../twin/city/registry.ts";

/** Devices, and what else differs, in registry form (CONTRACT §1). Throws a RangeError when that is no kitchen. */
export function oneKitchen(devices: readonly object[], kitchen: object = {}): City {
  const usual = {
    id: "K",
    type: "medium",
    banner: "150602",
    office: "150602-01",
    position: { lon: 109.98, lat: 39.81, crs: "WGS84" },
    opens: [["09:00", "22:00"]],
    licence: { number: "JY1", validTo: "2030-12-31", renewal: null },
  };
  const parsed = parseRegistry({ version: 1, kitchens: [{ ...usual, ...kitchen, devices }] });
  if (!parsed.ok) throw new RangeError(JSON.stringify(parsed.faults));
  return parsed.value;
}
