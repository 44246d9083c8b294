/**
 * What the cameras' models report (DOMAIN §7: 8,000 and 15,000 raw hits a day in bursts, of which some 1,600 remain
 * after persistence and dedup; classes as in its table). Most bursts fulfil a rule, some are too short or too unsure.
 */
import { HOUR_MS, MINUTE_MS, SECOND_MS, timeOfDay } from "../../twin/kernel/time.ts";
import type { Dice } from "../dice.ts";
import type { CameraHits, Incident } from "../incidents.ts";
import { withFalseHits } from "../noise.ts";
import type { World } from "../world.ts";
import { defineMishaps, type MishapKind, type Rates } from "./mishap.ts";
import { atNight, inHours } from "./moments.ts";

/** A burst of hits of one class. */
interface Burst {
  readonly name: string;
  readonly class: (world: World, device: number, dice: Dice, at: number) => CameraHits["class"];
  readonly code: string;
  readonly rates: Rates;
  /** How many hits, in the baseline and in the full twin (whose cameras look more often). */
  readonly hits: { readonly [D in keyof Rates]: readonly [number, number] };
  readonly gapMs: readonly [number, number];
  readonly confidence?: readonly [number, number];
  /** Share that is really so. */
  readonly precision: number;
  readonly when?: MishapKind["when"];
  /** Counts only where food is handled (CONTRACT §9): another camera of the kitchen sees it, if this one does not. */
  readonly amongFood?: boolean;
}

const FOOD_ZONES: ReadonlySet<string> = new Set([
  "cooking",
  "rte-room",
  "prep",
  "cutting",
  "wash",
  "serving",
]);

const GOODS_ARE_IN_MS = 11 * HOUR_MS;

const same = (least: number, most: number) => ({ baseline: [least, most], full: [least, most] }) as const;
const seconds = (least: number, most: number) => [least * SECOND_MS, most * SECOND_MS] as const;

const BURSTS: readonly Burst[] = [
  {
    name: "clothing",
    amongFood: true,
    class: (world, device) => (world.city.devices[device]!.zone === "rte-room" ? "no_mask" : "no_hat"),
    code: "P01",
    rates: { baseline: 620, full: 780 },
    hits: { baseline: [2, 4], full: [3, 9] },
    gapMs: seconds(6, 20),
    precision: 0.9,
  },
  {
    name: "clothing, not sure",
    class: () => "no_hat",
    code: "",
    rates: { baseline: 160, full: 260 },
    hits: same(1, 3),
    gapMs: seconds(5, 15),
    confidence: [0.55, 0.79],
    precision: 0.3,
  },
  {
    name: "bins and floors",
    amongFood: true,
    class: (_world, _device, dice, at) => {
      const soil = dice.pick(["bin_open", "bin_open", "floor_dirty", "goods_on_floor"] as const);
      // Until then goods are received, and may stand there.
      return timeOfDay(at) < GOODS_ARE_IN_MS ? "bin_open" : soil;
    },
    code: "P06",
    rates: { baseline: 300, full: 370 },
    hits: { baseline: [13, 15], full: [13, 20] },
    gapMs: seconds(48, 58),
    precision: 0.85,
  },
  {
    name: "bins in use",
    class: () => "bin_open",
    code: "",
    rates: { baseline: 100, full: 150 },
    hits: same(1, 5),
    gapMs: seconds(20, 55),
    precision: 1,
  },
  {
    name: "phone",
    amongFood: true,
    class: () => "phone",
    code: "P03",
    rates: { baseline: 170, full: 200 },
    hits: { baseline: [4, 6], full: [5, 9] },
    gapMs: seconds(10, 20),
    precision: 0.8,
  },
  {
    name: "smoking",
    amongFood: true,
    class: () => "smoking",
    code: "P02",
    rates: { baseline: 85, full: 95 },
    hits: same(2, 4),
    gapMs: seconds(8, 18),
    precision: 0.85,
  },
  {
    name: "insects",
    class: () => "cockroach_fly",
    code: "P08",
    rates: { baseline: 24, full: 30 },
    hits: same(3, 5),
    gapMs: [8 * MINUTE_MS, 2 * HOUR_MS],
    precision: 0.7,
  },
  {
    name: "rat",
    class: () => "rat",
    code: "P07",
    rates: { baseline: 10, full: 12 },
    hits: same(1, 1),
    gapMs: [0, 0],
    precision: 0.6,
    when: atNight,
  },
  {
    name: "rat, again",
    class: () => "rat",
    code: "P07",
    rates: { baseline: 5, full: 6 },
    hits: same(2, 3),
    gapMs: [11 * MINUTE_MS, 90 * MINUTE_MS],
    precision: 0.75,
    when: atNight,
  },
  {
    name: "pet or stranger",
    class: (world, device) => (world.city.devices[device]!.zone === "rte-room" ? "stranger" : "pet"),
    code: "P05",
    rates: { baseline: 40, full: 48 },
    hits: same(4, 8),
    gapMs: seconds(4, 12),
    precision: 0.75,
  },
  {
    name: "raw and cooked",
    amongFood: true,
    class: () => "cross_use",
    code: "P04",
    rates: { baseline: 14, full: 18 },
    hits: same(1, 3),
    gapMs: seconds(5, 20),
    precision: 0.5,
  },
  {
    name: "unattended fire",
    class: () => "fire_unattended",
    code: "P09",
    rates: { baseline: 8, full: 10 },
    hits: same(12, 18),
    gapMs: seconds(26, 34),
    precision: 0.8,
  },
];

