/**
 * The city: the parsed registry, frozen, with ordinals. Inside the program a kitchen is its index in `kitchens`, a
 * device its ordinal in `devices` (registry order), so that detectors can keep state in typed arrays.
 */
import type { Device, Kitchen } from "./kitchen.ts";

export interface Street {
  readonly id: string;
  readonly name: string;
  readonly kitchens: readonly string[];
  readonly displays: readonly string[];
}

export interface Supplier {
  readonly id: string;
  readonly name: string;
  readonly secondTierOf: string | null;
}

export class City {
  readonly kitchens: readonly Kitchen[];
  readonly streets: readonly Street[];
  readonly suppliers: readonly Supplier[];
  /** All devices in registry order. */
  readonly devices: readonly Device[];
  /** Index of the kitchen that owns the device of this ordinal. */
  readonly kitchenOfDevice: Uint32Array;
  /** Ordinal of a kitchen's first device; its others follow. One element more than kitchens. */
  readonly firstDevice: Uint32Array;
  readonly #kitchenIndex: Map<string, number>;
  readonly #deviceIndex: Map<string, number>;

  constructor(parts: {
    kitchens: readonly Kitchen[];
    streets: readonly Street[];
    suppliers: readonly Supplier[];
  }) {
    this.kitchens = parts.kitchens;
    this.streets = parts.streets;
    this.suppliers = parts.suppliers;
    this.#kitchenIndex = new Map(parts.kitchens.map((kitchen, index) => [kitchen.id, index]));
    this.firstDevice = new Uint32Array(parts.kitchens.length + 1);
    const devices: Device[] = [];
    parts.kitchens.forEach((kitchen, index) => {
      this.firstDevice[index] = devices.length;
      for (const device of kitchen.devices) devices.push(device);
    });
    this.firstDevice[parts.kitchens.length] = devices.length;
    this.devices = devices;
    this.kitchenOfDevice = new Uint32Array(devices.length);
    for (let k = 0; k < parts.kitchens.length; k++) {
      this.kitchenOfDevice.fill(k, this.firstDevice[k], this.firstDevice[k + 1]);
    }
    this.#deviceIndex = new Map(devices.map((device, ordinal) => [device.id, ordinal]));
  }

  /** Index of a kitchen id; -1 if the registry has no such kitchen. */
  kitchenIndex(id: string): number {
    return this.#kitchenIndex.get(id) ?? -1;
  }

  /** Ordinal of a device id; -1 if the registry has no such device. */
  deviceOrdinal(id: string): number {
    return this.#deviceIndex.get(id) ?? -1;
  }
}
