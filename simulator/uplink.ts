/**
 * From devices to the city: gives each message its sequence, its time by the gateway's clock and its moment of arrival.
 *
 *     polled values  -> one columns message per second for the whole city   (source /systems/iot)
 *     camera pulses  -> two per message, every other period
 *     device events  -> one CloudEvent each
 *     cut off        -> stored by the gateway, pushed on reconnection       (source /gateways/…)
 */
import type { City } from "../twin/city/city.ts";
import type { InputData } from "../twin/events/catalogue.ts";
import type { Columns } from "../twin/events/columns.ts";
import type { EventType } from "../twin/events/event.ts";
import { ActiveSlotsOfGroups, type SlotBatch } from "./active-slots.ts";
import type { SimulatedEvent } from "./arrival.ts";
import type { ArrivalQueue } from "./arrival-queue.ts";
import type { DeviceLives } from "./device-lives.ts";
import type { Dice } from "./dice.ts";
import { Gateways } from "./gateways.ts";
import { arrivalTime, type Network, repeatTime } from "./network.ts";
import type { PollGroup, PollGroups } from "./poll-groups.ts";
import { TimeText } from "./time-text.ts";

const CITY_SOURCE = "/systems/iot";
const BACKLOG_ENTRIES = 2_000;
/** Stored readings come this much faster than they were made. */
const BACKLOG_SPEED = 20;

export interface UplinkOf {
  readonly city: City;
  readonly groups: PollGroups;
  readonly lives: DeviceLives;
  readonly network: Network;
  readonly dice: Dice;
  readonly queue: ArrivalQueue;
  /** Begins the ids of columns messages; no other run of this city has it. */
  readonly run: string;
}

export class Uplink {
  readonly gateways: Gateways;
  /** Nothing is said: the past before a run is lived through in silence. */
  muted = false;
  readonly #of: UplinkOf;
  readonly #active: ActiveSlotsOfGroups;
  readonly #times = new TimeText();
  readonly #ramps = new Map<number, Uint32Array>();
  readonly #zeros = new Map<number, Int32Array>();
  /** Event time of a camera's pulse that waits for the next one; 0 = none. By slot. */
  readonly #held: Float64Array;
  readonly #kitchensOf: Uint32Array;
  #messages = 0;

