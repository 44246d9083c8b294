/** A city of one kitchen, for tests and try-outs: everything that the registry lets out is as usual. */
import type { City } from "../twin/city/city.ts";
import { parseRegistry } from "../twin/city/registry.ts";

export interface OneKitchenOptions {
  readonly type?: string;
  readonly opens?: readonly (readonly [string, string])[];
  readonly meals?: readonly (readonly [string, string])[];
  readonly calendar?: string;
  /** Name and kind of each device, and what else the registry says of it. */
  readonly devices?: readonly ({ readonly name: string; readonly kind: string } & Readonly<
    Record<string, unknown>
  >)[];
}

/** `K-1`, open from 09:00 to 22:00 every day. Throws a RangeError for a registry that is none. */
export function oneKitchen(options: OneKitchenOptions = {}): City {
  const { type, opens, meals, calendar, devices } = options;
  const registry = {
    version: 1,
    kitchens: [
      {
        id: "K-1",
        code: "150602-1",
        name: "食堂",
        type: type ?? "medium",
        banner: "150602",
        office: "150602-01",
        position: { lon: 109.98, lat: 39.82, crs: "WGS84" },
        capacity: 120,
        opens: opens ?? [["09:00", "22:00"]],
        meals: meals ?? [["11:30", "13:00"]],
        calendar: calendar ?? "daily",
        licence: { number: "JY1", validTo: "2030-01-01", renewal: null },
        devices: (devices ?? []).map(({ name, ...rest }) => ({
          id: `K-1/${name}`,
          reportEveryMs: 60_000,
          gateway: "K-1/gw",
          ...rest,
        })),
        staff: [
          { id: "K-1/s1", job: "owner" },
          { id: "K-1/s2", job: "cook" },
        ],
      },
    ],
    streets: [],
    suppliers: [{ id: "S-1", name: "粮油", secondTierOf: null }],
  };
  const parsed = parseRegistry(registry);
  if (!parsed.ok) throw new RangeError(`Cannot make a kitchen: ${JSON.stringify(parsed.faults)}`);
  return parsed.value;
}
