/** What polled sensors said, as columns: one message for the whole city, others for gateways that need care. */
import type { City } from "../twin/city/city.ts";
import type { Columns } from "../twin/events/columns.ts";
import type { ActiveSlotsOfGroups, SlotBatch } from "./active-slots.ts";
import type { ColumnStore } from "./column-store.ts";
import type { DeviceLives } from "./device-lives.ts";
import type { Gateways } from "./gateways.ts";
import type { PollGroup, PollGroups } from "./poll-groups.ts";
import type { Post } from "./post.ts";

export interface PollsOf {
  readonly city: City;
  readonly groups: PollGroups;
  readonly lives: DeviceLives;
  readonly gateways: Gateways;
  readonly active: ActiveSlotsOfGroups;
  readonly store: ColumnStore;
  readonly post: Post;
  readonly source: string;
}

export class PollSender {
  readonly #of: PollsOf;
  /** By group. */
  readonly #kitchens: Uint32Array;

  constructor(of: PollsOf) {
    this.#of = of;
    this.#kitchens = Uint32Array.from(
      of.groups.groups,
      (group) => new Set(of.groups.kitchen.subarray(group.from, group.to)).size,
    );
  }

  /** `values[0]` is what the group's first slot said. */
  poll(group: PollGroup, time: number, values: Float64Array): void {
    const { batches, special } = this.#of.active.of(group);
    const lost = this.#lostKitchens(group);
    for (const batch of batches) {
      const columns = this.#columnsOf(batch, time, values, group.from);
      const arriving = lost === null ? columns : this.#without(columns, batch.slots, lost);
      if (arriving.value.length > 0) this.#of.post.columns(this.#of.source, arriving, time);
    }
    if (special.length > 0) this.#sendSpecial(special, time, values, group.from);
  }

  /** One value outside the polls: a sensor that reports more often while it measures something grave. */
  reading(device: number, time: number, value: number): void {
    const kitchen = this.#of.city.kitchenOfDevice[device]!;
    if (this.#of.lives.isSilent(device)) return;
    if (!this.#store(kitchen, device, time, value)) this.#sendOwn(kitchen, [device], time, [value]);
  }

  #columnsOf(
    { slots, devices, boots }: SlotBatch,
    time: number,
    values: Float64Array,
    base: number,
  ): Columns {
    const { lives, store } = this.#of;
    const sequences = lives.slotSequences;
    const n = slots.length;
    const sequence = store.sequences(n);
    const value = store.floats(n);
    for (let i = 0; i < n; i++) {
      const slot = slots[i]!;
      sequence[i] = ++sequences[slot]!;
      value[i] = values[slot - base]!;
    }
    return { base: time, devices, boots, device: store.ramp(n), sequence, dtMs: store.zeros(n), value };
  }

  /** Kitchens whose poll gets lost on the way; `null` for none, which is usual. */
  #lostKitchens(group: PollGroup): Set<number> | null {
    const { post, groups } = this.#of;
    const count = post.losses(this.#kitchens[group.index]!);
    if (count === 0) return null;
    const lost = new Set<number>();
    for (let n = 0; n < count; n++) lost.add(groups.kitchen[post.draw(group.from, group.to - 1)]!);
    return lost;
  }

  #without(columns: Columns, slots: Uint32Array, lost: Set<number>): Columns {
    const { groups, store } = this.#of;
    const devices = new Uint32Array(slots.length);
    const sequence = store.sequences(slots.length);
    const value = store.floats(slots.length);
    const boots: (string | null)[] | null = columns.boots === null ? null : [];
    let n = 0;
    for (let i = 0; i < slots.length; i++) {
      if (lost.has(groups.kitchen[slots[i]!]!)) continue;
      devices[n] = columns.devices[i]!;
      sequence[n] = columns.sequence[i]!;
      value[n++] = columns.value[i]!;
      boots?.push(columns.boots![i]!);
    }
    return {
      base: columns.base,
      devices: devices.slice(0, n),
      boots,
      device: store.ramp(n),
      sequence: sequence.subarray(0, n),
      dtMs: store.zeros(n),
      value: value.subarray(0, n),
    };
  }

  #sendSpecial(slots: readonly number[], time: number, values: Float64Array, base: number): void {
    const { groups } = this.#of;
    const byKitchen = new Map<number, number[]>();
    for (const slot of slots) {
      const kitchen = groups.kitchen[slot]!;
      if (this.#store(kitchen, groups.ordinal[slot]!, time, values[slot - base]!)) continue;
      const own = byKitchen.get(kitchen);
      if (own === undefined) byKitchen.set(kitchen, [slot]);
      else own.push(slot);
    }
    for (const [kitchen, own] of byKitchen) {
      const devices = own.map((slot) => groups.ordinal[slot]!);
      this.#sendOwn(
        kitchen,
        devices,
        time,
        own.map((slot) => values[slot - base]!),
      );
    }
  }

  /** Keeps a value at a gateway that is cut off; false if the gateway is connected. */
  #store(kitchen: number, device: number, time: number, value: number): boolean {
    const { gateways, lives } = this.#of;
    const backlog = gateways.backlogOf(kitchen);
    if (backlog === null) return false;
    const stamp = time + gateways.skewOf(kitchen);
    backlog.add(device, lives.bootOf(device), lives.nextSequence(device), stamp, value);
    return true;
  }

  /** A message of the kitchen's own gateway, with its own idea of the time. */
  #sendOwn(kitchen: number, devices: readonly number[], time: number, values: readonly number[]): void {
    const { gateways, lives, store, post } = this.#of;
    const boots = devices.map((device) => lives.bootOf(device));
    const columns = {
      base: time + gateways.skewOf(kitchen),
      devices: Uint32Array.from(devices),
      boots: boots.some((boot) => boot !== null) ? boots : null,
      device: store.ramp(devices.length),
      sequence: Float64Array.from(devices, (device) => lives.nextSequence(device)),
      dtMs: store.zeros(devices.length),
      value: Float64Array.from(values),
    };
    post.columns(gateways.sourceOf(kitchen), columns, time);
  }
}
