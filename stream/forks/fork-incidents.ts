/** Changes of a fork as the simulator, its people and the rules take them. */
import type { Incident } from "../../simulator/incidents.ts";
import type { Slowness } from "../../simulator/people/case-people.ts";
import type { City } from "../../twin/city/city.ts";
import { MINUTE_MS } from "../../twin/kernel/time.ts";
import type { PolicyPack } from "../../twin/policy/policy-pack.ts";
import type { ForkChange } from "./fork-change.ts";

/** °C of the room that a cold unit without cooling warms up to, and how fast. */
const AMBIENT = 24;
const SLOPE_PER_MIN = 0.2;

/** What happens to the city; `from`: event time at which the fork begins. */
export function incidentsOf(changes: readonly ForkChange[], from: number): Incident[] {
  return changes.flatMap((change, i): Incident[] => {
    switch (change.kind) {
      case "power-cut":
      case "network-cut": {
        const at = begin(change, from);
        const isPower = change.kind === "power-cut";
        const area = isPower ? ({ by: "feeder", id: change.feeder } as const) : change.area;
        const what = isPower ? "power" : "network";
        return [{ kind: "area-cut", area, what, from: at, to: at + change.minutes * MINUTE_MS }];
      }
      case "fridge-failure": {
        const at = begin(change, from);
        const repairAt = change.minutes === null ? null : at + change.minutes * MINUTE_MS;
        const slopePerMin = change.slopePerMinute ?? SLOPE_PER_MIN;
        return [{ kind: "cold-failure", device: change.device, at, slopePerMin, ambient: AMBIENT, repairAt }];
      }
      case "recall": {
        const { product, lots } = change;
        const data = { recall: `R-fork-${i + 1}`, class: change.class, product, lots };
        return [{ kind: "recall", at: begin(change, from), data }];
      }
      case "policy":
      case "street":
      case "inspectors":
        return [];
    }
    return [];
  });
}

/** Never in the very moment from which the fork goes on. */
function begin({ afterMinutes = 0 }: { readonly afterMinutes?: number }, from: number): number {
  return from + Math.max(1, afterMinutes * MINUTE_MS);
}

/** The pack that takes the place of those in force; `null` = none does. */
export function packOf(changes: readonly ForkChange[]): PolicyPack | null {
  const found = changes.find(({ kind }) => kind === "policy");
  return found?.kind === "policy" ? found.pack : null;
}

/** Officials are so much slower or quicker; operators stay as they are. */
export function slownessOf(city: City, changes: readonly ForkChange[]): Slowness {
  const staffed = changes.filter((change) => change.kind === "inspectors");
  return (kitchen, role) => {
    if (role === "O" || role === "OPS" || role === "PL") return 1;
    const banner = kitchen === null ? null : city.kitchens[city.kitchenIndex(kitchen)]?.banner;
    let slowness = 1;
    for (const one of staffed) if (one.banner === null || one.banner === banner) slowness /= one.factor;
    return slowness;
  };
}
