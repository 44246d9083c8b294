/** One twin in full (CONTRACT §5, `/v1/kitchens/{id}`): what it is, how it stands, its alerts, cases and devices. */
import { alertOf, isOpen } from "../../twin/alerts/episode.ts";
import type { City } from "../../twin/city/city.ts";
import type { DaySpan, Kitchen } from "../../twin/city/kitchen.ts";
import { deviceKind } from "../../twin/devices/catalogue.ts";
import type { Alert } from "../../twin/events/output-events.ts";
import { formatTime, HOUR_MS, MINUTE_MS } from "../../twin/kernel/time.ts";
import type { KitchenRegions } from "../../twin/kitchen-regions.ts";
import { ONLINE } from "../detectors/absence.ts";
import type { CityFold } from "../fold.ts";
import type { MapState } from "../wire.ts";
import { type CaseView, caseView } from "./case-view.ts";
import { mapStateOf } from "./map-state.ts";

export interface KitchenHead {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly type: Kitchen["type"];
  readonly banner: string;
  readonly office: string;
  readonly position: Kitchen["position"];
  readonly state: MapState;
  /** The code colour (食安码). */
  readonly color: KitchenRegions["colour"];
}

export interface DeviceView {
  readonly id: string;
  readonly kind: string;
  readonly zone: string | null;
  readonly online: boolean;
  readonly value: { readonly number: number; readonly unit: string } | null;
  /** Event time of the value. */
  readonly at: string | null;
}

export interface KitchenView extends KitchenHead {
  readonly address: string | null;
  readonly capacity: number | null;
  readonly opens: readonly (readonly [string, string])[];
  readonly risk: Kitchen["risk"];
  readonly licence: { readonly number: string | null; readonly validTo: string };
  readonly regions: KitchenRegions;
  /** Open alerts, gravest and newest first. */
  readonly alerts: readonly Alert[];
  readonly cases: readonly CaseView[];
  readonly devices: readonly DeviceView[];
}

export function kitchenHead(city: City, fold: CityFold, index: number): KitchenHead {
  const { id, code, name, type, banner, office, position } = city.kitchens[index]!;
  const state = fold.kitchen(index);
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
  };
}

export function kitchenView(city: City, fold: CityFold, index: number): KitchenView {
  const kitchen = city.kitchens[index]!;
  const state = fold.kitchen(index);
  const open = Object.values(state.episodes).filter(isOpen);
  open.sort((a, b) =>
    a.level === b.level ? b.raisedAt - a.raisedAt || compare(a.key, b.key) : compare(a.level, b.level),
  );
  return {
    ...kitchenHead(city, fold, index),
    address: kitchen.address,
    capacity: kitchen.capacity,
    opens: kitchen.opens.map(spanText),
    risk: kitchen.risk,
    licence: { number: kitchen.licence.number, validTo: kitchen.licence.validTo },
    regions: state.regions,
    alerts: open.map((episode) => alertOf(episode, kitchen.id)),
    cases: Object.values(state.cases)
      .map((one) => caseView(city, one))
      .sort((a, b) => compare(a.case, b.case)),
    devices: kitchen.devices.map((_, offset) => deviceView(city, fold, city.firstDevice[index]! + offset)),
  };
}

function deviceView(city: City, fold: CityFold, ordinal: number): DeviceView {
  const { id, kind, zone } = city.devices[ordinal]!;
  const { value, at } = fold.devices.valueOf(ordinal);
  const { unit } = deviceKind(kind);
  return {
    id,
    kind,
    zone,
    online: fold.devices.connectionOf(ordinal) === ONLINE,
    value: Number.isNaN(value) || unit === null ? null : { number: value, unit },
    at: Number.isNaN(at) ? null : formatTime(at),
  };
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
