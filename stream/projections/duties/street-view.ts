/** A demonstration street as its displays show it: units by colour, density of alerts, footfall. Nothing of any person. */
import type { City, Street } from "../../../twin/city/city.ts";
import { formatTime, minutes } from "../../../twin/kernel/time.ts";
import type { CityFold } from "../../fold.ts";
import type { StreetView } from "../../server/city-duty-answers.ts";
import { isOpenNow } from "../map-state.ts";

/** A display speaks each minute; silent for so long it is dark. */
const DISPLAY_SILENT_MS = minutes(3);
const DENSITY_PERCENTILE = 0.95;

export function streetView(city: City, fold: CityFold, { id, name, kitchens, displays }: Street): StreetView {
  const state = fold.duties.books.streets.stateOf(id);
  const colours = { green: 0, amber: 0, red: 0, grey: 0 };
  const alerts: number[] = [];
  let open = 0;
  for (const kitchen of kitchens) {
    const index = city.kitchenIndex(kitchen);
    const known = fold.kitchen(index);
    colours[known.regions.colour]++;
    alerts.push(Object.values(known.episodes).filter((episode) => episode.state === "firing").length);
    if (isOpenNow(city.kitchens[index]!, known, fold.now)) open++;
  }
  alerts.sort((a, b) => a - b);
  return {
    street: id,
    name,
    kitchens: kitchens.length,
    open,
    colours,
    alertsP95: alerts[Math.max(0, Math.ceil(alerts.length * DENSITY_PERCENTILE) - 1)] ?? 0,
    people: state?.counted == null ? null : state.counted.people,
    countedAt: state?.counted == null ? null : formatTime(state.counted.at),
    displays: displays.map((display) => {
      const at = state?.displays[display];
      return {
        display,
        alive: at !== undefined && fold.now - at <= DISPLAY_SILENT_MS,
        lastAt: at === undefined ? null : formatTime(at),
      };
    }),
  };
}
