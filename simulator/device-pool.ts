/** Devices of one kind to draw from: those of weak kitchens come up six times as often (DOMAIN §7: 20 % give 60 %). */
import type { City } from "../twin/city/city.ts";
import type { DeviceKind } from "../twin/devices/device-kind.ts";
import type { Dice } from "./dice.ts";
import { isWeak } from "./kitchen-states.ts";

const WEAK_WEIGHT = 6;

export class DevicePool {
  readonly #devices: Uint32Array;
  /** Sum of the weights up to and with each device. */
  readonly #weights: Float64Array;

  /** `seeds`: chance of each kitchen. */
  constructor(city: City, kind: DeviceKind, seeds: Uint32Array) {
    const devices = city.devices.flatMap((device, ordinal) => (device.kind === kind ? [ordinal] : []));
    this.#devices = Uint32Array.from(devices);
    this.#weights = new Float64Array(devices.length);
    let sum = 0;
    devices.forEach((device, i) => {
      sum += isWeak(seeds[city.kitchenOfDevice[device]!]!) ? WEAK_WEIGHT : 1;
      this.#weights[i] = sum;
    });
  }

  get size(): number {
    return this.#devices.length;
  }

  /** Registry ordinal of a device; -1 if there is none. */
  pick(dice: Dice): number {
    const total = this.#weights.at(-1);
    if (total === undefined) return -1;
    const draw = dice.next() * total;
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
    return this.size === 0 ? -1 : this.#devices[dice.int(0, this.size - 1)]!;
  }
}
