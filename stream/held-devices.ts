/** What of the measured past the cases of a city hold: the history may throw away the rest. */
import type { Case } from "../twin/case-file.ts";
import { heldSpans } from "../twin/case-hold.ts";
import type { City } from "../twin/city/city.ts";
import type { CityFold } from "./fold.ts";
import type { HeldDevices } from "./history/old-hours.ts";

/** `now`: event time, ms since epoch. */
export function heldDevices(city: City, fold: CityFold, now: number): HeldDevices[] {
  return heldSpans(casesIn(city, fold), city, now).map(({ kitchen, fromMs, toMs }) => ({
    firstDevice: city.firstDevice[kitchen]!,
    endDevice: city.firstDevice[kitchen + 1]!,
    fromMs,
    toMs,
  }));
}

function* casesIn(city: City, fold: CityFold): Iterable<Case> {
  yield* Object.values(fold.stage.desk.cases);
  for (let index = 0; index < city.kitchens.length; index++) yield* Object.values(fold.kitchen(index).cases);
}
