/** Doors of cold units: each opening lets warm air in; where the door has a contact, it says so. */
import { defineProcess } from "../process.ts";

const OPENINGS_PER_DAY = 3;
/** Contacts tell long openings only; the others just warm the unit. */
const TOLD_SHARE = 0.4;
/** °C that an opening brings. */
const [LITTLE, MUCH] = [0.3, 1.2];

export const coldDoors = defineProcess({
  name: "cold-doors",
  planKitchen({ operates, kitchen, opens, dice, plan }) {
    if (!operates || opens.length === 0) return;
    kitchen.devices.forEach(({ kind }, index) => {
      if (!isCold(kind)) return;
      for (let n = 0; n < OPENINGS_PER_DAY; n++) {
        const { from, to } = dice.pick(opens);
        plan(Math.floor(dice.between(from, to)), index);
      }
    });
  },
  act(world, planned) {
    const { kitchen, time, what } = planned;
    const dice = world.diceOf(planned);
    const unit = world.city.firstDevice[kitchen]! + what;
    const slot = world.groups.slotOf[unit]!;
    if (slot >= 0) world.sensors.heat[slot]! += dice.between(LITTLE, MUCH);
    if (!dice.chance(TOLD_SHARE)) return;
    const { id } = world.city.devices[unit]!;
    for (const door of world.devicesOf(kitchen, "door")) {
      if (world.city.devices[door]!.of !== id) continue;
      world.uplink.event(door, "warmcity.door", time, { state: "open" });
      world.scheduler.at(time + dice.int(6_000, 45_000), (now) =>
        world.uplink.event(door, "warmcity.door", now, { state: "closed" }),
      );
    }
  },
});

function isCold(kind: string): boolean {
  return (
    kind === "fridge-temperature" || kind === "freezer-temperature" || kind === "sample-fridge-temperature"
  );
}
