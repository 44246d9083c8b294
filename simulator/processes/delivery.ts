/** Orders of the delivery platforms: sealed by the kitchen, scanned by the rider (DOMAIN §7: 105,000 and 63,000 a day). */
import { unitProfiles } from "../../twin/city/unit-profiles.ts";
import { formatTime, MINUTE_MS, shanghaiDay } from "../../twin/kernel/time.ts";
import { blend } from "../dice.ts";
import { defineProcess } from "../process.ts";
import type { World } from "../world.ts";

/** `what` = order x 4 + step. */
const [SEALED, HANDED_OVER, PICKED_UP] = [0, 1, 2];
/** Of the meals that the platforms say they carry, these go through the sealing of the city. */
const SEALED_SHARE = 0.76;
const SCANNED_SHARE = 0.6;
const AT_PICKUP_SHARE = 0.1;
const BROKEN_SHARE = 0.0015;
const PLATFORMS = ["meituan", "meituan", "meituan", "eleme", "eleme", "jd"] as const;
const STATIONS_PER_BANNER = 6;
const RIDERS_PER_STATION = 30;

export const delivery = defineProcess({
  name: "delivery",
  planKitchen({ operates, kitchen, meals, dice, plan }) {
    const { deliveryShare, mealsPerDay, seats } = unitProfiles[kitchen.type];
    if (!operates || deliveryShare === 0 || meals.length === 0) return;
    const size = (kitchen.capacity ?? seats.average) / seats.average;
    const orders = dice.poisson(deliveryShare * mealsPerDay * size * SEALED_SHARE);
    for (let n = 0; n < orders; n++) {
      const { from, to } = dice.pick(meals);
      const sealed = Math.floor(dice.between(from + 10 * MINUTE_MS, to + 10 * MINUTE_MS));
      plan(sealed, n * 4 + SEALED);
      if (!dice.chance(SCANNED_SHARE)) continue;
      const pickup = dice.chance(AT_PICKUP_SHARE);
      const later = pickup ? dice.int(3, 12) : dice.int(18, 50);
      plan(sealed + later * MINUTE_MS + dice.int(0, 59) * 1_000, n * 4 + (pickup ? PICKED_UP : HANDED_OVER));
    }
  },
  act(world, planned) {
    const { kitchen, time, what } = planned;
    // An order's second step falls on the day of its first: only nights are long, and those orders come before 01:00.
    const day = shanghaiDay(time - 90 * MINUTE_MS);
    const n = Math.floor(what / 4);
    const order = carriageOf(world, kitchen, day, n);
    const dice = world.diceOf(planned);
    if (what % 4 === SEALED) {
      world.say(planned, order.platform, "warmcity.order.sealed", {
        ...order.data,
        cookedAt: formatTime(time - dice.int(2, 9) * MINUTE_MS),
      });
      return;
    }
    world.say(planned, order.platform, "warmcity.order.seal-scanned", {
      ...order.data,
      at: what % 4 === PICKED_UP ? "pickup" : "handover",
      intact: !dice.chance(world.isFallible(kitchen) ? BROKEN_SHARE : 0),
    });
  },
});

/** Who carries the n-th order of a kitchen's day: the same for its sealing and its scan. */
function carriageOf({ city, kitchens }: World, kitchen: number, day: number, n: number) {
  const { banner } = city.kitchens[kitchen]!;
  const draw = blend(kitchens.seed[kitchen]!, day, n, 0x6f72646572);
  const platform = PLATFORMS[kitchens.seed[kitchen]! % PLATFORMS.length]!;
  const station = `ST-${banner}-${1 + (kitchens.seed[kitchen]! % STATIONS_PER_BANNER)}`;
  return {
    platform: `/platforms/${platform}`,
    data: {
      order: `${platform[0]}${draw.toString(36)}${n}`,
      rider: `${station}-r${1 + (draw % RIDERS_PER_STATION)}`,
      station,
      seal: `FQ${(draw % 1_000_000_000).toString()}`,
    },
  };
}
