/** What goes on in each kitchen now, as far as sensors feel it. Processes write it, sensor programs read it. */
import type { City } from "../twin/city/city.ts";
import { hash32 } from "../twin/kernel/hash.ts";

export class KitchenStates {
  /** Air around the appliances, °C. */
  readonly ambient: Float64Array;
  /** How hard the stoves work, 0 … 1. */
  readonly cooking: Float64Array;
  /** Hot holding is switched on for a meal. */
  readonly service: Uint8Array;
  /** The UV lamps of the room for ready-to-eat food burn. */
  readonly uv: Uint8Array;
  /** People in the room for ready-to-eat food. */
  readonly people: Uint8Array;
  /** Somebody works: outside of that, lights and mains are low. */
  readonly open: Uint8Array;
  /** 1 = without mains power. */
  readonly dark: Uint8Array;
  /** Chance of a kitchen, unsigned 32-bit: all its dice are seated with it. */
  readonly seed: Uint32Array;

  constructor(city: City, seed: number) {
    const size = city.kitchens.length;
    this.seed = Uint32Array.from(city.kitchens, (kitchen) => hash32(kitchen.id, seed));
    this.ambient = Float64Array.from(this.seed, (draw) => 20 + (draw % 500) / 100);
    this.cooking = new Float64Array(size);
    this.service = new Uint8Array(size);
    this.uv = new Uint8Array(size);
    this.people = new Uint8Array(size);
    this.open = new Uint8Array(size);
    this.dark = new Uint8Array(size);
  }
}

const WEAK_SHARE = 0.2;

/** Whether the unit belongs to the fifth that gives three fifths of the findings (DOMAIN §7): the same in every run. */
export function isWeak(seed: number): boolean {
  return (seed >>> 4) % 1_000 < 1_000 * WEAK_SHARE;
}
