/** Demonstration streets: people counted every quarter of an hour, displays that say they live. */
import { HOUR_MS, MINUTE_MS } from "../../twin/kernel/time.ts";
import { defineProcess } from "../process.ts";

const [COUNT, DISPLAY] = [0, 1];
const COUNT_EVERY_MS = 15 * MINUTE_MS;
const DISPLAY_EVERY_MS = 10 * MINUTE_MS;
/** People on a street by hour of day. */
const FOOTFALL = [
  20, 10, 5, 5, 5, 20, 60, 150, 200, 220, 260, 420, 520, 430, 300, 260, 300, 480, 640, 700, 560, 360, 180, 60,
];

export const streets = defineProcess({
  name: "streets",
  planCity({ start, dice, plan }, { city }) {
    city.streets.forEach((street, s) => {
      const phase = dice.int(0, 14) * MINUTE_MS;
      for (let time = start + phase; time < start + 24 * HOUR_MS; time += COUNT_EVERY_MS)
        plan(time, s * 64 + COUNT);
      street.displays.forEach((_, d) => {
        for (let time = start + phase; time < start + 24 * HOUR_MS; time += DISPLAY_EVERY_MS) {
          plan(time + 1_000 * (d + 1), s * 64 + DISPLAY + d);
        }
      });
    });
  },
  act(world, planned) {
    const street = world.city.streets[Math.floor(planned.what / 64)]!;
    const display = street.displays[(planned.what % 64) - DISPLAY];
    if (display !== undefined) {
      world.say(planned, `/systems/display`, "warmcity.display.heartbeat", { display, street: street.id });
      return;
    }
    const hour = Math.floor((planned.time / HOUR_MS + 8) % 24);
    const people = Math.round(FOOTFALL[hour]! * world.diceOf(planned).between(0.7, 1.3));
    world.say(planned, "/systems/footfall", "warmcity.street.counted", { street: street.id, people });
  },
});
