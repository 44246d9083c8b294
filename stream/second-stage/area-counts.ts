/**
 * How many devices each area has and how many of them are online: offices, banners, the city, feeders, ISP segments.
 * Devices of closed units and devices never heard are in no count (CONTRACT §9, O02).
 */
import type { City } from "../../twin/city/city.ts";

export interface AreaCount {
  /** `city`, `banner:150602`, `office:…`, `feeder:…`, `isp:…` */
  readonly area: string;
  /** Devices heard at least once, of units that are open. */
  known: number;
  online: number;
  /** Kitchens with at least one known device. */
  kitchens: number;
}

export class AreaCounts {
  readonly #city: City;
  readonly #counts = new Map<string, AreaCount>();
  readonly #areasOfDevice: readonly (readonly string[])[];
  /** 0 never, 1 online, 2 silent. */
  readonly #state: Uint8Array;
  readonly #isClosed: Uint8Array;
  readonly #knownOfKitchen: Map<string, number>[];

  constructor(city: City) {
    this.#city = city;
    this.#state = new Uint8Array(city.devices.length);
    this.#isClosed = new Uint8Array(city.kitchens.length);
    this.#knownOfKitchen = city.kitchens.map(() => new Map<string, number>());
    this.#areasOfDevice = areasByDevice(city);
  }

  /** All areas with their counts, in the order in which they were first seen. */
  all(): Iterable<AreaCount> {
    return this.#counts.values();
  }

  count(area: string): AreaCount | undefined {
    return this.#counts.get(area);
  }

  areasOf(device: number): readonly string[] {
    return this.#areasOfDevice[device]!;
  }

  isOnline(device: number): boolean {
    return this.#state[device] === 1;
  }

  isKnown(device: number): boolean {
    return this.#state[device] !== 0 && this.#isClosed[this.#city.kitchenOfDevice[device]!] === 0;
  }

  /** The device was heard, or fell silent. Returns whether that changed a count. */
  setOnline(device: number, online: boolean): boolean {
    const before = this.#state[device]!;
    const after = online ? 1 : 2;
    if (before === after) return false;
    if (before === 0 && !online) return false;
    this.#state[device] = after;
    const kitchen = this.#city.kitchenOfDevice[device]!;
    if (this.#isClosed[kitchen] === 1) return false;
    if (before === 0) this.#add(device, kitchen, 1);
    else for (const area of this.#areasOfDevice[device]!) this.#counts.get(area)!.online += online ? 1 : -1;
    return true;
  }

  /** The unit closed or opened: all its devices leave or join the counts. */
  setClosed(kitchen: number, closed: boolean): boolean {
    if ((this.#isClosed[kitchen] === 1) === closed) return false;
    this.#isClosed[kitchen] = closed ? 1 : 0;
    let changed = false;
    for (let d = this.#city.firstDevice[kitchen]!; d < this.#city.firstDevice[kitchen + 1]!; d++) {
      if (this.#state[d] === 0) continue;
      this.#add(d, kitchen, closed ? -1 : 1);
      changed = true;
    }
    return changed;
  }

  #add(device: number, kitchen: number, sign: 1 | -1): void {
    const known = this.#knownOfKitchen[kitchen]!;
    for (const area of this.#areasOfDevice[device]!) {
      let count = this.#counts.get(area);
      if (count === undefined) {
        count = { area, known: 0, online: 0, kitchens: 0 };
        this.#counts.set(area, count);
      }
      const before = known.get(area) ?? 0;
      known.set(area, before + sign);
      if (before === 0 || before + sign === 0) count.kitchens += sign;
      count.known += sign;
      if (this.#state[device] === 1) count.online += sign;
    }
  }

  save(): { state: number[]; closed: number[] } {
    return { state: [...this.#state], closed: [...this.#isClosed] };
  }

  restore(saved: { state: readonly number[]; closed: readonly number[] }): void {
    this.#isClosed.set(saved.closed);
    saved.state.forEach((state, device) => {
      this.#state[device] = state;
      const kitchen = this.#city.kitchenOfDevice[device]!;
      if (state !== 0 && this.#isClosed[kitchen] === 0) this.#add(device, kitchen, 1);
    });
  }
}

/** Devices of one kitchen mostly share feeder and ISP segment, so their lists are shared too. */
function areasByDevice(city: City): readonly (readonly string[])[] {
  const lists = new Map<string, readonly string[]>();
  return city.devices.map((device, ordinal) => {
    const kitchen = city.kitchens[city.kitchenOfDevice[ordinal]!]!;
    const name = `${kitchen.office} ${device.feeder ?? ""} ${device.isp ?? ""}`;
    const known = lists.get(name);
    if (known !== undefined) return known;
    const areas = ["city", `banner:${kitchen.banner}`, `office:${kitchen.office}`];
    if (device.feeder !== null) areas.push(`feeder:${device.feeder}`);
    if (device.isp !== null) areas.push(`isp:${device.isp}`);
    lists.set(name, areas);
    return areas;
  });
}
