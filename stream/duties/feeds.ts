/**
 * 部门数据端口: the feeds of other departments, platforms and laboratories: who spoke last when, and how often. A feed owes its
 * words as people owe theirs; one that is silent for long is asked for.
 */
import type { CityEvent, EventType } from "../../twin/events/event.ts";
import { defineDuty } from "./duty.ts";

export interface Feed {
  firstAt: number | null;
  lastAt: number | null;
  events: number;
}

/** What only systems, platforms and laboratories say. */
const OF_FEEDS: readonly EventType[] = [
  "warmcity.licence.changed",
  "warmcity.recall.issued",
  "warmcity.recall.amended",
  "warmcity.complaint.filed",
  "warmcity.illness.reported",
  "warmcity.rating.posted",
  "warmcity.order.sealed",
  "warmcity.order.seal-scanned",
  "warmcity.platform.listing",
  "warmcity.duty.planned",
  "warmcity.test.result",
  "warmcity.weather.warned",
  "warmcity.street.counted",
  "warmcity.notification.receipted",
];

export const feeds = defineDuty<Feed>({
  name: "feeds",
  version: 1,
  events: OF_FEEDS,
  initial: () => ({ firstAt: null, lastAt: null, events: 0 }),
  keyOf: feedOf,
  fold(feed, { time }) {
    feed.firstAt = Math.min(feed.firstAt ?? time, time);
    feed.lastAt = Math.max(feed.lastAt ?? time, time);
    feed.events++;
  },
});

/** `/systems/12315`, `/platforms/m`, `/labs/l-1`; `null` for kitchens, persons and devices. */
function feedOf({ source }: CityEvent): string | null {
  return /^\/(?:systems|platforms|labs)\/[^/]+/.exec(source)?.[0] ?? null;
}
