/** Throws old measurements away, hour by hour, but those that somebody still needs. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { hashHex } from "../../twin/kernel/hash.ts";
import type { PartFolder } from "./part-folder.ts";
import { HOUR_MS } from "./sample-code.ts";

/** Devices whose measurements must stay: registry ordinals up to, not including, `endDevice`; `toMs` too is exclusive. */
export interface HeldDevices {
  readonly firstDevice: number;
  readonly endDevice: number;
  readonly fromMs: number;
  readonly toMs: number;
}

export class OldHours {
  readonly #folder: PartFolder;
  /** Hour -> what was held of it when it was last gone through: while that stays, there is nothing to do. */
  readonly #done = new Map<number, string>();

  constructor(folder: PartFolder) {
    this.#folder = folder;
  }

  /** An hour that was gone through may get measurements again: late ones. */
  touched(hour: number): void {
    this.#done.delete(hour);
  }

  /** Every hour that ended by `before` (ms since epoch). Returns from how many something went. Throws as the folder does. */
  async forget(before: number, held: readonly HeldDevices[]): Promise<number> {
    let count = 0;
    const old = [...this.#folder.hours()].filter((hour) => (hour + 1) * HOUR_MS <= before);
    for (const hour of old.sort((a, b) => a - b)) {
      const from = hour * HOUR_MS;
      const spans = held.filter(({ fromMs, toMs }) => fromMs < from + HOUR_MS && toMs > from);
      const mark = hashHex(spans.map(({ firstDevice, endDevice }) => `${firstDevice}-${endDevice}`).join());
      if (this.#done.get(hour) === mark) continue;
      if (await this.#folder.keepOnly(hour, devicesIn(spans))) count++;
      if (spans.length === 0) this.#done.delete(hour);
      else this.#done.set(hour, mark);
      await nextTurn();
    }
    return count;
  }
}

function devicesIn(spans: readonly HeldDevices[]): ReadonlySet<number> {
  const devices = new Set<number>();
  for (const { firstDevice, endDevice } of spans)
    for (let device = firstDevice; device < endDevice; device++) devices.add(device);
  return devices;
}
