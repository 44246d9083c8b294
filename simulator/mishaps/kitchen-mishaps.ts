/** What goes wrong at work (DOMAIN §7: T03 8/45, T04 4/15, T06 20/110, T07 10/25 a day; T05 and T10 are our guess). */
import { unitProfiles } from "../../twin/city/unit-profiles.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../twin/kernel/time.ts";
import type { Dice } from "../dice.ts";
import type { Incident, Neglect } from "../incidents.ts";
import type { World } from "../world.ts";
import { defineMishaps } from "./mishap.ts";
import { afterMeal, atMidnight, beforeMeal, inMeal } from "./moments.ts";

const neglected =
  (what: Neglect["what"], hours: number) =>
  (world: World, device: number, from: number): Incident[] => {
    const kitchen = world.city.kitchens[world.city.kitchenOfDevice[device]!]!.id;
    const named = what === "dish-cold" ? { device: world.city.devices[device]!.id } : {};
    return [{ kind: "neglect", what, kitchen, ...named, from, to: from + hours * HOUR_MS }];
  };

/** Canteens keep samples; those of offices when they serve more than a hundred (DOMAIN R14). */
function keepsSamples({ city }: World, device: number): boolean {
  const { type, capacity } = city.kitchens[city.kitchenOfDevice[device]!]!;
  return unitProfiles[type].canteen && (type !== "office" || (capacity ?? 0) > 100);
}

/** A plateau for some minutes, reached within five. */
const plateau =
  (code: string, value: readonly [number, number], lastsMin: readonly [number, number], sigma: number) =>
  (world: World, device: number, at: number, dice: Dice): Incident[] => {
    const level = dice.between(...value);
    const end = at + dice.int(...lastsMin) * MINUTE_MS;
    const slot = world.groups.slotOf[device]!;
    const usual = world.sensors.level[slot]!;
    const points: [number, number][] = [
      [at, usual],
      [at + 5 * MINUTE_MS, level],
      [end, level],
      [end + 5 * MINUTE_MS, usual],
    ];
    return [{ kind: "sensor-profile", device: world.city.devices[device]!.id, points, sigma, code }];
  };

export const kitchenMishaps = defineMishaps("kitchen-mishaps", [
  {
    name: "hot holding too cool",
    rates: { baseline: 8, full: 45 },
    device: "hot-holding-temperature",
    when: inMeal,
    incidents: plateau("T03", [50, 57], [25, 55], 0.3),
  },
  {
    name: "room for ready-to-eat food too warm",
    rates: { baseline: 4, full: 15 },
    device: "room-temperature",
    when: inMeal,
    incidents: plateau("T04", [26, 28], [25, 60], 0.1),
  },
  {
    name: "lamps forgotten",
    rates: { baseline: 0, full: 20 },
    device: "uv-lamp",
    when: atMidnight,
    incidents: neglected("no-lamps", 24),
  },
  {
    name: "dish machine too cold for two days",
    rates: { baseline: 9, full: 50 },
    device: "dish-machine",
    when: atMidnight,
    incidents: neglected("dish-cold", 48),
  },
  {
    name: "dishes left over a meal",
    rates: { baseline: 11, full: 60 },
    device: "dish-machine",
    when: afterMeal,
    incidents: neglected("unwashed", 3.6),
  },
  {
    name: "no samples kept of a meal",
    // One alert a meal, in the two thirds of the units with a sample fridge that must keep samples: 10 and 25 a day.
    rates: { baseline: 15, full: 37 },
    device: "sample-fridge-temperature",
    when: beforeMeal,
    incidents: (world, device, from) =>
      keepsSamples(world, device) ? neglected("no-samples", 3)(world, device, from) : [],
  },
  {
    name: "purifier clogged",
    rates: { baseline: 0, full: 10 },
    device: "fume",
    when: inMeal,
    incidents: plateau("T10", [2.3, 3.4], [75, 110], 0.05),
  },
  {
    name: "seals broken by a rider",
    rates: { baseline: 0.1, full: 0.1 },
    device: "camera",
    when: inMeal,
    incidents: (world, device, at) => {
      const { id, banner } = world.city.kitchens[world.city.kitchenOfDevice[device]!]!;
      const station = `ST-${banner}-9`;
      // The first orders are sealed a little before they are handed over, but not before now.
      const from = at + HOUR_MS;
      const riders = [`${station}-r1`];
      const orders = { from, to: from + 40 * MINUTE_MS, orders: 60, breaches: 8 };
      return [{ kind: "seal-breaches", kitchens: [id], station, riders, platform: "meituan", ...orders }];
    },
  },
  {
    name: "guests fall ill",
    rates: { baseline: 0.004, full: 0.004 },
    device: "camera",
    when: afterMeal,
    incidents: (world, device, at, dice) => {
      const kitchen = world.city.kitchens[world.city.kitchenOfDevice[device]!]!.id;
      const reports = Array.from({ length: dice.int(3, 7) }, (_, i) => ({
        at: at + (18 + i) * HOUR_MS,
        person: `p-${dice.uint32().toString(36)}`,
        hospital: false,
        people: 1,
      }));
      return [{ kind: "illness", kitchen, reports }];
    },
  },
  {
    name: "sensor taped",
    rates: { baseline: 0.3, full: 0.8 },
    device: "fridge-temperature",
    when: atMidnight,
    incidents: (world, device, at) => [
      {
        kind: "sensor-profile",
        device: world.city.devices[device]!.id,
        points: [
          [at + 9 * HOUR_MS, 4],
          [at + DAY_MS - HOUR_MS, 4],
        ],
        code: "O04",
      },
    ],
  },
]);
