/** One twin in full (CONTRACT §5, `/v1/kitchens/{id}`): what it is, how it stands, its alerts, cases and devices. */
import { alertOf, type Episode, isOpen } from "../../twin/alerts/episode.ts";
import type { City } from "../../twin/city/city.ts";
import type { DaySpan } from "../../twin/city/kitchen.ts";
import { deviceKind } from "../../twin/devices/catalogue.ts";
import type { Level } from "../../twin/events/fields.ts";
import { formatTime, HOUR_MS, MINUTE_MS } from "../../twin/kernel/time.ts";
import { regionStates } from "../../twin/kitchen-regions.ts";
import { NEVER, ONLINE } from "../detectors/absence.ts";
import type { CityFold } from "../fold.ts";
import type { DeviceView, KitchenSummary, KitchenView } from "../server/answers.ts";
import { caseView } from "./case-view.ts";
import { licenceEnd } from "./licence-end.ts";
import { mapStateOf } from "./map-state.ts";

export function kitchenSummary(city: City, fold: CityFold, index: number): KitchenSummary {
  const { id, code, name, type, banner, office, position, devices } = city.kitchens[index]!;
  const state = fold.kitchen(index);
  const first = city.firstDevice[index]!;
  const online = devices.filter((_, offset) => fold.devices.connectionOf(first + offset) === ONLINE).length;
  return {
    id,
    code,
    name,
    type,
    banner,
    office,
    position,
    state: mapStateOf(state),
    color: state.regions.colour,
    index: fold.rating.indexOf(index)?.index ?? null,
    openAlerts: openAlertsOf(state.episodes),
    online: { known: devices.length, online },
  };
}

/** What of the view changes, but for the devices. */
export type KitchenRow = Pick<
  KitchenView,
  "state" | "color" | "index" | "openAlerts" | "licence" | "regions" | "alerts" | "cases" | "indexReasons"
>;

export function kitchenRow(city: City, fold: CityFold, index: number): KitchenRow {
  const kitchen = city.kitchens[index]!;
  const state = fold.kitchen(index);
  return {
    state: mapStateOf(state),
    color: state.regions.colour,
    index: fold.rating.indexOf(index)?.index ?? null,
    openAlerts: openAlertsOf(state.episodes),
    licence: {
      number: kitchen.licence.number,
      validTo: licenceEnd(kitchen, state.facts),
      renewal: state.facts.licence.renewal,
    },
    regions: { ...regionStates(state.regions) },
    alerts: Object.values(state.episodes)
      .filter(isOpen)
      .sort(gravestFirst)
      .map((episode) => alertOf(episode, kitchen.id)),
    cases: Object.values(state.cases)
      .map((one) => caseView(city, one, state, fold.policies))
      .sort((a, b) => compare(a.case, b.case)),
    indexReasons: (fold.rating.indexOf(index)?.reasons ?? []).map(
      ({ points, fact }) => `${fact.code} ${fact.level} -${points.toFixed(1)} (${fact.about})`,
    ),
  };
}

/** What a device has said last, and whether it is heard. */
export interface DeviceStanding {
  /** NEVER, ONLINE or SILENT (detectors/absence.ts). */
  readonly connection: number;
  /** In the kind's unit; NaN = none yet. */
  readonly value: number;
  /** Event time of the value; NaN = none yet. */
  readonly at: number;
}

/** The view as its parts give it: what the registry says, the row, the devices. `time`: ms since epoch. */
export function kitchenViewOf(
  city: City,
  index: number,
  shown: {
    readonly row: KitchenRow;
    readonly device: (ordinal: number) => DeviceStanding;
    readonly time: number;
    readonly logPosition: number;
  },
): KitchenView {
  const { id, code, name, type, banner, office, position, ...kitchen } = city.kitchens[index]!;
  const first = city.firstDevice[index]!;
  const devices = kitchen.devices.map((_, offset) => deviceView(city, first + offset, shown.device));
  return {
    ...{ id, code, name, type, banner, office, position },
    ...shown.row,
    online: { known: devices.length, online: devices.filter(({ online }) => online).length },
    time: formatTime(shown.time),
    logPosition: shown.logPosition,
    address: kitchen.address,
    risk: kitchen.risk,
    capacity: kitchen.capacity,
    opens: kitchen.opens.map(spanText),
    devices,
  };
}

export function kitchenView(city: City, fold: CityFold, index: number, logPosition: number): KitchenView {
  const { devices, now } = fold;
  return kitchenViewOf(city, index, {
    row: kitchenRow(city, fold, index),
    device: (ordinal) => ({ connection: devices.connectionOf(ordinal), ...devices.valueOf(ordinal) }),
    time: now,
    logPosition,
  });
}

function openAlertsOf(episodes: Readonly<Record<string, Episode>>): Record<Level, number> {
  const openAlerts: Record<Level, number> = { L1: 0, L2: 0, L3: 0, L4: 0 };
  for (const episode of Object.values(episodes)) if (episode.state === "firing") openAlerts[episode.level]++;
  return openAlerts;
}

function deviceView(city: City, ordinal: number, standing: (ordinal: number) => DeviceStanding): DeviceView {
  const { id, kind, zone } = city.devices[ordinal]!;
  const { value, at, connection } = standing(ordinal);
  const { unit } = deviceKind(kind);
  return {
    id,
    kind,
    zone,
    state: connection === ONLINE ? "online" : connection === NEVER ? "never" : "offline",
    online: connection === ONLINE,
    value: Number.isNaN(value) || unit === null ? null : { number: value, unit },
    at: Number.isNaN(at) ? null : formatTime(at),
  };
}

/** Gravest first, then newest. */
export function gravestFirst(a: Episode, b: Episode): number {
  return compare(a.level, b.level) || b.raisedAt - a.raisedAt || compare(a.key, b.key);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function spanText({ fromMs, toMs }: DaySpan): [string, string] {
  return [clockText(fromMs), clockText(toMs)];
}

function clockText(ms: number): string {
  const hour = Math.floor(ms / HOUR_MS);
  const minute = Math.floor((ms % HOUR_MS) / MINUTE_MS);
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}
