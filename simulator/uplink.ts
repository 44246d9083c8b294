/**
 * The way to the city: gives each message its sequence, its time by the gateway's clock and its moment of arrival.
 *
 *     polled values  -> one columns message per second for the whole city   (source /systems/iot)
 *     camera pulses  -> two per message, every other period
 *     device events  -> one CloudEvent each
 *     cut off        -> stored by the gateway, pushed on reconnection       (source /gateways/…)
 */
import type { City } from "../twin/city/city.ts";
import type { InputData } from "../twin/events/catalogue.ts";
import type { EventType } from "../twin/events/event.ts";
import { ActiveSlotsOfGroups } from "./active-slots.ts";
import type { SimulatedEvent } from "./arrival.ts";
import { ColumnStore } from "./column-store.ts";
import type { DeviceLives } from "./device-lives.ts";
import { Gateways } from "./gateways.ts";
import type { PollGroup, PollGroups } from "./poll-groups.ts";
import { PollSender } from "./poll-sender.ts";
import type { Post } from "./post.ts";
import { PulseSender } from "./pulse-sender.ts";
import { TimeText } from "./time-text.ts";

const CITY_SOURCE = "/systems/iot";
const BACKLOG_ENTRIES = 2_000;
/** Stored readings come this much faster than they were made. */
const BACKLOG_SPEED = 20;

export interface UplinkOf {
  readonly city: City;
  readonly groups: PollGroups;
  readonly lives: DeviceLives;
  readonly post: Post;
}

export class Uplink {
  readonly gateways: Gateways;
  /** Nothing is said: the past before a run is lived through in silence. */
  muted = false;
  readonly #of: UplinkOf;
  readonly #active: ActiveSlotsOfGroups;
  readonly #polls: PollSender;
  readonly #pulses: PulseSender;
  readonly #times = new TimeText();

  constructor(of: UplinkOf) {
    this.#of = of;
    this.gateways = new Gateways(of.city);
    this.#active = new ActiveSlotsOfGroups(of.groups, of.lives, (kitchen) =>
      this.gateways.isSpecial(kitchen),
    );
    const shared = { ...of, active: this.#active, store: new ColumnStore(), source: CITY_SOURCE };
    this.#polls = new PollSender({ ...shared, gateways: this.gateways });
    this.#pulses = new PulseSender(shared);
  }

  /** Sends what a group was read to say; `values[0]` is that of the group's first slot. */
  poll(group: PollGroup, time: number, values: Float64Array): void {
    if (group.cameras) this.#pulses.pulse(group, time);
    else this.#polls.poll(group, time, values);
  }

  /** One value outside the polls: a sensor that reports more often while it measures something grave. */
  reading(device: number, time: number, value: number): void {
    if (!this.muted) this.#polls.reading(device, time, value);
  }

  /** One event of a device; nothing if the device is silent. */
  event<T extends EventType>(device: number, type: T, time: number, data: InputData<T>): void {
    this.#event(device, type, time, data, time);
  }

  #event<T extends EventType>(
    device: number,
    type: T,
    time: number,
    data: InputData<T>,
    sentAt: number,
  ): void {
    const { city, lives, groups, post } = this.#of;
    if (this.muted || lives.isSilent(device)) return;
    const slot = groups.slotOf[device]!;
    const held = slot < 0 ? 0 : this.#pulses.takeHeld(slot);
    if (held !== 0) this.#event(device, "warmcity.device.heartbeat", held, {}, sentAt);
    const { id, gateway } = city.devices[device]!;
    const kitchen = city.kitchenOfDevice[device]!;
    const boot = lives.bootOf(device);
    const numbered = boot === null ? {} : { bootid: boot, sequence: lives.nextSequence(device) };
    const stamp = gateway === null ? time : time + this.gateways.skewOf(kitchen);
    const event: SimulatedEvent<T> = {
      specversion: "1.0",
      id: boot === null ? post.newId() : `${boot}-${numbered.sequence}`,
      source: `/devices/${id}`,
      type,
      subject: city.kitchens[kitchen]!.id,
      time: this.#times.format(stamp),
      ...numbered,
      data,
    };
    const backlog = gateway === null ? null : this.gateways.backlogOf(kitchen);
    if (backlog === null) post.event(event, sentAt);
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
    const { source, id, kitchen } = from;
    const { city, post } = this.#of;
    const stamp = this.#times.format(time);
    const event: SimulatedEvent<T> =
      kitchen < 0
        ? { specversion: "1.0", id, source, type, time: stamp, data }
        : { specversion: "1.0", id, source, type, subject: city.kitchens[kitchen]!.id, time: stamp, data };
    post.event(event, time);
  }

  /** To be called after each change of a device's life. */
  changed(device: number): void {
    this.#active.changed(device);
    const slot = this.#of.groups.slotOf[device]!;
    if (slot >= 0) this.#pulses.takeHeld(slot);
  }

  /** To be called after a kitchen's gateway was cut off, or its clock set. */
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
    const source = this.gateways.sourceOf(kitchen);
    const messages = backlog.columns(BACKLOG_ENTRIES);
    const first = messages[0]?.base ?? time;
    for (const columns of messages) {
      this.#of.post.columns(source, columns, time + (columns.base - first) / BACKLOG_SPEED);
    }
    backlog.events.forEach((event, i) => {
      this.#of.post.event(event, time + 100 * i);
    });
  }
}
