/** Opening and closing, paying guests, and people who read the 食安码. */
import { HOUR_MS, MINUTE_MS } from "../../twin/kernel/time.ts";
import { defineProcess, type KitchenDay } from "../process.ts";

const OPEN = 0;
const CLOSE = 1;
const PAY = 2;
const SCAN = 3;
/** 20,000 scans a day over 11,266 kitchens (DOMAIN §7). */
const SCANS_PER_DAY = 1.8;

export const trading = defineProcess({
  name: "trading",
  felt: true,
  planKitchen(day) {
    if (!day.operates) return;
    for (const { from, to } of day.opens) {
      day.plan(from - day.dice.int(5, 40) * MINUTE_MS, OPEN);
      day.plan(to + day.dice.int(1, 30) * MINUTE_MS, CLOSE);
      for (
        let time = from + day.dice.exponential(5 * HOUR_MS);
        time < to;
        time += day.dice.exponential(5 * HOUR_MS)
      ) {
        day.plan(Math.floor(time), PAY);
      }
    }
    for (const { from, to } of day.meals) {
      for (let n = day.dice.int(1, 2); n > 0; n--) day.plan(Math.floor(day.dice.between(from, to)), PAY);
    }
    planScans(day);
  },
  act(world, planned) {
    const { kitchen, what, time } = planned;
    if (what === OPEN || what === CLOSE) {
      world.kitchens.open[kitchen] = what === OPEN ? 1 : 0;
      for (const door of world.devicesOf(kitchen, "door")) {
        if (world.city.devices[door]!.of !== "entrance") continue;
        world.uplink.event(door, "warmcity.door", time, { state: what === OPEN ? "open" : "closed" });
      }
      return;
    }
    const source = `/kitchens/${world.city.kitchens[kitchen]!.id}`;
    world.say(planned, source, "warmcity.kitchen.activity", { kind: what === PAY ? "pay" : "scan" });
  },
});

function planScans({ opens, dice, plan }: KitchenDay): void {
  const span = opens[0];
  if (span === undefined) return;
  for (let n = dice.poisson(SCANS_PER_DAY); n > 0; n--)
    plan(Math.floor(dice.between(span.from, span.to)), SCAN);
}
