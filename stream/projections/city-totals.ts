/** The city in figures (CONTRACT §5, `/v1/city`): kitchens by state and banner, open alerts by level, devices online. */

import type { Episode } from "../../twin/alerts/episode.ts";
import { type Area, areaText, type Principal } from "../../twin/authority/principal.ts";
import { seesAll, seesKitchen, seesSubject } from "../../twin/authority/sight.ts";
import type { City } from "../../twin/city/city.ts";
import { banners } from "../../twin/city/geography.ts";
import type { Level } from "../../twin/events/fields.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import { NEVER, ONLINE } from "../detectors/absence.ts";
import type { CityFold } from "../fold.ts";
import type { CityView } from "../server/answers.ts";
import type { CityTotals, MapState } from "../wire.ts";
import { mapStateOf } from "./map-state.ts";

/** Of what the principal sees. */
export function cityTotals(city: City, fold: CityFold, position: number, principal: Principal): CityTotals {
  const byState = noStates();
  const byBanner = new Map(banners.map(({ code }) => [code, { kitchens: 0, byState: noStates() }]));
  const openAlerts: Record<Level, number> = { L1: 0, L2: 0, L3: 0, L4: 0 };
  const sees = sightOf(city, principal);
  let kitchens = 0;
  city.kitchens.forEach(({ id, banner }, index) => {
    if (!sees.kitchen(index)) return;
    kitchens++;
    const state = fold.kitchen(index);
    const shown = mapStateOf(state);
    byState[shown]++;
    const known = byBanner.get(banner) ?? { kitchens: 0, byState: noStates() };
    byBanner.set(banner, known);
    known.kitchens++;
    known.byState[shown]++;
    countOpen(openAlerts, state.episodes, (episode) => sees.episode(episode, id));
  });
  countOpen(openAlerts, fold.stage.desk.episodes, (episode) => sees.episode(episode, null));
  return {
    time: fold.now,
    position,
    kitchens,
    byState,
    byBanner: [...byBanner].map(([banner, counts]) => ({ banner, ...counts })),
    openAlerts,
    devices: devicesIn(city, fold, principal.area),
  };
}

interface Sees {
  kitchen(index: number): boolean;
  episode(episode: Episode, kitchen: string | null): boolean;
}

function sightOf(city: City, principal: Principal): Sees {
  if (seesAll(principal)) return { kitchen: () => true, episode: () => true };
  return {
    kitchen: (index) => seesKitchen(principal, city, index),
    episode: ({ code, asset }, kitchen) => seesSubject(principal, city, { code, asset, kitchen }),
  };
}

function countOpen(
  counts: Record<Level, number>,
  episodes: Readonly<Record<string, Episode>>,
  seen: (episode: Episode) => boolean,
): void {
  for (const episode of Object.values(episodes)) {
    if (episode.state === "firing" && seen(episode)) counts[episode.level]++;
  }
}

/** Devices heard, and of them those online; closed units are out where an area is counted. */
function devicesIn(city: City, fold: CityFold, area: Area): { known: number; online: number } {
  if (area.kind !== "kitchens") {
    const count = fold.stage.areas.count(areaText(area));
    return { known: count?.known ?? 0, online: count?.online ?? 0 };
  }
  let [known, online] = [0, 0];
  for (const kitchen of area.kitchens) {
    const index = city.kitchenIndex(kitchen);
    if (index < 0) continue;
    for (let device = city.firstDevice[index]!; device < city.firstDevice[index + 1]!; device++) {
      const connection = fold.devices.connectionOf(device);
      if (connection !== NEVER) known++;
      if (connection === ONLINE) online++;
    }
  }
  return { known, online };
}

/** The totals with types and online rate, as the query answers them. */
export function cityView(city: City, fold: CityFold, position: number, principal: Principal): CityView {
  const totals = cityTotals(city, fold, position, principal);
  const sees = sightOf(city, principal);
  const byType = new Map<string, { kitchens: number; byState: Record<MapState, number> }>();
  city.kitchens.forEach(({ type }, index) => {
    if (!sees.kitchen(index)) return;
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
