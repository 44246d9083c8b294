/**
 * How long the devices of each kitchen were online, of the time that they could have been: device-milliseconds of the day
 * so far, in event time. A device counts from its first word on; one that was never heard is in no share.
 */
import type { City } from "../../twin/city/city.ts";

const NEVER = 0;
const OFFLINE = 1;
const ONLINE = 2;

export interface SavedOnlineTime {
  /** Device ordinals, and which of them are online. */
  readonly heard: readonly number[];
  readonly online: readonly number[];
  readonly onlineMs: readonly number[];
  readonly totalMs: readonly number[];
  readonly since: readonly number[];
}

/** Of one kitchen. */
export interface OnlineSums {
  /** Devices heard so far. */
  readonly devices: number;
  /** Device-milliseconds online, and those that it could have been. */
  readonly onlineMs: number;
  readonly totalMs: number;
}

export class OnlineTime {
  readonly #city: City;
  readonly #state: Uint8Array;
  readonly #heard: Uint16Array;
  readonly #online: Uint16Array;
  /** Counted up to here, ms since epoch. */
  readonly #since: Float64Array;
  readonly #onlineMs: Float64Array;
  readonly #totalMs: Float64Array;

  constructor(city: City) {
    const kitchens = city.kitchens.length;
    this.#city = city;
    this.#state = new Uint8Array(city.devices.length);
    this.#heard = new Uint16Array(kitchens);
    this.#online = new Uint16Array(kitchens);
    this.#since = new Float64Array(kitchens);
    this.#onlineMs = new Float64Array(kitchens);
    this.#totalMs = new Float64Array(kitchens);
  }

  /** The device was heard, or fell silent. */
  set(device: number, isOnline: boolean, time: number): void {
    const before = this.#state[device]!;
    const after = isOnline ? ONLINE : OFFLINE;
    if (before === after || (before === NEVER && !isOnline)) return;
    const kitchen = this.#city.kitchenOfDevice[device]!;
    this.#count(kitchen, time);
    this.#state[device] = after;
    if (before === NEVER) this.#heard[kitchen]!++;
    this.#online[kitchen]! += isOnline ? 1 : -1;
  }

  /** The sums since it was last asked; it begins anew. */
  take(kitchen: number, time: number): OnlineSums {
    this.#count(kitchen, time);
    const sums = {
      devices: this.#heard[kitchen]!,
      onlineMs: this.#onlineMs[kitchen]!,
      totalMs: this.#totalMs[kitchen]!,
    };
    this.#onlineMs[kitchen] = 0;
    this.#totalMs[kitchen] = 0;
    return sums;
  }

  #count(kitchen: number, time: number): void {
    const ms = time - this.#since[kitchen]!;
    if (ms <= 0) return;
    this.#since[kitchen] = time;
    this.#onlineMs[kitchen]! += ms * this.#online[kitchen]!;
    this.#totalMs[kitchen]! += ms * this.#heard[kitchen]!;
  }

  save(): SavedOnlineTime {
    const heard: number[] = [];
    const online: number[] = [];
    for (const [device, state] of this.#state.entries()) {
      if (state !== NEVER) heard.push(device);
      if (state === ONLINE) online.push(device);
    }
    return {
      heard,
      online,
      onlineMs: [...this.#onlineMs],
      totalMs: [...this.#totalMs],
      since: [...this.#since],
    };
  }

  restore(saved: SavedOnlineTime): void {
    this.#state.fill(NEVER);
    this.#heard.fill(0);
    this.#online.fill(0);
    for (const device of saved.heard) {
      this.#state[device] = OFFLINE;
      this.#heard[this.#city.kitchenOfDevice[device]!]!++;
    }
    for (const device of saved.online) {
      this.#state[device] = ONLINE;
      this.#online[this.#city.kitchenOfDevice[device]!]!++;
    }
    this.#onlineMs.set(saved.onlineMs);
    this.#totalMs.set(saved.totalMs);
    this.#since.set(saved.since);
  }
}
