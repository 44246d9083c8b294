/** Gas (DOMAIN §7: T09 L3 6 and 10 a day, L1 about one a week; single spikes by flames are none). */
import { MINUTE_MS, SECOND_MS } from "../../twin/kernel/time.ts";
import type { Dice } from "../dice.ts";
import type { Incident } from "../incidents.ts";
import type { World } from "../world.ts";
import { defineMishaps } from "./mishap.ts";
import { inHours } from "./moments.ts";

type Steps = readonly (readonly [number, number])[];

const release = (world: World, device: number, steps: Steps, until: number): Incident[] => [
  { kind: "gas-release", device: world.city.devices[device]!.id, steps, until },
];

export const gasMishaps = defineMishaps("gas-mishaps", [
  {
    name: "burner blown out",
    rates: { baseline: 6, full: 10 },
    device: "gas",
    when: inHours,
    incidents: (world, device, at, dice) =>
      release(world, device, [[at, level(dice, 11, 17)]], at + dice.int(100, 400) * SECOND_MS),
  },
  {
    name: "leak",
    rates: { baseline: 0.15, full: 0.2 },
    device: "gas",
    when: inHours,
    incidents: (world, device, at, dice) => {
      const rise = [8, 14, 21, 28, 35].map((lel, i): [number, number] => [at + i * 40 * SECOND_MS, lel]);
      return release(world, device, rise, at + dice.int(6, 20) * MINUTE_MS);
    },
  },
  {
    name: "brief whiff",
    rates: { baseline: 12, full: 30 },
    device: "gas",
    when: inHours,
    incidents: (world, device, at, dice) =>
      release(world, device, [[at, level(dice, 6, 9)]], at + dice.int(20, 50) * SECOND_MS),
  },
]);

function level(dice: Dice, low: number, high: number): number {
  return Math.round(dice.between(low, high) * 10) / 10;
}
