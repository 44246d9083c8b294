/**
 * Which slots of a group speak now, as ready-made columns: built again only after a device of the group fell silent,
 * came back or restarted. Devices without bootid, those in their first boot (who share its id, which makes a message short) and
 * those that restarted are kept apart, and so are kitchens whose gateway needs care.
 */
import type { DeviceLives } from "./device-lives.ts";
import type { PollGroup, PollGroups } from "./poll-groups.ts";

/** Slots that go into one message; constant until the next change of the group. */
export interface SlotBatch {
  readonly slots: Uint32Array;
  /** Registry ordinals, in the order of `slots`. */
  readonly devices: Uint32Array;
  readonly boots: readonly string[] | null;
}

export interface ActiveSlots {
  readonly batches: readonly SlotBatch[];
  /** Slots of kitchens that are cut off or have a wrong clock. */
  readonly special: readonly number[];
}

export class ActiveSlotsOfGroups {
  readonly #groups: PollGroups;
  readonly #lives: DeviceLives;
  readonly #isSpecial: (kitchen: number) => boolean;
  readonly #known: (ActiveSlots | undefined)[];

  constructor(groups: PollGroups, lives: DeviceLives, isSpecial: (kitchen: number) => boolean) {
    this.#groups = groups;
    this.#lives = lives;
    this.#isSpecial = isSpecial;
    this.#known = new Array<ActiveSlots | undefined>(groups.groups.length);
  }

  /** To be called after each change of a device's life or of its gateway. */
  changed(device: number): void {
    const slot = this.#groups.slotOf[device]!;
    if (slot >= 0) this.#known[this.#groups.groupOf[slot]!] = undefined;
  }

  of(group: PollGroup): ActiveSlots {
    this.#known[group.index] ??= this.#build(group);
    return this.#known[group.index]!;
  }

  #build(group: PollGroup): ActiveSlots {
    const plain: number[] = [];
    const first: number[] = [];
    const restarted: number[] = [];
    const special: number[] = [];
    for (let slot = group.from; slot < group.to; slot++) {
      const device = this.#groups.ordinal[slot]!;
      if (this.#lives.isSilent(device)) continue;
      if (!group.cameras && this.#isSpecial(this.#groups.kitchen[slot]!)) special.push(slot);
      else if (this.#lives.bootOf(device) === null) plain.push(slot);
      else if (this.#lives.hasRestarted(device)) restarted.push(slot);
      else first.push(slot);
    }
    const batches = [this.#batch(plain, false), this.#batch(first, true), this.#batch(restarted, true)];
    return { batches: batches.filter((batch) => batch.slots.length > 0), special };
  }

  /** In registry order: who reads them finds the devices of a kitchen side by side in memory. */
  #batch(slots: readonly number[], booted: boolean): SlotBatch {
    const { ordinal } = this.#groups;
    const sorted = Uint32Array.from(slots).sort((a, b) => ordinal[a]! - ordinal[b]!);
    const devices = sorted.map((slot) => ordinal[slot]!);
    const boots = booted ? Array.from(devices, (device) => this.#lives.bootOf(device)!) : null;
    return { slots: sorted, devices, boots };
  }
}
