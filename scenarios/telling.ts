/** A story told once: the city, the lines that went in, and all that came out. */
import type { City } from "../twin/city/city.ts";
import { type Line, type Replayed, replayed } from "./replayed.ts";

export interface Telling extends Replayed {
  readonly city: City;
  /** In order of arrival. */
  readonly lines: readonly Line[];
  /** Event time at which it ends, ms since epoch. */
  readonly until: number;
}

export function tell(city: City, lines: readonly Line[], until: number): Telling {
  return { city, lines, until, ...replayed(city, lines, until) };
}
