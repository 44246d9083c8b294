/**
 * Which sequence numbers of one boot of one device have been seen (CONTRACT §2, identity): everything below `next`,
 * except the holes. Exact and small: holes are kept as ranges.
 */

/** Ranges one boot may remember; beyond it the oldest hole counts as seen, because a late answer that old is a repeat. */
const HOLES_MAX = 64;

export class SequenceWindow {
  readonly boot: string;
  /** The lowest number not yet passed. */
  next: number;
  /** Flat pairs [from, to) below `next`, ascending. */
  readonly holes: number[];

  constructor(boot: string, next: number, holes: number[] = []) {
    this.boot = boot;
    this.next = next;
    this.holes = holes;
  }

  /** Whether the number has been passed and was seen. */
  isSeen(sequence: number): boolean {
    if (sequence >= this.next) return false;
    for (let i = 0; i < this.holes.length; i += 2) {
      if (sequence >= this.holes[i]! && sequence < this.holes[i + 1]!) return false;
    }
    return true;
  }

  /** The lowest number above `sequence` that was seen; `null` = none yet. */
  nextSeen(sequence: number): number | null {
    let next = sequence + 1;
    for (let i = 0; i < this.holes.length; i += 2) {
      if (next >= this.holes[i]! && next < this.holes[i + 1]!) next = this.holes[i + 1]!;
    }
    return next < this.next ? next : null;
  }

  /** Passes everything up to and including the number; what was skipped stays a hole that may still be filled. */
  pass(sequence: number): void {
    if (sequence >= this.next) {
      if (sequence > this.next) this.#dig(this.next, sequence);
      this.next = sequence + 1;
      return;
    }
    this.#fill(sequence);
  }

  #dig(from: number, to: number): void {
    this.holes.push(from, to);
    if (this.holes.length > 2 * HOLES_MAX) this.holes.splice(0, 2);
  }

  #fill(sequence: number): void {
    for (let i = 0; i < this.holes.length; i += 2) {
      const [from, to] = [this.holes[i]!, this.holes[i + 1]!];
      if (sequence < from || sequence >= to) continue;
      const rest: number[] = [];
      if (from < sequence) rest.push(from, sequence);
      if (sequence + 1 < to) rest.push(sequence + 1, to);
      this.holes.splice(i, 2, ...rest);
      return;
    }
  }
}
