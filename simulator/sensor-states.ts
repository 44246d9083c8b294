/** The physical state behind every polled sensor: one element per slot (see `poll-groups.ts`). */
import type { City } from "../twin/city/city.ts";
import type { DeviceKind } from "../twin/devices/device-kind.ts";
import { mix32 } from "../twin/kernel/hash.ts";
import { blend, Dice } from "./dice.ts";
import type { KitchenStates } from "./kitchen-states.ts";
import type { PollGroups } from "./poll-groups.ts";

/** What a cold unit is like when nothing is wrong: a slow box with a compressor that overshoots a little. */
interface ColdUnit {
  readonly set: readonly [number, number];
  readonly hysteresis: number;
  /** Minutes in which a dead unit covers 63 % of the way to the air around it. */
  readonly tauMin: readonly [number, number];
  /** °C per minute that the running compressor takes away. */
  readonly cool: number;
  /** Minutes of heating in every eight hours; 0 = never. */
  readonly defrostMin: readonly [number, number];
}

const COLD_UNITS: { readonly [K in DeviceKind]?: ColdUnit } = {
  "fridge-temperature": {
    set: [2.6, 4.4],
    hysteresis: 0.7,
    tauMin: [420, 500],
    cool: 0.15,
    defrostMin: [0, 0],
  },
  "sample-fridge-temperature": {
    set: [2.8, 4.2],
    hysteresis: 0.5,
    tauMin: [420, 500],
    cool: 0.15,
    defrostMin: [0, 0],
  },
  "freezer-temperature": {
    set: [-19.5, -17],
    hysteresis: 0.8,
    tauMin: [470, 560],
    cool: 0.32,
    defrostMin: [18, 30],
  },
  "ice-machine": { set: [-9, -6], hysteresis: 0.8, tauMin: [300, 400], cool: 0.3, defrostMin: [0, 0] },
};

export class SensorStates {
  /** °C, or what else the program keeps. */
  readonly level: Float64Array;
  /** Band in which the compressor keeps the unit. */
  readonly low: Float32Array;
  readonly high: Float32Array;
  /** Per minute: share of the difference to the air around that leaks in. */
  readonly leak: Float32Array;
  readonly cool: Float32Array;
  readonly defrostMin: Uint8Array;
  /** °C that doors let in since the last poll. */
  readonly heat: Float32Array;
  readonly running: Uint8Array;
  /** Slot of the cold unit whose compressor this power meter watches; -1 = none. */
  readonly watched: Int32Array;
  readonly seed: Uint32Array;
  /** What an infrared trap has counted since its last report. */
  readonly triggers: Uint32Array;

  constructor(city: City, groups: PollGroups, kitchens: KitchenStates) {
    const { slots } = groups;
    this.level = new Float64Array(slots);
    this.low = new Float32Array(slots);
    this.high = new Float32Array(slots);
    this.leak = new Float32Array(slots);
    this.cool = new Float32Array(slots);
    this.defrostMin = new Uint8Array(slots);
    this.heat = new Float32Array(slots);
    this.running = new Uint8Array(slots);
    this.watched = new Int32Array(slots).fill(-1);
    this.seed = new Uint32Array(slots);
    this.triggers = new Uint32Array(slots);
    const dice = new Dice();
    const lastCold = new Int32Array(city.kitchens.length).fill(-1);
    city.devices.forEach((device, ordinal) => {
      const slot = groups.slotOf[ordinal]!;
      if (slot < 0) return;
      const kitchen = groups.kitchen[slot]!;
      const index = ordinal - city.firstDevice[kitchen]!;
      this.seed[slot] = blend(kitchens.seed[kitchen]!, index, 0x5e);
      const unit = COLD_UNITS[device.kind];
      if (unit !== undefined) {
        this.#furnish(slot, unit, dice.seat(this.seed[slot]!, 1));
        lastCold[kitchen] = slot;
      } else if (device.kind === "power") {
        this.watched[slot] = lastCold[kitchen]!;
      } else if (device.kind === "hot-holding-temperature" || device.kind === "room-temperature") {
        this.level[slot] = kitchens.ambient[kitchen]!;
      }
    });
  }

  /** A unit that has long been running: anywhere in its band, cooling or not. */
  #furnish(slot: number, unit: ColdUnit, dice: Dice): void {
    const set = dice.between(...unit.set);
    this.low[slot] = set - unit.hysteresis;
    this.high[slot] = set + unit.hysteresis;
    this.leak[slot] = 1 / dice.between(...unit.tauMin);
    this.cool[slot] = unit.cool * dice.between(0.9, 1.2);
    this.defrostMin[slot] = dice.int(...unit.defrostMin);
    this.level[slot] = dice.between(this.low[slot]!, this.high[slot]!);
    this.running[slot] = dice.chance(0.3) ? 1 : 0;
  }
}

/** `noiseAt` has a deviation of 1/√6. */
export const NOISE_SCALE = Math.sqrt(6);

/** Noise of a sensor at an instant: mean 0, within ±1, deviation 0.41. */
export function noiseAt(seed: number, tick: number): number {
  const draw = mix32(seed + Math.imul(tick, 0x9e3779b1));
  return ((draw & 0xffff) + (draw >>> 16)) / 65_536 - 1;
}
