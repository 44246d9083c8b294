/**
 * A run that goes on from what was observed of a city, and from nothing else: last values, who is heard, who is closed. What
 * nobody observed (why a fridge is warm, when a broken device is mended, what went wrong unseen) is drawn anew by the seed.
 */
import { HOUR_MS, MINUTE_MS } from "../twin/kernel/time.ts";
import { Dice } from "./dice.ts";
import { revive, silenceDevice } from "./effects/silence.ts";
import type { World } from "./world.ts";

export interface Observed {
  /** Newest value of a device in its kind's unit, by registry ordinal; NaN = none is known. */
  valueOf(device: number): number;
  /** `never` = not heard yet: it takes no part. */
  connectionOf(device: number): "never" | "online" | "silent";
  /** Since when a silent device has said nothing, ms since epoch. */
  silentSince(device: number): number;
  /** Until when a kitchen is closed, ms since epoch; Infinity = until further notice, `null` = it works. */
  closedUntil(kitchen: number): number | null;
}

/** Who has been silent for long is expected to stay so as long again, on average; never less than this. */
const SILENT_LEAST_MS = 15 * MINUTE_MS;
const SILENT_MOST_MS = 24 * 29 * HOUR_MS;
const SALT = 0x6f6273;

/** Takes up what was observed at `from`, where the run begins; the morning before has been lived through unheard. */
export function takeUp(world: World, observed: Observed, from: number): void {
  const { city, groups, sensors, seed, scheduler } = world;
  const dice = new Dice();
  city.devices.forEach(({ reportEveryMs }, device) => {
    const slot = groups.slotOf[device]!;
    const value = observed.valueOf(device);
    if (slot >= 0 && !Number.isNaN(value)) sensors.level[slot] = value;
    const connection = observed.connectionOf(device);
    if (reportEveryMs === null || connection === "online") return;
    silenceDevice(world, device, "off");
    if (connection === "never") return;
    const soFar = Math.max(SILENT_LEAST_MS, from - observed.silentSince(device));
    const more = Math.min(SILENT_MOST_MS, dice.seat(seed, device, SALT).exponential(soFar));
    const back = from + MINUTE_MS + Math.floor(more);
    scheduler.at(back, () => revive(world, device, "off", back));
  });
  for (let kitchen = 0; kitchen < city.kitchens.length; kitchen++) {
    const until = observed.closedUntil(kitchen);
    if (until === null) continue;
    world.faults.set("shut", kitchen, from, until);
    world.kitchens.cooking[kitchen] = 0;
    world.kitchens.service[kitchen] = 0;
    world.kitchens.open[kitchen] = 0;
  }
}
