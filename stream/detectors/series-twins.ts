/**
 * Finds devices that send the same series (O04): the values of every quarter of an hour are hashed as they come, and when
 * the watermark has passed its end the hashes of all devices are compared. A hundred values in common that are not all
 * alike are no chance. Order of arrival does not show: everything up to the watermark is there.
 */
import { MINUTE_MS } from "../../twin/kernel/time.ts";
import { LATENESS_MS } from "../order/receipt-clock.ts";
import { causeOfTime } from "../rules/cause.ts";
import type { FindingSink } from "./limit-bank.ts";

const BLOCK_MS = 15 * MINUTE_MS;
/** Blocks of a device that may wait for the watermark. */
const KEPT = 8;
const EQUAL_VALUES = 100;
/** Changes of value among them: two probes in ice water are no clones. */
const CHANGES = 10;
const PRIME = 0x01000193;
const BASIS = 0x811c9dc5;
const STEPS_PER_UNIT = 1_000;

interface Run {
  /** Values in common with some other device, block after block. */
  equal: number;
  changes: number;
  since: number;
  isTold: boolean;
}

export class SeriesTwins {
  readonly #emit: FindingSink;
  readonly #idOf: (device: number) => string;
  /** Per device `KEPT` blocks: which, hash, number of values, changes; then the newest value. */
  readonly #block: Int32Array;
  readonly #hash: Int32Array;
  readonly #count: Uint16Array;
  readonly #changes: Uint16Array;
  readonly #newest: Float64Array;
  readonly #runs = new Map<number, Run>();
  /** The next block to compare; -1 = none yet. */
  #next = -1;

  constructor(devices: number, emit: FindingSink, idOf: (device: number) => string) {
    this.#emit = emit;
    this.#idOf = idOf;
    this.#block = new Int32Array(KEPT * devices).fill(-1);
    this.#hash = new Int32Array(KEPT * devices);
    this.#count = new Uint16Array(KEPT * devices);
    this.#changes = new Uint16Array(KEPT * devices);
    this.#newest = new Float64Array(devices);
  }

  note(device: number, time: number, value: number): void {
    const block = Math.floor(time / BLOCK_MS);
    const at = KEPT * device + (block % KEPT);
    if (this.#block[at] !== block) {
      this.#block[at] = block;
      this.#hash[at] = BASIS;
      this.#count[at] = 0;
      this.#changes[at] = 0;
    }
    this.#hash[at] = Math.imul(this.#hash[at]! ^ Math.round(value * STEPS_PER_UNIT), PRIME);
    this.#count[at]!++;
    if (value !== this.#newest[device]) this.#changes[at]!++;
    this.#newest[device] = value;
  }

  /** Compares the blocks that the watermark has passed. */
  advance(watermark: number): void {
    const passed = Math.floor(watermark / BLOCK_MS);
    if (this.#next < 0) this.#next = passed;
    this.#next = Math.max(this.#next, passed - KEPT + 1);
    for (; this.#next < passed; this.#next++) this.#compare(this.#next);
  }

  #compare(block: number): void {
    const first = new Map<number, number>();
    const like = new Map<number, number>();
    for (let device = 0; device < this.#newest.length; device++) {
      const at = KEPT * device + (block % KEPT);
      if (this.#block[at] !== block || this.#changes[at] === 0) continue;
      const hash = this.#hash[at]!;
      const other = first.get(hash);
      if (other === undefined) first.set(hash, device);
      else {
        like.set(device, other);
        if (!like.has(other)) like.set(other, device);
      }
    }
    for (const device of this.#runs.keys()) {
      const spoke = this.#block[KEPT * device + (block % KEPT)] === block;
      if (spoke && !like.has(device)) this.#runs.delete(device);
    }
    for (const [device, other] of [...like].sort(([a], [b]) => a - b)) this.#extend(device, other, block);
  }

  #extend(device: number, other: number, block: number): void {
    const at = KEPT * device + (block % KEPT);
    const since = block * BLOCK_MS;
    const run = this.#runs.get(device) ?? { equal: 0, changes: 0, since, isTold: false };
    run.equal += this.#count[at]!;
    run.changes += this.#changes[at]!;
    this.#runs.set(device, run);
    if (run.isTold || run.equal < EQUAL_VALUES || run.changes < CHANGES) return;
    run.isTold = true;
    const time = since + BLOCK_MS + LATENESS_MS;
    const [id, twin] = [this.#idOf(device), this.#idOf(other)];
    const wording = {
      zh: `连续 ${run.equal} 个读数与 ${twin} 完全相同`,
      en: `${run.equal} readings in a row are those of ${twin}`,
    };
    this.#emit(device, {
      kind: "cloned",
      device,
      like: other,
      time,
      since: run.since,
      value: run.equal,
      switchedAt: null,
      receivedAt: null,
      exercise: false,
      because: [causeOfTime(time, `cloned-${id}-${time}`, wording, `/devices/${id}`)],
    });
  }

  forget(device: number): void {
    this.#runs.delete(device);
  }

  save() {
    const blocks: [at: number, block: number, hash: number, count: number, changes: number][] = [];
    this.#block.forEach((block, at) => {
      if (block < 0 || block < this.#next) return;
      blocks.push([at, block, this.#hash[at]!, this.#count[at]!, this.#changes[at]!]);
    });
    const runs = [...this.#runs].map(([device, run]) => [device, { ...run }] as const);
    return { blocks, newest: [...this.#newest], runs, next: this.#next };
  }

  restore(saved: ReturnType<SeriesTwins["save"]>): void {
    for (const [at, block, hash, count, changes] of saved.blocks) {
      this.#block[at] = block;
      this.#hash[at] = hash;
      this.#count[at] = count;
      this.#changes[at] = changes;
    }
    this.#newest.set(saved.newest);
    for (const [device, run] of saved.runs) this.#runs.set(device, { ...run });
    this.#next = saved.next;
  }
}
