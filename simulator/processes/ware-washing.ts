/** Dish machines run after each meal (DOMAIN §7: about 25,000 cycles a day in the full twin). */
import { MINUTE_MS } from "../../twin/kernel/time.ts";
import type { Planned } from "../agenda.ts";
import { defineProcess } from "../process.ts";
import type { World } from "../world.ts";

const SEATS_PER_CYCLE = 150;
const CYCLES_MAX = 6;
const RETRY_MS = 15 * MINUTE_MS;
const ATTEMPTS = 10;

export const wareWashing = defineProcess({
  name: "ware-washing",
  planKitchen({ operates, kitchen, meals, dice, plan }) {
    if (!operates || kitchen.tableware !== "own") return;
    const machines = kitchen.devices.reduce(
      (count, device) => count + (device.kind === "dish-machine" ? 1 : 0),
      0,
    );
    const usual = (kitchen.capacity ?? SEATS_PER_CYCLE) / SEATS_PER_CYCLE / Math.max(1, machines);
    for (const { to } of meals) {
      for (let machine = 0; machine < machines; machine++) {
        const cycles = Math.min(CYCLES_MAX, 1 + dice.round(Math.max(0.25, usual - 0.6)));
        let time = to + dice.int(3, 20) * MINUTE_MS + dice.int(0, 59_999);
        for (let n = 0; n < cycles; n++) {
          plan(time, machine);
          time += dice.int(9, 15) * MINUTE_MS;
        }
      }
    }
  },
  act(world, planned) {
    const machine = world.devicesOf(planned.kitchen, "dish-machine")[planned.what];
    if (machine !== undefined) wash(world, planned, machine, planned.time, ATTEMPTS);
  },
});

/** Without power, be it the machine's alone, the dishes wait. */
function wash(
  world: World,
  planned: Readonly<Planned>,
  machine: number,
  time: number,
  attempts: number,
): void {
  const kitchen = world.city.kitchenOfDevice[machine]!;
  if ((world.kitchens.dark[kitchen] !== 0 || world.lives.isSilent(machine)) && attempts > 0) {
    const later = { ...planned };
    world.scheduler.at(time + RETRY_MS, (now) => wash(world, later, machine, now, attempts - 1));
    return;
  }
  if (world.faults.has("unwashed", kitchen, time) || world.faults.has("dish-planned", machine, time)) return;
  const dice = world.diceOf(planned);
  const cold = world.faults.has("dish-cold", machine, time);
  world.uplink.event(machine, "warmcity.dish.cycle", time, {
    peak: Math.round((cold ? dice.between(74, 83.5) : dice.between(85.3, 90)) * 10) / 10,
    holdMs: dice.int(41, 62) * 1_000,
    program: "wash",
  });
}
