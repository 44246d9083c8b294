/**
 * The life of every device: its boots, its sequence (every message counts, of whatever form), and why it is silent.
 * A device with any reason to be silent says nothing; one whose gateway is cut off speaks, but its words are stored.
 */
import type { City } from "../twin/city/city.ts";
import { speaksByEvents } from "../twin/devices/catalogue.ts";
import { hash32 } from "../twin/kernel/hash.ts";
import type { PollGroups } from "./poll-groups.ts";

/** Reasons of silence, as bits: they may overlap. */
export const SILENT = { off: 1, power: 2, network: 4 } as const;
export type Silence = keyof typeof SILENT;

export class DeviceLives {
  readonly #initial: string;
  /** 1 = gives no bootid before its first restart. */
  readonly #plain: Uint8Array;
  readonly #boots: Uint16Array;
  /** Of devices with a slot, by slot: the tight loops read and write it in order. */
  readonly slotSequences: Float64Array;
  /** Of the others, by registry ordinal. */
  readonly #sequences: Float64Array;
  readonly #slotOf: Int32Array;
  readonly #silent: Uint8Array;

  /**
   * `initial`: bootid of the first boot of every device. `terse`: devices that only send readings give none before
   * they restart, which makes a file a sixth smaller.
   */
  constructor(city: City, groups: PollGroups, initial: string, terse: boolean) {
    this.#initial = initial;
    this.#plain = Uint8Array.from(city.devices, (device) =>
      terse && device.reportEveryMs !== null && !speaksByEvents(device.kind) ? 1 : 0,
    );
    this.#boots = new Uint16Array(city.devices.length);
    this.#slotOf = groups.slotOf;
    this.slotSequences = new Float64Array(groups.slots);
    this.#sequences = new Float64Array(city.devices.length);
    this.#silent = new Uint8Array(city.devices.length);
  }

  /** The number of the message that the device says now; the first of a boot is 1. */
  nextSequence(device: number): number {
    const slot = this.#slotOf[device]!;
    return slot < 0 ? ++this.#sequences[device]! : ++this.slotSequences[slot]!;
  }

  bootOf(device: number): string | null {
    const restarts = this.#boots[device]!;
    if (restarts > 0) return `${this.#initial}.${restarts}`;
    return this.#plain[device] === 0 ? this.#initial : null;
  }

  hasRestarted(device: number): boolean {
    return this.#boots[device]! > 0;
  }

  isSilent(device: number): boolean {
    return this.#silent[device] !== 0;
  }

  isSilentFor(device: number, reason: Silence): boolean {
    return (this.#silent[device]! & SILENT[reason]) !== 0;
  }

  /** Adds a reason; true if the device spoke before. */
  silence(device: number, reason: Silence): boolean {
    const before = this.#silent[device]!;
    this.#silent[device] = before | SILENT[reason];
    return before === 0;
  }

  /** Takes a reason away; true if the device speaks again. */
  unsilence(device: number, reason: Silence): boolean {
    const before = this.#silent[device]!;
    const after = before & ~SILENT[reason];
    this.#silent[device] = after;
    return before !== 0 && after === 0;
  }

  /** A device that lost power begins a new boot: its sequence starts anew. */
  restart(device: number): void {
    this.#boots[device]!++;
    const slot = this.#slotOf[device]!;
    if (slot < 0) this.#sequences[device] = 0;
    else this.slotSequences[slot] = 0;
  }
}

/** A bootid that no other run of the same city has: runs differ in the moment at which they begin. */
export function bootOfRun(seed: number, from: number): string {
  return (hash32(`${seed}/${from}`) * 4096 + (hash32(`${from}/${seed}`) % 4096)).toString(36);
}
