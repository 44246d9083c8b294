/** What a curve deserves on the device that shows it: when it is read, and until when it counts there. */
import { deviceKind } from "../../twin/devices/catalogue.ts";
import { hours, minutes, shanghaiDay, startOfShanghaiDay } from "../../twin/kernel/time.ts";
import { curveRungs, gasRungs } from "../curve-rungs.ts";
import { mealsOn } from "../operating-days.ts";
import { type Profile, pointsFrom } from "../sensor-profiles.ts";
import { NOISE_SCALE } from "../sensor-states.ts";
import type { Rung } from "../truth.ts";
import type { World } from "../world.ts";

/** A sensor in danger reads so often, whatever its period. */
const GAS_FAST_MS = 5_000;
/** The room for ready-to-eat food is left up to so long before a meal ends. */
const LEAVES_BEFORE_MS = minutes(10);
const FLAT_MS = hours(6);

/** What was shown before the run began nobody has seen. */
export function profileRungs(
  world: World,
  device: number,
  { points: all, sigma }: Profile,
  code: string,
): Rung[] {
  const points = pointsFrom(all, world.from);
  if (code === "" || points.length === 0) return [];
  const { kind, reportEveryMs } = world.city.devices[device]!;
  const everyMs = reportEveryMs ?? 0;
  if (kind === "gas") return gasRungs(points, Math.min(GAS_FAST_MS, everyMs));
  if (code === "O04") return flatRungs(world, device, points);
  const noise = sigma * NOISE_SCALE * world.noise.sensors + deviceKind(kind).resolution;
  const countsUntil = countsUntilOf(world, device, points[0]![0]);
  return curveRungs({ kind, points, noise, everyMs, ...(countsUntil !== null && { countsUntil }) });
}

/** Hot food and the room for cold dishes count while they serve; `null` = there is no such end. */
function countsUntilOf({ city }: World, device: number, from: number): number | null {
  const { kind } = city.devices[device]!;
  if (kind !== "hot-holding-temperature" && kind !== "room-temperature") return null;
  const kitchen = city.kitchens[city.kitchenOfDevice[device]!]!;
  const meals = mealsOn(kitchen, startOfShanghaiDay(shanghaiDay(from)));
  const meal = meals.find((span) => span.from <= from && from < span.to);
  if (meal === undefined) return from;
  return kind === "room-temperature" ? meal.to - LEAVES_BEFORE_MS : meal.to;
}

/** A value without life for six hours, where doors or power show that there was life. */
function flatRungs(world: World, device: number, points: Profile["points"]): Rung[] {
  const { city } = world;
  const { id } = city.devices[device]!;
  const kitchen = city.kitchens[city.kitchenOfDevice[device]!]!;
  const watched = kitchen.devices.some(({ kind, of }) => (kind === "door" || kind === "power") && of === id);
  const [from, to] = [points[0]![0], points.at(-1)![0]];
  return watched && to - from > FLAT_MS
    ? [{ level: "L3", earliest: from + FLAT_MS, latest: to, sure: to - from > FLAT_MS + hours(2) }]
    : [];
}
