/** The share of an area's devices that really are online, by the truth: what O02 judges, and no incident of its own. */
import type { TruthRecord } from "../../simulator/truth.ts";
import type { City } from "../../twin/city/city.ts";
import { minutes } from "../../twin/kernel/time.ts";

interface Silence {
  readonly device: number;
  readonly from: number;
  readonly to: number;
}

/** A device is known to be silent so long after it fell silent, and a rate is judged when it has been low for a while. */
const NOTICED_MS = minutes(30);

export class OnlineTruth {
  readonly #city: City;
  readonly #from: number;
  readonly #silences: readonly Silence[];

  /** `from`: where the run begins, ms since epoch; what is silent before was never heard, and counts nowhere. */
  constructor(truth: readonly TruthRecord[], city: City, from: number) {
    this.#city = city;
    this.#from = from;
    this.#silences = truth.flatMap((record) => {
      const device = record.asset === null ? -1 : city.deviceOrdinal(record.asset);
      if (record.cause !== "device-off" || device < 0) return [];
      return [{ device, from: record.from, to: record.to ?? Number.POSITIVE_INFINITY }];
    });
  }

  /**
   * The least share that may have been seen online in an area (`office:…`, `banner:…`, `city`) at a moment; 1 where it has
   * no device. A device that has just fallen silent may count or not, so does one that is just back.
   */
  leastShare(area: string, at: number): number {
    const isMember = this.#membersOf(area);
    const dead = new Set<number>();
    const silent = new Set<number>();
    for (const { device, from, to } of this.#silences) {
      if (!isMember(device)) continue;
      if (from < this.#from && to > at) dead.add(device);
      else if (from <= at && to + NOTICED_MS >= at) silent.add(device);
    }
    const { devices } = this.#city;
    let heard = 0;
    for (let device = 0; device < devices.length; device++) {
      if (devices[device]!.reportEveryMs !== null && isMember(device) && !dead.has(device)) heard++;
    }
    return heard === 0 ? 1 : 1 - silent.size / heard;
  }

  #membersOf(area: string): (device: number) => boolean {
    const { kitchens, kitchenOfDevice } = this.#city;
    const [by = "", id = ""] = area.split(":");
    return (device) => {
      const kitchen = kitchens[kitchenOfDevice[device]!]!;
      return by === "office"
        ? kitchen.office === id
        : by === "banner"
          ? kitchen.banner === id
          : by === "city";
    };
  }
}
