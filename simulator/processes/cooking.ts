/** Meals as the kitchen feels them: stoves, purifier, hot holding, and the sign that somebody cooks. */
import { MINUTE_MS } from "../../twin/kernel/time.ts";
import { defineProcess } from "../process.ts";
import type { World } from "../world.ts";

const STEPS = ["prepare", "warm", "serve", "stop", "clear"] as const;

export const cooking = defineProcess({
  name: "cooking",
  felt: true,
  planKitchen({ operates, meals, dice, plan }) {
    if (!operates) return;
    for (const { from, to } of meals) {
      const begin = from - dice.int(35, 75) * MINUTE_MS;
      plan(begin, STEPS.indexOf("prepare"));
      plan(Math.max(begin, from - 45 * MINUTE_MS), STEPS.indexOf("warm"));
      plan(from, STEPS.indexOf("serve"));
      plan(to - dice.int(0, 15) * MINUTE_MS, STEPS.indexOf("stop"));
      plan(to + dice.int(5, 20) * MINUTE_MS, STEPS.indexOf("clear"));
    }
  },
  act(world, planned) {
    const { kitchen, time } = planned;
    const { cooking: heat, service } = world.kitchens;
    switch (STEPS[planned.what]) {
      case "prepare":
        heat[kitchen] = 0.6;
        switchContacts(world, kitchen, time, true);
        return;
      case "warm":
        service[kitchen] = 1;
        return;
      case "serve":
        heat[kitchen] = 1;
        world.say(planned, `/kitchens/${world.city.kitchens[kitchen]!.id}`, "warmcity.kitchen.activity", {
          kind: "cooking",
        });
        return;
      case "stop":
        heat[kitchen] = 0;
        switchContacts(world, kitchen, time, false);
        return;
      default:
        service[kitchen] = 0;
    }
  },
});

/** The purifier goes on with the stove and stays on a little longer. */
function switchContacts(world: World, kitchen: number, time: number, on: boolean): void {
  for (const device of world.devicesOf(kitchen, "power")) {
    const { of, reportEveryMs } = world.city.devices[device]!;
    if (reportEveryMs !== null) continue;
    if (of === "stove") world.uplink.event(device, "warmcity.power", time, { on });
    if (of === "purifier") {
      const later = time + (on ? 20_000 : 180_000);
      world.scheduler.at(later, (now) => world.uplink.event(device, "warmcity.power", now, { on }));
    }
  }
}
