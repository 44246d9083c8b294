/**
 * When a kitchen serves (CONTRACT §9, "In service"): the menu's service times, else the registry's `meals`, on operating
 * days. A menu takes the place of the registry's meal of the same part of the day.
 */

import type { Kitchen } from "../../twin/city/kitchen.ts";
import type { EventOf } from "../../twin/events/event.ts";
import { isOperatingDay } from "../../twin/kernel/calendar.ts";
import { DAY_MS, HOUR_MS, parseTime, shanghaiDay, startOfShanghaiDay } from "../../twin/kernel/time.ts";
import { mealEnd } from "./meal.ts";

/** Event times, ms since epoch. */
export interface Service {
  readonly from: number;
  readonly to: number;
}

/** Meal -> its service as published last, and when that was. */
export type MenuServices = Record<string, Service & { readonly publishedAt: number }>;

/** A menu that does not say when the service ends, in a part of the day for which the registry knows no meal. */
const SHORTEST_MS = HOUR_MS;
const LOOK_AHEAD_DAYS = 10;

/** Notes a menu; services that ended a day ago are forgotten. */
export function noteService(
  menus: MenuServices,
  event: EventOf<"warmcity.menu.published">,
  kitchen: Kitchen,
): void {
  const { meal, serviceStart, serviceEnd } = event.data;
  for (const [other, { to }] of Object.entries(menus)) if (to < event.time - DAY_MS) delete menus[other];
  if ((menus[meal]?.publishedAt ?? 0) > event.time) return;
  const from = parseTime(serviceStart);
  const usual = servicesOn(kitchen, shanghaiDay(from)).find((one) => mealEnd(one.from) === mealEnd(from));
  const to = serviceEnd == null ? Math.max(usual?.to ?? 0, from + SHORTEST_MS) : parseTime(serviceEnd);
  menus[meal] = { from, to, publishedAt: event.time };
}

/** Services that end after `time`, in order; the first may be under way. */
export function* servicesAfter(kitchen: Kitchen, menus: MenuServices, time: number): Generator<Service> {
  const planned = Object.values(menus);
  const today = shanghaiDay(time);
  for (let day = today - 1; day < today + LOOK_AHEAD_DAYS; day++) {
    const menusOfDay = planned.filter(({ from }) => shanghaiDay(from) === day);
    const replaced = new Set(menusOfDay.map(({ from }) => mealEnd(from)));
    const usual = isOperatingDay(kitchen.calendar, day) ? servicesOn(kitchen, day) : [];
    const all: Service[] = [...menusOfDay, ...usual.filter(({ from }) => !replaced.has(mealEnd(from)))];
    yield* all.filter(({ to }) => to > time).sort((a, b) => a.from - b.from);
  }
}

/** The service at `time`, or the next one; `null` = none within days. */
export function serviceAt(kitchen: Kitchen, menus: MenuServices, time: number): Service | null {
  for (const service of servicesAfter(kitchen, menus, time)) return service;
  return null;
}

function servicesOn(kitchen: Kitchen, day: number): Service[] {
  const midnight = startOfShanghaiDay(day);
  return kitchen.meals.map(({ fromMs, toMs }) => ({
    from: midnight + fromMs,
    to: midnight + (toMs > fromMs ? toMs : toMs + DAY_MS),
  }));
}
