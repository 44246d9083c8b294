/**
 * `defineBorders()`: the values at which a reading begins to mean something else to a rule — a tank that is hot, a room
 * too warm, a lamp that burns. `Crossings` tells the rule when a device goes from one zone between borders to another.
 */
import type { Device } from "../../twin/city/kitchen.ts";

export interface Border {
  /** In the kind's unit. */
  readonly at: number;
  /** Whether a value equal to `at` lies beyond it already. */
  readonly inclusive: boolean;
}

export interface Borders {
  /** Whose readings are watched; of two that want a device the first in the catalogue has it. */
  readonly of: (device: Device) => boolean;
  /** Rising. Zone 0 lies below the first, zone n beyond the nth. */
  readonly borders: readonly Border[];
  /** What takes their place from an event time on, ms since epoch, in order of time: as many, under a later policy. */
  readonly later?: readonly { readonly from: number; readonly borders: readonly Border[] }[];
}

export function defineBorders(borders: Borders): Borders {
  return Object.freeze(borders);
}

/** The borders at a moment of event time. */
export function bordersAt({ borders, later }: Borders, time: number): readonly Border[] {
  return later?.findLast(({ from }) => from <= time)?.borders ?? borders;
}

/** The lowest value that ever lies beyond a border. */
export function firstBorder({ borders, later = [] }: Borders): number {
  return Math.min(...[borders, ...later.map((one) => one.borders)].map((all) => all[0]!.at));
}

/** How many borders the value lies beyond. */
export function zoneAt(value: number, borders: readonly Border[]): number {
  let zone = 0;
  for (const { at, inclusive } of borders) if (value > at || (inclusive && value === at)) zone++;
  return zone;
}
