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
    const sequence = store.sequences(2 * n);
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

  /** Some have a heartbeat that waits, some have handed it over already or were silent. */
  #sendMixed({ slots, devices, boots }: SlotBatch, time: number): void {
    const { lives, store, post, source } = this.#of;
    const held = this.#held;
    let n = slots.length;
    let base = time;
    for (let d = 0; d < slots.length; d++) {
      const moment = held[slots[d]!]!;
      if (moment === 0) continue;
      n++;
      if (moment < base) base = moment;
    }
    const device = new Uint32Array(n);
    const dtMs = new Int32Array(n);
    const sequence = store.sequences(n);
    const sequences = lives.slotSequences;
    for (let d = 0, i = 0; d < slots.length; d++) {
      const slot = slots[d]!;
      if (held[slot] !== 0) {
        device[i] = d;
        dtMs[i] = held[slot]! - base;
        sequence[i++] = ++sequences[slot]!;
        held[slot] = 0;
      }
      device[i] = d;
      dtMs[i] = time - base;
      sequence[i++] = ++sequences[slot]!;
    }
    post.columns(source, { base, devices, boots, device, sequence, dtMs, value: store.nothing(n) }, time);
  }
}
