/** What the twin has observed of the city, for a simulator that goes on from it: nothing here knows of any simulator's state. */
import type { Observed } from "../../simulator/observed.ts";
import type { City } from "../../twin/city/city.ts";
import { NEVER, ONLINE } from "../detectors/absence.ts";
import type { KitchenFacts } from "../facts.ts";
import type { CityFold } from "../fold.ts";

/** As the fold stands; asked once, at the beginning of a run. */
export function observedCity(city: City, fold: CityFold): Observed {
  return {
    valueOf: (device) => fold.devices.valueOf(device).value,
    connectionOf: (device) => {
      const connection = fold.devices.connectionOf(device);
      return connection === ONLINE ? "online" : connection === NEVER ? "never" : "silent";
    },
    silentSince: (device) => {
      const { offline } = fold.kitchen(city.kitchenOfDevice[device]!).facts;
      return offline[device] ?? fold.now;
    },
    closedUntil: (kitchen) => closedUntil(fold.kitchen(kitchen).facts, fold.now),
  };
}

/** Until when the unit is closed, as declared or presumed; Infinity = until further notice, `null` = it works. */
export function closedUntil(facts: KitchenFacts, time: number): number | null {
  const declared = facts.declarations.findLast(({ from, to }) => from <= time && (to === null || time < to));
  if (declared !== undefined && declared.state !== "open") return declared.to ?? Number.POSITIVE_INFINITY;
  return facts.presumedClosedSince === null ? null : Number.POSITIVE_INFINITY;
}
