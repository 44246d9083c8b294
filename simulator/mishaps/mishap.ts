/**
 * A mishap: an incident of the background, drawn by chance at a daily rate. Each is a process like any other, so its day
 * is a function of seed and day alone.
 */
import type { DeviceKind } from "../../twin/devices/device-kind.ts";
import type { Planned } from "../agenda.ts";
import type { Dice } from "../dice.ts";
import { beginIncident } from "../effects/begin-incident.ts";
import type { Incident } from "../incidents.ts";
import { withFalseHits } from "../noise.ts";
import { type CityDay, defineProcess, type Process } from "../process.ts";
import type { World } from "../world.ts";

export interface Rates {
  /** Per day in the city of 11,266 kitchens (DOMAIN §7). */
  readonly baseline: number;
  readonly full: number;
}

export interface MishapKind {
  readonly name: string;
  readonly rates: Rates;
  /** Of hits of a model: the share that is really so. */
  readonly precision?: number;
  /** What it befalls. */
  readonly device: DeviceKind;
  /** Drawn evenly, not by the weakness of kitchens. Default false. */
  readonly evenly?: boolean;
  /** When it begins on the day; `null` = not on this one. */
  readonly when: (world: World, device: number, day: CityDay) => number | null;
  /** What happens then; `time` is whole ms. */
  readonly incidents: (world: World, device: number, time: number, dice: Dice) => readonly Incident[];
}

/** `what` = the kind's index x this + the number of the device in its kitchen. */
const DEVICES_MAX = 4_096;

export function defineMishaps(
  name: string,
  kinds: readonly MishapKind[],
  traits: { readonly lasting?: boolean; readonly felt?: boolean } = {},
): Process {
  return defineProcess({
    name,
    felt: traits.felt ?? true,
    lasting: traits.lasting ?? false,
    trouble: true,
    planCity(day, world) {
      if (!world.load) return;
      kinds.forEach((kind, index) => {
        draw(kind, index, day, world);
      });
    },
    act(world, planned) {
      const kind = kinds[Math.floor(planned.what / DEVICES_MAX)]!;
      const device = deviceOf(world, planned);
      for (const incident of kind.incidents(world, device, planned.time, world.diceOf(planned))) {
        beginIncident(world, incident);
      }
    },
  });
}

function draw(kind: MishapKind, index: number, day: CityDay, world: World): void {
  const { city } = world;
  const pool = world.pool(kind.device);
  if (pool === null) return;
  for (let n = day.dice.poisson(ratePerDay(kind, world) * world.scale); n > 0; n--) {
    const device = kind.evenly === true ? pool.pickEvenly(day.dice) : pool.pick(day.dice);
    const kitchen = city.kitchenOfDevice[device]!;
    const time = kind.when(world, device, day);
    if (time === null || !world.isFallible(kitchen)) continue;
    day.plan(Math.floor(time), index * DEVICES_MAX + device - city.firstDevice[kitchen]!, kitchen);
  }
}

function ratePerDay({ rates, precision }: MishapKind, { density, noise }: World): number {
  return precision === undefined
    ? rates[density]
    : withFalseHits(rates[density], precision, noise.falseHits).rate;
}

function deviceOf(world: World, { kitchen, what }: Readonly<Planned>): number {
  return world.city.firstDevice[kitchen]! + (what % DEVICES_MAX);
}
