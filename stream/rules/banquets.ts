/** The banquets that a mobile unit has filed: when they are, and where. */
import type { EventOf } from "../../twin/events/event.ts";
import { hours, parseTime } from "../../twin/kernel/time.ts";

/** What a filing does not say: an event begins with its filing, and ends so long after its beginning. */
const USUAL_LENGTH_MS = hours(12);
const BANQUETS_MAX = 32;

export type BanquetEvent = EventOf<"warmcity.banquet.filed" | "warmcity.banquet.changed">;

export interface Banquet {
  readonly name: string;
  /** Event time of the newest word about it; it and the ends in ms since epoch. */
  readonly saidAt: number;
  readonly from: number;
  /** No longer part of it. */
  readonly to: number;
  readonly place: { readonly lon: number; readonly lat: number };
  readonly radiusM: number | null;
}

export type Banquets = Record<string, Banquet>;

/** Notes what is filed, and returns the banquet as it then stands: an older word changes nothing. */
export function noteBanquet(banquets: Banquets, { time, data }: BanquetEvent): Banquet {
  const before = banquets[data.banquet];
  if (before !== undefined && time < before.saidAt) return before;
  const from = data.from == null ? (before?.from ?? time) : parseTime(data.from);
  const banquet: Banquet = {
    name: data.banquet,
    saidAt: time,
    from,
    to: data.to == null ? (before?.to ?? from + USUAL_LENGTH_MS) : parseTime(data.to),
    place: { lon: data.place.lon, lat: data.place.lat },
    radiusM: data.radiusM ?? before?.radiusM ?? null,
  };
  banquets[data.banquet] = banquet;
  const oldest = Object.values(banquets).reduce((a, b) => (b.to < a.to ? b : a));
  if (Object.keys(banquets).length > BANQUETS_MAX) delete banquets[oldest.name];
  return banquet;
}

/** The banquet that is held at the moment, the one that began last if there are several. */
export function banquetAt(banquets: Banquets, time: number): Banquet | null {
  return Object.values(banquets)
    .filter(({ from, to }) => from <= time && time < to)
    .reduce<Banquet | null>((a, b) => (a === null || b.from > a.from ? b : a), null);
}

/** Whether a banquet is held within `travelMs` before or after the moment. */
export function isUnderWay(banquets: Banquets, time: number, travelMs: number): boolean {
  return Object.values(banquets).some(({ from, to }) => from - travelMs <= time && time < to + travelMs);
}
