/** Weather warnings of the meteorological office, for those who cook outdoors. */

import type { EventOf } from "../../twin/events/event.ts";
import { endOf, HOUR_MS, parseTime } from "../../twin/kernel/time.ts";
import { CITY_KEY, defineDuty } from "./duty.ts";

export interface WeatherWarning {
  /** Source and id of the event that said it. */
  readonly name: string;
  readonly kind: string;
  readonly level: string;
  /** Six-digit codes; none = the whole city. */
  readonly banners: readonly string[];
  /** ms since epoch. */
  readonly from: number;
  readonly to: number;
}

export interface WeatherState {
  /** Newest last. */
  warnings: WeatherWarning[];
}

const KEPT = 20;
/** A warning that does not say its end holds so long. */
const USUAL_MS = 24 * HOUR_MS;

export const weather = defineDuty<WeatherState>({
  name: "weather",
  version: 1,
  events: ["warmcity.weather.warned"],
  initial: () => ({ warnings: [] }),
  keyOf: () => CITY_KEY,
  fold(state, event) {
    if (event.type !== "warmcity.weather.warned") return;
    state.warnings = [...state.warnings, warningOf(event)].slice(-KEPT);
  },
});

export function warningOf(event: EventOf<"warmcity.weather.warned">): WeatherWarning {
  const { kind, level, banners, from, to } = event.data;
  const begins = from == null ? event.time : parseTime(from);
  return {
    name: `${event.source} ${event.id}`,
    kind,
    level,
    banners,
    from: begins,
    to: to == null ? begins + USUAL_MS : endOf(to),
  };
}
