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

/** An alert that fires, as far as counting it goes. */
export type Firing = Pick<Episode, "code" | "asset" | "level">;

/** The city as it stands, or stood, as far as its figures go. */
export interface CityStanding {
  /** Event time, ms since epoch. */
  readonly time: number;
  readonly position: number;
  state(kitchen: number): MapState;
  firing(kitchen: number): Iterable<Firing>;
  /** Alerts that belong to no one kitchen. */
  readonly areaFiring: Iterable<Firing>;
  /** Devices heard of a kitchen, and of them those online. */
  devices(kitchen: number): DeviceCount;
  /** The same of an area: `city`, `banner:…`, `office:…`; closed units are out. */
  area(area: string): DeviceCount;
}

export interface DeviceCount {
  readonly known: number;
  readonly online: number;
}

/** As it stands now; `position`: everything below is durable. */
export function standingNow(city: City, fold: CityFold, position: number): CityStanding {
  return {
    time: fold.now,
    position,
    state: (kitchen) => mapStateOf(fold.kitchen(kitchen)),
    firing: (kitchen) => firingOf(fold.kitchen(kitchen).episodes),
    areaFiring: firingOf(fold.stage.desk.episodes),
    devices: (kitchen) => devicesOf(city, kitchen, (device) => fold.devices.connectionOf(device)),
    area: (area) => areaDevices(fold, area),
  };
}

export function firingOf(episodes: Readonly<Record<string, Episode>>): Episode[] {
  return Object.values(episodes).filter(({ state }) => state === "firing");
}

export function areaDevices(fold: CityFold, area: string): DeviceCount {
  const count = fold.stage.areas.count(area);
  return { known: count?.known ?? 0, online: count?.online ?? 0 };
}

export function devicesOf(
  city: City,
  kitchen: number,
  connectionOf: (device: number) => number,
): DeviceCount {
  let [known, online] = [0, 0];
  for (let device = city.firstDevice[kitchen]!; device < city.firstDevice[kitchen + 1]!; device++) {
    const connection = connectionOf(device);
    if (connection !== NEVER) known++;
    if (connection === ONLINE) online++;
  }
  return { known, online };
}

/** Of what the principal sees. */
export function cityTotals(city: City, standing: CityStanding, principal: Principal): CityTotals {
  const byState = noStates();
  const byBanner = new Map(banners.map(({ code }) => [code, { kitchens: 0, byState: noStates() }]));
  const openAlerts: Record<Level, number> = { L1: 0, L2: 0, L3: 0, L4: 0 };
  const sees = sightOf(city, principal);
  let kitchens = 0;
  city.kitchens.forEach(({ id, banner }, index) => {
    if (!sees.kitchen(index)) return;
    kitchens++;
    const shown = standing.state(index);
    byState[shown]++;
    const known = byBanner.get(banner) ?? { kitchens: 0, byState: noStates() };
    byBanner.set(banner, known);
    known.kitchens++;
    known.byState[shown]++;
    countOpen(openAlerts, standing.firing(index), (episode) => sees.episode(episode, id));
  });
  countOpen(openAlerts, standing.areaFiring, (episode) => sees.episode(episode, null));
  return {
    time: standing.time,
    position: standing.position,
    kitchens,
    byState,
    byBanner: [...byBanner].map(([banner, counts]) => ({ banner, ...counts })),
    openAlerts,
    devices: devicesIn(city, standing, principal.area),
  };
}

interface Sees {
  kitchen(index: number): boolean;
  episode(episode: Firing, kitchen: string | null): boolean;
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
  firing: Iterable<Firing>,
  seen: (episode: Firing) => boolean,
): void {
  for (const episode of firing) if (seen(episode)) counts[episode.level]++;
}

/** Devices heard, and of them those online; closed units are out where an area is counted. */
function devicesIn(city: City, standing: CityStanding, area: Area): { known: number; online: number } {
  if (area.kind !== "kitchens") return { ...standing.area(areaText(area)) };
  const sum = { known: 0, online: 0 };
  for (const kitchen of area.kitchens) {
    const index = city.kitchenIndex(kitchen);
    if (index < 0) continue;
    const { known, online } = standing.devices(index);
    sum.known += known;
    sum.online += online;
  }
  return sum;
}

/** The totals with types and online rate, as the query answers them. */
export function cityView(city: City, standing: CityStanding, principal: Principal): CityView {
  const totals = cityTotals(city, standing, principal);
  const sees = sightOf(city, principal);
  const byType = new Map<string, { kitchens: number; byState: Record<MapState, number> }>();
  city.kitchens.forEach(({ type }, index) => {
    if (!sees.kitchen(index)) return;
    const known = byType.get(type) ?? { kitchens: 0, byState: noStates() };
    byType.set(type, known);
    known.kitchens++;
    known.byState[standing.state(index)]++;
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
