/**
 * Devices that go off (DOMAIN §7: 900 and 3,000 a day, 3–5 % at any time), gateways without network, clocks, outages.
 * Most are back within half an hour; the rest waits a week for somebody to come, which makes up the 4 %.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../twin/kernel/time.ts";
import type { Dice } from "../dice.ts";
import type { Incident } from "../incidents.ts";
import type { World } from "../world.ts";
import { defineMishaps, type MishapKind } from "./mishap.ts";
import { anyTime } from "./moments.ts";

/** Of 47,000 and 106,000 devices: long outages a day x mean length = 4 % of them. */
const LONG_MEAN_DAYS = { baseline: 7.5, full: 6.4 };
const LONG_MAX_DAYS = 29;

const idOf = (world: World, device: number) => world.city.devices[device]!.id;
const kitchenOf = (world: World, device: number) =>
  world.city.kitchens[world.city.kitchenOfDevice[device]!]!.id;

const brief = (world: World, device: number, from: number, dice: Dice): Incident[] => [
  {
    kind: "device-off",
    device: idOf(world, device),
    from,
    to: from + dice.int(4, 25) * MINUTE_MS,
    warned: dice.chance(0.3),
  },
];

const long = (world: World, device: number, from: number, dice: Dice): Incident[] => {
  const days = Math.min(LONG_MAX_DAYS, 0.05 + dice.exponential(LONG_MEAN_DAYS[world.density]));
  const to = from + Math.floor(days * DAY_MS);
  return [{ kind: "device-off", device: idOf(world, device), from, to, warned: dice.chance(0.3) }];
};

/** Off transitions a day by kind of device, each by its share of the city's devices. */
const OFF: readonly (readonly [device: MishapKind["device"], baseline: number, full: number])[] = [
  ["camera", 575, 845],
  ["fridge-temperature", 215, 490],
  ["freezer-temperature", 0, 390],
  ["gas", 64, 345],
  ["dish-machine", 33, 225],
  ["hot-holding-temperature", 0, 165],
  ["rodent-infrared", 0, 130],
  ["power", 0, 150],
  ["fume", 0, 65],
  ["uv-lamp", 0, 65],
  ["room-temperature", 0, 57],
  ["sample-fridge-temperature", 13, 40],
  ["morning-check", 0, 13],
  ["room-humidity", 0, 10],
];
const LONG_SHARE = { baseline: 0.27, full: 0.22 };

export const briefOffs = defineMishaps(
  "brief-offs",
  OFF.map(([device, baseline, full]) => ({
    name: `${device} off`,
    rates: { baseline: (1 - LONG_SHARE.baseline) * baseline, full: (1 - LONG_SHARE.full) * full },
    device,
    evenly: true,
    when: anyTime,
    incidents: brief,
  })),
);

/** A dish machine that is broken washes nothing; one that washes reports. */
export const longOffs = defineMishaps(
  "long-offs",
  OFF.filter(([device]) => device !== "dish-machine").map(([device, baseline, full]) => ({
    name: `${device} broken`,
    rates: { baseline: LONG_SHARE.baseline * baseline, full: LONG_SHARE.full * full },
    device,
    evenly: true,
    when: anyTime,
    incidents: long,
  })),
  { lasting: true },
);

export const lineMishaps = defineMishaps("line-mishaps", [
  {
    name: "gateway without network",
    rates: { baseline: 20, full: 30 },
    device: "fridge-temperature",
    evenly: true,
    when: anyTime,
    incidents: (world, device, from, dice) => [
      {
        kind: "gateway-cut",
        kitchen: kitchenOf(world, device),
        from,
        to: from + dice.int(4, 22) * MINUTE_MS,
      },
    ],
  },
  {
    name: "clock of a gateway ahead",
    rates: { baseline: 1, full: 1.5 },
    device: "fridge-temperature",
    evenly: true,
    when: anyTime,
    incidents: (world, device, from, dice) => [
      {
        kind: "clock-skew",
        kitchen: kitchenOf(world, device),
        from,
        to: from + dice.int(60, 400) * MINUTE_MS,
        offsetMs: dice.int(150, 3_600) * 1_000,
      },
    ],
  },
  {
    name: "feeder without power",
    rates: { baseline: 0.15, full: 0.15 },
    device: "fridge-temperature",
    evenly: true,
    when: anyTime,
    incidents: (world, device, from, dice) => {
      const { feeder } = world.city.devices[device]!;
      if (feeder === null) return [];
      const to = from + dice.int(15, 70) * MINUTE_MS;
      const area = { by: "feeder", id: feeder } as const;
      return [{ kind: "area-cut", area, what: "power", from, to, lastTo: to + 0.1 * HOUR_MS }];
    },
  },
]);
