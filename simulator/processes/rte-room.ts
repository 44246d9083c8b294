/**
 * The room for ready-to-eat food (专间): its lamps disinfect the air before each use, then one or two people work in it.
 * A pause of less than an hour is no new use (CONTRACT §9).
 */
import { HOUR_MS, MINUTE_MS } from "../../twin/kernel/time.ts";
import type { TimeSpan } from "../operating-days.ts";
import { defineProcess } from "../process.ts";

const STEPS = ["lamps-on", "lamps-off", "enter", "leave"] as const;

export const rteRoom = defineProcess({
  name: "rte-room",
  felt: true,
  planKitchen({ operates, kitchen, meals, dice, plan }) {
    const used = kitchen.devices.some(({ kind }) => kind === "uv-lamp" || kind === "presence");
    if (!operates || !used) return;
    for (const { from, to } of usesOf(meals)) {
      const lampsOff = from - dice.int(8, 25) * MINUTE_MS;
      plan(lampsOff - dice.int(34, 45) * MINUTE_MS, STEPS.indexOf("lamps-on"));
      plan(lampsOff, STEPS.indexOf("lamps-off"));
      plan(from + dice.int(0, 9) * MINUTE_MS, STEPS.indexOf("enter"));
      plan(to - dice.int(0, 9) * MINUTE_MS, STEPS.indexOf("leave"));
    }
  },
  act(world, planned) {
    const { kitchen, time } = planned;
    const { uv, people } = world.kitchens;
    const step = STEPS[planned.what];
    if (step === "lamps-on" || step === "lamps-off") {
      uv[kitchen] = step === "lamps-on" && !world.faults.has("no-lamps", kitchen, time) ? 1 : 0;
      return;
    }
    people[kitchen] = step === "enter" ? world.diceOf(planned).int(1, 2) : 0;
    for (const sensor of world.devicesOf(kitchen, "presence")) {
      world.uplink.event(sensor, "warmcity.presence", time, { people: people[kitchen]! });
    }
  },
});

/** When the room is used: from 50 min before a meal to its end; uses closer than 80 min are one. */
function usesOf(meals: readonly TimeSpan[]): TimeSpan[] {
  const uses: { from: number; to: number }[] = [];
  for (const meal of meals) {
    const from = meal.from - 50 * MINUTE_MS;
    const last = uses.at(-1);
    if (last !== undefined && from - last.to < HOUR_MS + 20 * MINUTE_MS) last.to = meal.to;
    else uses.push({ from, to: meal.to });
  }
  return uses;
}
