/** Devices of one kind to draw from: those of weak kitchens come up six times as often (DOMAIN §7: 20 % give 60 %). */
import type { City } from "../twin/city/city.ts";
import type { DeviceKind } from "../twin/devices/device-kind.ts";
import type { Dice } from "./dice.ts";
import { isWeak } from "./kitchen-states.ts";

const WEAK_WEIGHT = 6;

/** The pools of all kinds; `seeds`: chance of each kitchen. */
export function devicePools(city: City, seeds: Uint32Array): Map<DeviceKind, DevicePool> {
  const members = new Map<DeviceKind, number[]>();
  city.devices.forEach(({ kind }, device) => {
    const known = members.get(kind);
    if (known === undefined) members.set(kind, [device]);
    else known.push(device);
  });
  const weightOf = (device: number) => (isWeak(seeds[city.kitchenOfDevice[device]!]!) ? WEAK_WEIGHT : 1);
  return new Map([...members].map(([kind, devices]) => [kind, new DevicePool(devices, weightOf)]));
}

export class DevicePool {
  readonly #devices: Uint32Array;
  /** Sum of the weights up to and with each device. */
  readonly #weights: Float64Array;

  constructor(devices: readonly number[], weightOf: (device: number) => number) {
    this.#devices = Uint32Array.from(devices);
    this.#weights = new Float64Array(devices.length);
    let sum = 0;
    devices.forEach((device, i) => {
      sum += weightOf(device);
      this.#weights[i] = sum;
    });
  }

  /** Registry ordinal of a device. */
  pick(dice: Dice): number {
    const draw = dice.next() * this.#weights.at(-1)!;
    let low = 0;
    let high = this.#weights.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#weights[middle]! > draw) high = middle;
      else low = middle + 1;
    }
    return this.#devices[low]!;
  }

  /** Any device of the kind, all alike. */
  pickEvenly(dice: Dice): number {
    return this.#devices[dice.int(0, this.#devices.length - 1)]!;
  }
}
