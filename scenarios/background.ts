/** The load on top of which every story is told again: a small city that lives, with its ordinary mishaps (DOMAIN §7). */
import type { Incident } from "../simulator/incidents.ts";
import type { City } from "../twin/city/city.ts";
import { generateCity } from "../twin/city/generated-city.ts";
import { minutes } from "../twin/kernel/time.ts";
import { type Line, simulatedLines } from "./replayed.ts";

const KITCHENS = 120;
const SEED = 1;

export interface Background {
  readonly city: City;
  readonly lines: readonly Line[];
  /** ms since epoch. */
  readonly until: number;
}

/** The city from `from` to `until`: among the mishaps, a network cut and a unit that declares itself closed. */
export function background(from: number, until: number, seed = SEED): Background {
  const city = generateCity({ seed: SEED, preset: "full", kitchens: KITCHENS });
  const lines = simulatedLines({ city, seed, from, until, incidents: troubles(city, from, until) });
  return { city, lines, until };
}

/** So that units closed or muted by an outage are there whatever the background draws (SCENARIOS I4). */
function troubles(city: City, from: number, until: number): Incident[] {
  const [closed, cut] = [city.kitchens[0]!.id, city.kitchens.find(({ devices }) => devices.length > 0)!];
  const segment = cut.devices.find(({ isp }) => isp !== null)?.isp;
  return [
    { kind: "closing", kitchen: closed, from: from + minutes(5), to: until, declared: true },
    ...(segment == null
      ? []
      : [
          {
            kind: "area-cut" as const,
            area: { by: "isp" as const, id: segment },
            what: "network" as const,
            from: from + minutes(10),
            to: from + minutes(50),
          },
        ]),
  ];
}
