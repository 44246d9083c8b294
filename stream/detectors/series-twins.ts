/**
 * Finds devices that send the same series (O04): the values of every quarter of an hour are hashed as they come, and when
 * the watermark has passed its end the hashes of all devices are compared. A hundred values in common that are not all
 * alike are no chance. Order of arrival does not show: everything up to the watermark is there.
 */
import { MINUTE_MS } from "../../twin/kernel/time.ts";
import { LATENESS_MS } from "../order/receipt-clock.ts";
import { causeOfTime } from "../rules/cause.ts";
import type { FindingSink } from "./limit-bank.ts";
import type { SeriesNumbers } from "./series-numbers.ts";

const BLOCK_MS = 15 * MINUTE_MS;
/** Blocks of a device that may wait for the watermark. */
const KEPT = 8;
const PRIME = 0x01000193;
const BASIS = 0x811c9dc5;
const STEPS_PER_UNIT = 1_000;

/** Words of a block of a device. */
const WORDS = 4;
const BLOCK = 0;
const HASH = 1;
const COUNT = 2;
const CHANGED = 3;

interface Run {
  /** The other device: one and the same, block after block; a few values in common with anybody are chance. */
  readonly like: number;
  /** Values in common with it. */
  equal: number;
  changes: number;
  since: number;
  isTold: boolean;
}

export class SeriesTwins {
  readonly #emit: FindingSink;
  readonly #idOf: (device: number) => string;
  readonly #devices: number;
  /** `KEPT` times a block of each device, side by side: [ which | hash | number of values | changes ]. */
  readonly #blocks: Int32Array;
  readonly #runs = new Map<number, Run>();
  /** The next block to compare; -1 = none yet. */
  #next = -1;

  readonly #numbers: SeriesNumbers;

  constructor(
    devices: number,
    emit: FindingSink,
    of: { readonly idOf: (device: number) => string; readonly numbers: SeriesNumbers },
  ) {
    const { idOf, numbers } = of;
    this.#numbers = numbers;
    this.#emit = emit;
    this.#idOf = idOf;
    this.#devices = devices;
    this.#blocks = new Int32Array(WORDS * KEPT * devices);
    for (let at = BLOCK; at < this.#blocks.length; at += WORDS) this.#blocks[at] = -1;
  }

  /** Where the block of a device stands, if it is kept. */
  #at(block: number, device: number): number {
    return WORDS * ((block % KEPT) * this.#devices + device);
  }

  /** The device's next value; `isChanged`: it is another than the one before. */
  note(device: number, time: number, value: number, isChanged: boolean): void {
    const block = Math.floor(time / BLOCK_MS);
    const blocks = this.#blocks;
    const at = WORDS * ((block % KEPT) * this.#devices + device);
    if (blocks[at + BLOCK] !== block) {
      blocks[at + BLOCK] = block;
      blocks[at + HASH] = BASIS;
      blocks[at + COUNT] = 0;
      blocks[at + CHANGED] = 0;
    }
    blocks[at + HASH] = Math.imul(blocks[at + HASH]! ^ Math.round(value * STEPS_PER_UNIT), PRIME);
    blocks[at + COUNT]!++;
    if (isChanged) blocks[at + CHANGED]!++;
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
    for (let device = 0; device < this.#devices; device++) {
      const at = this.#at(block, device);
      if (this.#blocks[at + BLOCK] !== block || this.#blocks[at + CHANGED] === 0) continue;
      const hash = this.#blocks[at + HASH]!;
      const other = first.get(hash);
      if (other === undefined) first.set(hash, device);
      else {
        like.set(device, other);
        if (!like.has(other)) like.set(other, device);
      }
    }
    for (const device of this.#runs.keys()) {
      const spoke = this.#blocks[this.#at(block, device) + BLOCK] === block;
      if (spoke && !like.has(device)) this.#runs.delete(device);
    }
    for (const [device, other] of [...like].sort(([a], [b]) => a - b)) this.#extend(device, other, block);
  }

  #extend(device: number, other: number, block: number): void {
    const at = this.#at(block, device);
    const since = block * BLOCK_MS;
    const known = this.#runs.get(device);
    const run =
      known !== undefined && this.#areAlike(device, known.like, block)
        ? known
        : { like: other, equal: 0, changes: 0, since, isTold: false };
    run.equal += this.#blocks[at + COUNT]!;
    run.changes += this.#blocks[at + CHANGED]!;
    this.#runs.set(device, run);
    const { equalCount, changeCount } = this.#numbers.at(since);
    if (run.isTold || run.equal < equalCount || run.changes < changeCount) return;
    run.isTold = true;
    const time = since + BLOCK_MS + LATENESS_MS;
    const [id, twin] = [this.#idOf(device), this.#idOf(run.like)];
    const wording = {
      zh: `连续 ${run.equal} 个读数与 ${twin} 完全相同`,
      en: `${run.equal} readings in a row are those of ${twin}`,
    };
    this.#emit(device, {
      kind: "cloned",
      device,
      like: run.like,
      time,
      since: run.since,
      value: run.equal,
      switchedAt: null,
      receivedAt: null,
      exercise: false,
      because: [causeOfTime(time, `cloned-${id}-${time}`, wording, `/devices/${id}`)],
    });
  }

  #areAlike(device: number, other: number, block: number): boolean {
    const [a, b] = [this.#at(block, device), this.#at(block, other)];
    return this.#blocks[b + BLOCK] === block && this.#blocks[a + HASH] === this.#blocks[b + HASH];
  }

  forget(device: number): void {
    this.#runs.delete(device);
  }

  save() {
    const blocks: [device: number, block: number, hash: number, count: number, changes: number][] = [];
    for (let at = 0; at < this.#blocks.length; at += WORDS) {
      const block = this.#blocks[at + BLOCK]!;
      if (block < 0 || block < this.#next) continue;
      const [hash, count, changes] = [HASH, COUNT, CHANGED].map((word) => this.#blocks[at + word]!);
      blocks.push([(at / WORDS) % this.#devices, block, hash!, count!, changes!]);
    }
    const runs = [...this.#runs].map(([device, run]) => [device, { ...run }] as const);
    return { blocks, runs, next: this.#next };
  }

  restore(saved: ReturnType<SeriesTwins["save"]>): void {
    for (const [device, ...words] of saved.blocks) this.#blocks.set(words, this.#at(words[0], device));
    for (const [device, run] of saved.runs) this.#runs.set(device, { ...run });
    this.#next = saved.next;
  }
}
