/** The city in figures (CONTRACT §5, `/v1/city`): kitchens by state and banner, open alerts by level, devices online. */

import type { City } from "../../twin/city/city.ts";
import { banners } from "../../twin/city/geography.ts";
import type { Level } from "../../twin/events/fields.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import type { CityFold } from "../fold.ts";
import type { CityView } from "../server/answers.ts";
import type { CityTotals, MapState } from "../wire.ts";
import { mapStateOf } from "./map-state.ts";

export function cityTotals(city: City, fold: CityFold, position: number): CityTotals {
  const byState = noStates();
  const byBanner = new Map(banners.map(({ code }) => [code, { kitchens: 0, byState: noStates() }]));
  const openAlerts: Record<Level, number> = { L1: 0, L2: 0, L3: 0, L4: 0 };
  city.kitchens.forEach(({ banner }, index) => {
    const state = fold.kitchen(index);
    const shown = mapStateOf(state);
    byState[shown]++;
    const known = byBanner.get(banner) ?? { kitchens: 0, byState: noStates() };
    byBanner.set(banner, known);
    known.kitchens++;
    known.byState[shown]++;
    for (const episode of Object.values(state.episodes))
      if (episode.state === "firing") openAlerts[episode.level]++;
  });
  for (const episode of Object.values(fold.stage.desk.episodes)) {
    if (episode.state === "firing") openAlerts[episode.level]++;
  }
  const all = fold.stage.areas.count("city");
  return {
    time: fold.now,
    position,
    kitchens: city.kitchens.length,
    byState,
    byBanner: [...byBanner].map(([banner, counts]) => ({ banner, ...counts })),
    openAlerts,
    devices: { known: all?.known ?? 0, online: all?.online ?? 0 },
  };
}

/** The totals with types and online rate, as the query answers them. */
export function cityView(city: City, fold: CityFold, position: number): CityView {
  const totals = cityTotals(city, fold, position);
  const byType = new Map<string, { kitchens: number; byState: Record<MapState, number> }>();
  city.kitchens.forEach(({ type }, index) => {
    const known = byType.get(type) ?? { kitchens: 0, byState: noStates() };
    byType.set(type, known);
    known.kitchens++;
    known.byState[mapStateOf(fold.kitchen(index))]++;
  });
  const { known, online } = totals.devices;
  return {
    ...totals,
    time: formatTime(totals.time),
    byBanner: [...totals.byBanner],
    byType: [...byType].map(([type, counts]) => ({ type, ...counts })),
    onlineRate: known === 0 ? null : online / known,
  };
}

function noStates(): Record<MapState, number> {
  return { normal: 0, L4: 0, L3: 0, L2: 0, L1: 0, offline: 0, closed: 0, never: 0 };
}
