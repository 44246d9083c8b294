/** How many assets of the kind that a code is about a kitchen has, beside the median of its type (DOMAIN §6.1, e). */
import type { City } from "../../twin/city/city.ts";
import type { Kitchen, KitchenType } from "../../twin/city/kitchen.ts";
import type { DeviceKind } from "../../twin/devices/device-kind.ts";

/** What a code is about; a code that is not here is about the kitchen as a whole. */
const KINDS: Readonly<Record<string, DeviceKind>> = {
  T01: "fridge-temperature",
  T02: "freezer-temperature",
  T03: "hot-holding-temperature",
  T04: "room-temperature",
  T05: "uv-lamp",
  T06: "dish-machine",
  T08: "oil-meter",
  T09: "gas",
  T10: "fume",
};
const OF_STAFF: ReadonlySet<string> = new Set(["D02", "D03", "D06"]);

export class Exposure {
  readonly #medians = new Map<string, number>();

  constructor(city: City) {
    const byType = new Map<KitchenType, Kitchen[]>();
    for (const kitchen of city.kitchens) {
      const known = byType.get(kitchen.type);
      if (known === undefined) byType.set(kitchen.type, [kitchen]);
      else known.push(kitchen);
    }
    for (const [type, kitchens] of byType) {
      for (const thing of ["camera", "staff", ...Object.values(KINDS)])
        this.#medians.set(`${type} ${thing}`, median(kitchens.map((kitchen) => countOf(kitchen, thing))));
    }
  }

  of(kitchen: Kitchen, code: string): { readonly assets: number; readonly median: number } {
    const thing = OF_STAFF.has(code) ? "staff" : code.startsWith("P") ? "camera" : KINDS[code];
    if (thing === undefined) return { assets: 1, median: 1 };
    return {
      assets: countOf(kitchen, thing),
      median: this.#medians.get(`${kitchen.type} ${thing}`) ?? 1,
    };
  }
}

function countOf({ devices, staff }: Kitchen, thing: string): number {
  return thing === "staff" ? staff.length : devices.filter(({ kind }) => kind === thing).length;
}

function median(counts: readonly number[]): number {
  const sorted = [...counts].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
