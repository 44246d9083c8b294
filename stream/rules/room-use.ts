/**
 * Whether a room is in use (CONTRACT §9, "In use"): somebody stands in it; where no presence device looks, while the
 * kitchen is open.
 */
import { type ZoneKind, zoneKindOf } from "../../twin/city/kitchen.ts";
import { isOpenAt, isOperatingDay } from "../../twin/kernel/calendar.ts";
import { shanghaiDay, startOfShanghaiDay } from "../../twin/kernel/time.ts";
import { operationAt } from "../facts.ts";
import type { RuleContext } from "./rule.ts";

const LOOK_AHEAD_DAYS = 400;

/** The room of a device for ready-to-eat food (专间); one without a zone is taken to be in it; `null` = not such a room. */
export function rteRoomOf({ city, kitchen }: RuleContext, device: number): string | null {
  const zone = city.devices[device]!.zone ?? "rte-room";
  const kind: ZoneKind | null = zoneKindOf(kitchen, zone);
  return kind === "rte-room" ? zone : null;
}

/** Ordinals of the presence devices in a zone. */
export function watchersOf({ city, kitchen }: RuleContext, zone: string): number[] {
  return kitchen.devices
    .filter((device) => device.kind === "presence" && (device.zone ?? "rte-room") === zone)
    .map(({ id }) => city.deviceOrdinal(id));
}

/** People seen in the zone; `null` = nobody looks. */
export function peopleIn(context: RuleContext, zone: string): number | null {
  const watchers = watchersOf(context, zone);
  if (watchers.length === 0) return null;
  return watchers.reduce((sum, device) => sum + (context.facts.people[String(device)] ?? 0), 0);
}

export function isInUse(context: RuleContext, zone: string): boolean {
  const people = peopleIn(context, zone);
  return people === null ? isAtWork(context) : people > 0;
}

/** In hours, and neither closed nor resting by declaration or silence. */
export function isAtWork({ kitchen, facts, now }: RuleContext): boolean {
  return isOpenAt(kitchen, now) && operationAt(facts, now) === "open";
}

/** The next moment after `time` at which the kitchen opens by its calendar; `null` = never within 400 days. */
export function nextOpening({ kitchen }: RuleContext, time: number): number | null {
  const today = shanghaiDay(time);
  for (let day = today; day < today + LOOK_AHEAD_DAYS; day++) {
    if (!isOperatingDay(kitchen.calendar, day)) continue;
    const midnight = startOfShanghaiDay(day);
    const later = kitchen.opens.map(({ fromMs }) => midnight + fromMs).filter((opens) => opens > time);
    if (later.length > 0) return Math.min(...later);
  }
  return null;
}
