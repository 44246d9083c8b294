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

/** What became of a device in the counts: it fell silent, came back, or left with its unit, which has closed. */
export type DeviceChange = "silent" | "back" | "gone";

/** Area rules need so many heard devices of so many kitchens (CONTRACT §8.4). */
const DEVICES_MIN = 20;
const KITCHENS_MIN = 5;

const NEVER = 0;
const ONLINE = 1;
const SILENT = 2;

/** Whether the area is large enough for rules that judge shares of it. */
export function isJudged(count: AreaCount): boolean {
  return count.known >= DEVICES_MIN && count.kitchens >= KITCHENS_MIN;
}

export class AreaCounts {
  readonly #city: City;
  readonly #counts = new Map<string, AreaCount>();
  readonly #areasOfDevice: readonly (readonly string[])[];
  readonly #state: Uint8Array;
  readonly #isClosed: Uint8Array;
  readonly #knownOfKitchen: Map<string, number>[];
  readonly #touched = new Set<string>();
  readonly #around: ReadonlyMap<string, readonly string[]>;

  constructor(city: City) {
    this.#city = city;
    this.#state = new Uint8Array(city.devices.length);
    this.#isClosed = new Uint8Array(city.kitchens.length);
    this.#knownOfKitchen = city.kitchens.map(() => new Map<string, number>());
    this.#areasOfDevice = areasByDevice(city);
    this.#around = areasAround(this.#areasOfDevice);
  }

  /** Larger areas in which the area lies, but for a fifth of its devices at most. */
  around(area: string): readonly string[] {
    return this.#around.get(area) ?? [];
  }

  count(area: string): AreaCount | undefined {
    return this.#counts.get(area);
  }

  areasOf(device: number): readonly string[] {
    return this.#areasOfDevice[device]!;
  }

  isOnline(device: number): boolean {
    return this.#state[device] === ONLINE;
  }

  /** Areas whose counts changed since `untouch`. */
  get touched(): ReadonlySet<string> {
    return this.#touched;
  }

  untouch(): void {
    this.#touched.clear();
  }

  /** The device was heard, or fell silent. Returns what changed in the counts; `null` = nothing but perhaps its first word. */
  setOnline(device: number, online: boolean): DeviceChange | null {
    const before = this.#state[device]!;
    const after = online ? ONLINE : SILENT;
    if (before === after || (before === NEVER && !online)) return null;
    this.#state[device] = after;
    const kitchen = this.#city.kitchenOfDevice[device]!;
    if (this.#isClosed[kitchen] === 1) return null;
    if (before === NEVER) {
      this.#add(device, kitchen, 1);
      return null;
    }
    for (const area of this.#areasOfDevice[device]!) {
      this.#counts.get(area)!.online += online ? 1 : -1;
      this.#touched.add(area);
    }
    return online ? "back" : "silent";
  }

  /** The unit closed or opened: all its devices leave or join the counts. Returns whether it was otherwise before. */
  setClosed(kitchen: number, closed: boolean): boolean {
    if ((this.#isClosed[kitchen] === 1) === closed) return false;
    this.#isClosed[kitchen] = closed ? 1 : 0;
    for (let d = this.#city.firstDevice[kitchen]!; d < this.#city.firstDevice[kitchen + 1]!; d++) {
      if (this.#state[d] !== NEVER) this.#add(d, kitchen, closed ? -1 : 1);
    }
    return true;
  }

  #add(device: number, kitchen: number, sign: 1 | -1): void {
    const known = this.#knownOfKitchen[kitchen]!;
    for (const area of this.#areasOfDevice[device]!) {
      const count = this.#countOf(area);
      const before = known.get(area) ?? 0;
      known.set(area, before + sign);
      if (before === 0 || before + sign === 0) count.kitchens += sign;
      count.known += sign;
      if (this.#state[device] === ONLINE) count.online += sign;
      this.#touched.add(area);
    }
  }

  #countOf(area: string): AreaCount {
    let count = this.#counts.get(area);
    if (count === undefined) {
      count = { area, known: 0, online: 0, kitchens: 0 };
      this.#counts.set(area, count);
    }
    return count;
  }

  save(): { state: number[]; closed: number[]; touched: string[]; areas: string[] } {
    const areas = [...this.#counts.keys()];
    return { state: [...this.#state], closed: [...this.#isClosed], touched: [...this.#touched], areas };
  }

  restore(saved: ReturnType<AreaCounts["save"]>): void {
    // Rules ask for an area that was counted once, though all of its units may have closed since.
    for (const area of saved.areas) this.#countOf(area);
    this.#isClosed.set(saved.closed);
    saved.state.forEach((state, device) => {
      this.#state[device] = state;
      const kitchen = this.#city.kitchenOfDevice[device]!;
      if (state !== NEVER && this.#isClosed[kitchen] === 0) this.#add(device, kitchen, 1);
    });
    this.#touched.clear();
    for (const area of saved.touched) this.#touched.add(area);
  }
}

const INSIDE_SHARE = 0.8;

/** By the devices of the registry, heard or not. */
function areasAround(areasOfDevice: readonly (readonly string[])[]): ReadonlyMap<string, readonly string[]> {
  const devicesWith = new Map<readonly string[], number>();
  for (const list of areasOfDevice) devicesWith.set(list, (devicesWith.get(list) ?? 0) + 1);
  const shared = new Map<string, Map<string, number>>();
  for (const [list, devices] of devicesWith) {
    for (const area of list) {
      const others = shared.get(area) ?? new Map<string, number>();
      for (const other of list) others.set(other, (others.get(other) ?? 0) + devices);
      shared.set(area, others);
    }
  }
  const sizeOf = (area: string): number => shared.get(area)?.get(area) ?? 0;
  const around = new Map<string, readonly string[]>();
  for (const [area, others] of shared) {
    const isAround = ([other, devices]: [string, number]) =>
      devices >= INSIDE_SHARE * sizeOf(area) && sizeOf(other) > sizeOf(area);
    around.set(
      area,
      [...others].filter(isAround).map(([other]) => other),
    );
  }
  return around;
}

/** Devices of one kitchen mostly share feeder and ISP segment, so their lists are shared too. */
function areasByDevice(city: City): readonly (readonly string[])[] {
  const lists = new Map<string, readonly string[]>();
  return city.devices.map((device, ordinal) => {
    const kitchen = city.kitchens[city.kitchenOfDevice[ordinal]!]!;
    const name = [kitchen.banner, kitchen.office, device.feeder, device.isp].join("\n");
    const known = lists.get(name);
    if (known !== undefined) return known;
    const areas = ["city", `banner:${kitchen.banner}`, `office:${kitchen.office}`];
    if (device.feeder !== null) areas.push(`feeder:${device.feeder}`);
    if (device.isp !== null) areas.push(`isp:${device.isp}`);
    lists.set(name, areas);
    return areas;
  });
}
