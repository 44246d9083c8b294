/** Heartbeats of cameras: every other one is held back and goes with the next, so that a message serves two. */
import type { ActiveSlotsOfGroups, SlotBatch } from "./active-slots.ts";
import type { ColumnStore } from "./column-store.ts";
import type { DeviceLives } from "./device-lives.ts";
import type { PollGroup, PollGroups } from "./poll-groups.ts";
import type { Post } from "./post.ts";

/** A slower camera says each heartbeat at once: it would else be silent for too long. */
const HOLD_PERIOD_MAX_MS = 60_000;

export interface PulsesOf {
  readonly groups: PollGroups;
  readonly lives: DeviceLives;
  readonly active: ActiveSlotsOfGroups;
  readonly store: ColumnStore;
  readonly post: Post;
  readonly source: string;
}

export class PulseSender {
  readonly #of: PulsesOf;
  /** Event time of the heartbeat that waits, by slot; 0 = none. */
  readonly #held: Float64Array;

  constructor(of: PulsesOf) {
    this.#of = of;
    this.#held = new Float64Array(of.groups.slots);
  }

  pulse(group: PollGroup, time: number): void {
    const { batches } = this.#of.active.of(group);
    const odd = (Math.floor(time / group.periodMs) + group.index) % 2 === 1;
    if (odd && group.periodMs <= HOLD_PERIOD_MAX_MS) {
      for (const { slots } of batches) for (const slot of slots) this.#held[slot] = time;
      return;
    }
    for (const batch of batches) {
      const base = this.#allHeldAt(batch.slots);
      if (base > 0) this.#sendPairs(batch, base, time);
      else this.#sendMixed(batch, time);
    }
  }

  /** Takes the heartbeat that waits for the slot's next one: its event time, or 0. */
  takeHeld(slot: number): number {
    const held = this.#held[slot]!;
    this.#held[slot] = 0;
    return held;
  }

  /** The time at which all slots were held; 0 if they differ. */
  #allHeldAt(slots: Uint32Array): number {
    const first = this.#held[slots[0]!]!;
    for (let i = 1; i < slots.length; i++) if (this.#held[slots[i]!] !== first) return 0;
    return first;
  }

  #sendPairs({ slots, devices, boots }: SlotBatch, base: number, time: number): void {
    const { lives, store, post, source } = this.#of;
    const n = slots.length;
    const sequences = lives.slotSequences;
    const sequence = store.floats(2 * n);
    for (let i = 0; i < n; i++) {
      const slot = slots[i]!;
      const before = sequences[slot]!;
      sequence[2 * i] = before + 1;
      sequence[2 * i + 1] = before + 2;
      sequences[slot] = before + 2;
      this.#held[slot] = 0;
    }
    const [device, dtMs] = [store.pairs(n), store.steps(n, time - base)];
    post.columns(source, { base, devices, boots, device, sequence, dtMs, value: store.nothing(2 * n) }, time);
  }

  #sendMixed({ slots, devices, boots }: SlotBatch, time: number): void {
    const { lives, store, post, source } = this.#of;
    const device: number[] = [];
    const sequence: number[] = [];
    const times: number[] = [];
    slots.forEach((slot, d) => {
      const held = this.takeHeld(slot);
      for (const moment of held === 0 ? [time] : [held, time]) {
        device.push(d);
        times.push(moment);
        sequence.push(lives.nextSequence(devices[d]!));
      }
    });
    const base = times.reduce((least, moment) => Math.min(least, moment), time);
    const columns = {
      base,
      devices,
      boots,
      device: Uint32Array.from(device),
      sequence: Float64Array.from(sequence),
      dtMs: Int32Array.from(times, (moment) => moment - base),
      value: store.nothing(device.length),
    };
    post.columns(source, columns, time);
  }
}