export const cameraHits = defineMishaps(
  "camera-hits",
  BURSTS.map(({ name, rates, when, ...burst }) => ({
    name,
    rates,
    precision: burst.precision,
    device: "camera" as const,
    when: when ?? inHours,
    incidents: (world, device, at, dice) => {
      const camera = burst.amongFood === true ? foodCamera(world, device) : device;
      const hits = hitsOf(world, camera, at, dice, burst);
      return burst.code === "P07" ? [hits, ...passedTraps(world, device, at, dice)] : [hits];
    },
  })),
  { felt: false },
);

/** A rat that a camera sees now and then also passes an infrared trap. */
function passedTraps(world: World, device: number, at: number, dice: Dice): Incident[] {
  const traps = world.devicesOf(world.city.kitchenOfDevice[device]!, "rodent-infrared");
  if (traps.length === 0 || !dice.chance(0.4)) return [];
  const trap = world.city.devices[dice.pick(traps)]!.id;
  return [{ kind: "infrared", device: trap, at: at + dice.int(2, 40) * MINUTE_MS, triggers: dice.int(1, 4) }];
}

function foodCamera(world: World, device: number): number {
  const zoneOf = (camera: number) => world.city.devices[camera]!.zone ?? "";
  if (FOOD_ZONES.has(zoneOf(device))) return device;
  const cameras = world.devicesOf(world.city.kitchenOfDevice[device]!, "camera");
  return cameras.find((camera) => FOOD_ZONES.has(zoneOf(camera))) ?? device;
}

function hitsOf(
  world: World,
  device: number,
  at: number,
  dice: Dice,
  burst: Omit<Burst, "name" | "rates" | "when">,
): Incident {
  const [low, high] = burst.confidence ?? [0.81, 0.97];
  const count = dice.int(...burst.hits[world.density]);
  let time = at;
  const hits = Array.from({ length: count }, () => {
    const hit = { at: time, confidence: dice.int(low * 100, high * 100) / 100 };
    time += dice.int(...burst.gapMs);
    return hit;
  });
  return {
    kind: "camera-hits",
    camera: world.city.devices[device]!.id,
    class: burst.class(world, device, dice, at),
    hits,
    code: burst.code,
    real: dice.chance(withFalseHits(1, burst.precision, world.noise.falseHits).precision),
  };
}

const spoilt =
  (state: "covered" | "blurred" | "shifted", least: number, most: number) =>
  (world: World, device: number, from: number, dice: Dice): Incident[] => [
    {
      kind: "camera-view",
      camera: world.city.devices[device]!.id,
      state,
      from,
      to: from + dice.int(least, most) * SECOND_MS,
    },
  ];

export const cameraViews = defineMishaps("camera-views", [
  {
    name: "covered",
    rates: { baseline: 70, full: 75 },
    device: "camera",
    when: inHours,
    incidents: spoilt("covered", 200, 900),
  },
  {
    name: "shifted",
    rates: { baseline: 30, full: 32 },
    device: "camera",
    when: inHours,
    incidents: spoilt("shifted", 600, 5_400),
  },
  {
    name: "steam",
    rates: { baseline: 250, full: 300 },
    device: "camera",
    when: inHours,
    incidents: spoilt("blurred", 20, 150),
  },
]);