  constructor(of: UplinkOf) {
    this.#of = of;
    this.gateways = new Gateways(of.city);
    this.#active = new ActiveSlotsOfGroups(of.groups, of.lives, (kitchen) =>
      this.gateways.isSpecial(kitchen),
    );
    this.#held = new Float64Array(of.groups.slots);
    this.#kitchensOf = Uint32Array.from(
      of.groups.groups,
      (group) => new Set(of.groups.kitchen.subarray(group.from, group.to)).size,
    );
  }

  /** Sends what a group was read to say; `values[0]` is that of the group's first slot. */
  poll(group: PollGroup, time: number, values: Float64Array): void {
    if (group.cameras) {
      this.#pulse(group, time);
      return;
    }
    const { batches, special } = this.#active.of(group);
    const lost = this.#lostKitchens(group);
    for (const batch of batches) this.#sendBatch(batch, time, values, group.from, lost);
    if (special.length > 0) this.#sendSpecial(special, time, values, group.from);
  }

  /** Kitchens whose poll gets lost on the way; `null` for none, which is usual. */
  #lostKitchens(group: PollGroup): Set<number> | null {
    const { network, dice, groups } = this.#of;
    if (network.loss === 0) return null;
    const count = dice.poisson(this.#kitchensOf[group.index]! * network.loss);
    if (count === 0) return null;
    const lost = new Set<number>();
    for (let n = 0; n < count; n++) lost.add(groups.kitchen[dice.int(group.from, group.to - 1)]!);
    return lost;
  }

  #sendBatch(
    batch: SlotBatch,
    time: number,
    values: Float64Array,
    base: number,
    lost: Set<number> | null,
  ): void {
    const { slots, devices, boots } = batch;
    const sequences = this.#of.lives.sequences;
    const n = slots.length;
    const sequence = new Float64Array(n);
    const value = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      sequence[i] = ++sequences[devices[i]!]!;
      value[i] = values[slots[i]! - base]!;
    }
    const columns = {
      base: time,
      devices,
      boots,
      device: this.#ramp(n),
      sequence,
      dtMs: this.#zero(n),
      value,
    };
    this.#send(CITY_SOURCE, time, lost === null ? columns : this.#without(columns, slots, lost));
  }

  #without(columns: Columns, slots: Uint32Array, lost: Set<number>): Columns {
    const kept: number[] = [];
    slots.forEach((slot, i) => {
      if (!lost.has(this.#of.groups.kitchen[slot]!)) kept.push(i);
    });
    return {
      base: columns.base,
      devices: Uint32Array.from(kept, (i) => columns.devices[i]!),
      boots: columns.boots === null ? null : kept.map((i) => columns.boots![i]!),
      device: this.#ramp(kept.length),
      sequence: Float64Array.from(kept, (i) => columns.sequence[i]!),
      dtMs: this.#zero(kept.length),
      value: Float64Array.from(kept, (i) => columns.value[i]!),
    };
  }

  #sendSpecial(slots: readonly number[], time: number, values: Float64Array, base: number): void {
    const { groups, lives } = this.#of;
    const byKitchen = new Map<number, number[]>();
    for (const slot of slots) {
      const kitchen = groups.kitchen[slot]!;
      const backlog = this.gateways.backlogOf(kitchen);
      if (backlog === null) {
        byKitchen.set(kitchen, [...(byKitchen.get(kitchen) ?? []), slot]);
        continue;
      }
      const device = groups.ordinal[slot]!;
      const stamp = time + this.gateways.skewOf(kitchen);
      backlog.add(device, lives.bootOf(device), lives.nextSequence(device), stamp, values[slot - base]!);
    }
    for (const [kitchen, own] of byKitchen) {
      const stamp = time + this.gateways.skewOf(kitchen);
      const devices = Uint32Array.from(own, (slot) => groups.ordinal[slot]!);
      const texts = Array.from(devices, (device) => lives.bootOf(device));
      this.#send(this.gateways.sourceOf(kitchen), time, {
        base: stamp,
        devices,
        boots: texts.some((boot) => boot !== null) ? texts : null,
        device: this.#ramp(own.length),
        sequence: Float64Array.from(devices, (device) => lives.nextSequence(device)),
        dtMs: this.#zero(own.length),
        value: Float64Array.from(own, (slot) => values[slot - base]!),
      });
    }
  }

  /** Cameras: every other pulse is held back and goes with the next one, so that a message serves two. */
  #pulse(group: PollGroup, time: number): void {
    const { batches } = this.#active.of(group);
    const odd = (Math.floor(time / group.periodMs) + group.index) % 2 === 1;
    if (odd && group.periodMs <= 60_000) {
      for (const { slots } of batches) for (const slot of slots) this.#held[slot] = time;
      return;
    }
    for (const batch of batches) this.#sendPulses(batch, time);
  }

  #sendPulses({ slots, devices, boots }: SlotBatch, time: number): void {
    const sequences = this.#of.lives.sequences;
    const held = this.#held;
    let base = time;
    let n = slots.length;
    for (const slot of slots) {
      if (held[slot] === 0) continue;
      n++;
      if (held[slot]! < base) base = held[slot]!;
    }
    const device = new Uint32Array(n);
    const sequence = new Float64Array(n);
    const dtMs = new Int32Array(n);
    let i = 0;
    for (let d = 0; d < slots.length; d++) {
      const slot = slots[d]!;
      const ordinal = devices[d]!;
      if (held[slot] !== 0) {
        device[i] = d;
        dtMs[i] = held[slot]! - base;
        sequence[i++] = ++sequences[ordinal]!;
        held[slot] = 0;
      }
      device[i] = d;
      dtMs[i] = time - base;
      sequence[i++] = ++sequences[ordinal]!;
    }
    this.#send(CITY_SOURCE, time, {
      base,
      devices,
      boots,
      device,
      sequence,
      dtMs,
      value: new Float64Array(n).fill(Number.NaN),
    });
  }

  /** One value outside the polls: a sensor that reports more often while it measures something grave. */
  reading(device: number, time: number, value: number): void {
    const { city, lives } = this.#of;
    if (this.muted || lives.isSilent(device)) return;
    const kitchen = city.kitchenOfDevice[device]!;
    const stamp = time + this.gateways.skewOf(kitchen);
    const boot = lives.bootOf(device);
    const sequence = lives.nextSequence(device);
    const backlog = this.gateways.backlogOf(kitchen);
    if (backlog !== null) {
      backlog.add(device, boot, sequence, stamp, value);
      return;
    }
    this.#send(this.gateways.sourceOf(kitchen), time, {
      base: stamp,
      devices: Uint32Array.of(device),
      boots: boot === null ? null : [boot],
      device: this.#ramp(1),
      sequence: Float64Array.of(sequence),
      dtMs: this.#zero(1),
      value: Float64Array.of(value),
    });
  }

  /** One event of a device; nothing if the device is silent. */
  event<T extends EventType>(device: number, type: T, time: number, data: InputData<T>): void {
    const { city, lives, groups } = this.#of;
    if (this.muted || lives.isSilent(device)) return;
    const slot = groups.slotOf[device]!;
    if (slot >= 0 && this.#held[slot] !== 0) {
      const held = this.#held[slot]!;
      this.#held[slot] = 0;
      this.event(device, "warmcity.device.heartbeat", held, {});
    }
    const { id, gateway } = city.devices[device]!;
    const kitchen = city.kitchenOfDevice[device]!;
    const boot = lives.bootOf(device);
    const numbered = boot === null ? {} : { bootid: boot, sequence: lives.nextSequence(device) };
    const stamp = gateway === null ? time : time + this.gateways.skewOf(kitchen);
    const event: SimulatedEvent<T> = {
      specversion: "1.0",
      id: boot === null ? `${this.#of.run}-${++this.#messages}` : `${boot}-${numbered.sequence}`,
      source: `/devices/${id}`,
      type,
      subject: city.kitchens[kitchen]!.id,
      time: this.#times.format(stamp),
      ...numbered,
      data,
    };
    const backlog = gateway === null ? null : this.gateways.backlogOf(kitchen);
    if (backlog === null) this.#deliver(event, time);
    else backlog.events.push(event);
  }

  /** An event of somebody else: a person, a platform, an authority. `kitchen` -1 = of the whole city. */
  say<T extends EventType>(
    type: T,
    from: { readonly source: string; readonly id: string; readonly kitchen: number },
    time: number,
    data: InputData<T>,
  ): void {
    if (this.muted) return;
    const subject = from.kitchen < 0 ? {} : { subject: this.#of.city.kitchens[from.kitchen]!.id };
    const event: SimulatedEvent<T> = {
      specversion: "1.0",
      id: from.id,
      source: from.source,
      type,
      ...subject,
      time: this.#times.format(time),
      data,
    };
    this.#deliver(event, time);
  }

  /** The device has fallen silent, come back or restarted. */
  changed(device: number): void {
    this.#active.changed(device);
    const slot = this.#of.groups.slotOf[device]!;
    if (slot >= 0) this.#held[slot] = 0;
  }

  /** The kitchen's gateway was cut off, or its clock set. */
  gatewayChanged(kitchen: number): void {
    const { firstDevice } = this.#of.city;
    for (let device = firstDevice[kitchen]!; device < firstDevice[kitchen + 1]!; device++) {
      this.#active.changed(device);
    }
  }

  /** Reconnects a gateway and pushes what it stored, at twenty times the pace at which it was made. */
  reconnect(kitchen: number, time: number): void {
    const backlog = this.gateways.reconnect(kitchen);
    this.gatewayChanged(kitchen);
    if (backlog === null) return;
    const messages = backlog.columns(BACKLOG_ENTRIES);
    const first = messages[0]?.base ?? time;
    messages.forEach((columns) => {
      this.#send(this.gateways.sourceOf(kitchen), time + (columns.base - first) / BACKLOG_SPEED, columns);
    });
    backlog.events.forEach((event, i) => {
      this.#deliver(event, time + 100 * i);
    });
  }

  #deliver(event: SimulatedEvent, sentAt: number): void {
    const { network, dice, queue } = this.#of;
    const receivedAt = arrivalTime(network, dice, sentAt);
    queue.push({ kind: "event", receivedAt, event });
    const again = repeatTime(network, dice, receivedAt);
    if (again !== null) queue.push({ kind: "event", receivedAt: again, event });
  }

  #send(source: string, sentAt: number, columns: Columns): void {
    const { network, dice, queue, run } = this.#of;
    const id = `${run}-${++this.#messages}`;
    const receivedAt = arrivalTime(network, dice, sentAt);
    queue.push({ kind: "columns", receivedAt, source, id, columns });
    const again = repeatTime(network, dice, receivedAt);
    if (again !== null) queue.push({ kind: "columns", receivedAt: again, source, id, columns });
  }

  /** 0, 1, 2, … one shared array per length. */
  #ramp(length: number): Uint32Array {
    let ramp = this.#ramps.get(length);
    if (ramp === undefined) {
      ramp = Uint32Array.from({ length }, (_, i) => i);
      this.#ramps.set(length, ramp);
    }
    return ramp;
  }

  #zero(length: number): Int32Array {
    let zero = this.#zeros.get(length);
    if (zero === undefined) {
      zero = new Int32Array(length);
      this.#zeros.set(length, zero);
    }
    return zero;
  }
}
