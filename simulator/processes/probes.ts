/** What people measure by hand: core temperatures while cooking, the frying oil in the afternoon. */
import { HOUR_MS, MINUTE_MS } from "../../twin/kernel/time.ts";
import { defineProcess } from "../process.ts";
import { DISHES } from "../products.ts";

const [COOKED, OIL] = [0, 1];
const OIL_EVERY_DAYS = 3;
/** Share of the measurements of 24 % TPM and more (T08). */
const OLD_OIL = 0.012;

export const probes = defineProcess({
  name: "probes",
  planKitchen({ index, operates, kitchen, day, start, meals, dice, plan }) {
    if (!operates) return;
    if (kitchen.devices.some(({ kind }) => kind === "probe-temperature")) {
      for (const { from } of meals) plan(from - dice.int(2, 25) * MINUTE_MS, COOKED);
    }
    const measures = (day + index) % OIL_EVERY_DAYS === 0;
    if (measures && kitchen.devices.some(({ kind }) => kind === "oil-meter")) {
      plan(start + 15 * HOUR_MS + dice.int(0, 110) * MINUTE_MS, OIL);
    }
  },
  act(world, planned) {
    const { kitchen, time, what } = planned;
    const dice = world.diceOf(planned);
    if (what === OIL) {
      for (const meter of world.devicesOf(kitchen, "oil-meter")) {
        const old = world.isFallible(kitchen) && dice.chance(OLD_OIL);
        if (old) world.tellTruth("T08", "probes", meter, { from: time, to: null });
        world.uplink.event(meter, "warmcity.oil.measured", time, {
          tpm: (old ? dice.int(49, 62) : dice.int(16, 45)) / 2,
        });
      }
      return;
    }
    const probe = world.devicesOf(kitchen, "probe-temperature")[0];
    if (probe === undefined) return;
    world.uplink.event(probe, "warmcity.food.probed", time, {
      batch: `${world.city.kitchens[kitchen]!.id}-${time.toString(36)}`,
      stage: "cooked",
      value: dice.int(752, 930) / 10,
      dish: dice.pick(DISHES),
    });
  },
});
