/**
 * Values that came behind what their device had delivered already: stragglers beyond the lateness, or the backlog of a
 * gateway that sends the newest first. A second evaluation of the limits, made on demand, finds the hot phases hidden in
 * them (CONTRACT §8, `retro`):
 *
 *   straggler --> [waiting, per device] -- 10 min without another --> sorted, read by a bank of their own --> findings
 *
 * What can be joined: stragglers of consecutive numbers with one another, and the last of them with a phase of the device
 * that still lasts. Of values delivered between two stragglers nothing is kept but that they were no phase of their own,
 * so they count as calm, at the time that their number and the device's period give; a phase that began before the first
 * straggler therefore counts from that straggler. A phase that touches one already found is no second one.
 */
import type { City } from "../twin/city/city.ts";
import type { ClearedFinding, Finding, HeldFinding } from "./detectors/finding.ts";
import type { Limit } from "./detectors/limit.ts";
import { type FindingSink, LimitBank } from "./detectors/limit-bank.ts";
import { KnownPhases } from "./known-phases.ts";
import { DeviceTable } from "./order/device-table.ts";
import { LATENESS_MS } from "./order/receipt-clock.ts";
import { revive, type Sample } from "./order/sample.ts";

/** Values kept of one device, and of all; what comes beyond is counted and left to the history alone. */
const PER_DEVICE_MAX = 2_048;
const TOTAL_MAX = 131_072;
/** Calm by any limit. */
const CALM = Number.NEGATIVE_INFINITY;

/** What the stragglers are judged beside. */
export interface Delivered {
  /** The bank that reads what is delivered in order. */
  readonly bank: LimitBank;
  /** The next number above `sequence` that was seen; `null` = not known. */
  nextSeen(device: number, boot: string, sequence: number): number | null;
  /** Event time of the newest value delivered, ms since epoch. */
  newestAt(device: number): number;
  readonly found: FindingSink;
}

interface Waiting {
  /** The fold's clock when the last of them came, ms since epoch. */
  at: number;
  readonly samples: Sample[];
}

export interface SavedLateSamples {
  readonly waiting: readonly (readonly [device: number, waiting: Waiting])[];
  readonly phases: ReturnType<KnownPhases["save"]>;
  readonly dropped: number;
}

export class LateSamples {
  readonly #city: City;
  readonly #delivered: Delivered;
  readonly #limits: readonly Limit[];
  /** Made for the first straggler: a city may go on for days without one. */
  #ownBank: LimitBank | null = null;
  readonly #waiting = new Map<number, Waiting>();
  readonly #phases = new KnownPhases();
  #kept = 0;
  #dropped = 0;
  /** What the bank found in the device in hand. */
  #findings: (HeldFinding | ClearedFinding)[] = [];

  constructor(city: City, limits: readonly Limit[], delivered: Delivered) {
    this.#city = city;
    this.#delivered = delivered;
    this.#limits = limits;
  }

  get #bank(): LimitBank {
    this.#ownBank ??= new LimitBank(new DeviceTable(this.#city), this.#limits, (_device, finding) =>
      this.#collect(finding),
    );
    return this.#ownBank;
  }

  /** Values that found no room; they are in the history, and no rule has seen them. */
  get dropped(): number {
    return this.#dropped;
  }

  /** A straggler; `clock` = the fold's time. Calm ones need not be kept: a number that is missing among them was calm. */
  take(sample: Sample, clock: number): void {
    const waiting = this.#waiting.get(sample.device);
    if (waiting !== undefined) waiting.at = clock;
    if (!this.#delivered.bank.isStirred(sample)) return;
    if (this.#kept >= TOTAL_MAX || (waiting?.samples.length ?? 0) >= PER_DEVICE_MAX) {
      this.#dropped++;
      return;
    }
    this.#kept++;
    if (waiting === undefined) this.#waiting.set(sample.device, { at: clock, samples: [{ ...sample }] });
    else waiting.samples.push({ ...sample });
  }

  /** The bank of what is delivered in order has found something: stragglers of that phase must not find it again. */
  note(finding: Finding): void {
    if (finding.kind === "held") this.#phases.begin(finding.device, finding.since);
    else if (finding.kind === "cleared") this.#phases.end(finding.device, finding.time);
  }

  /** Judges the stragglers of every device of which none has come for the lateness; `clock` Infinity = all of them. */
  advance(clock: number): void {
    if (this.#waiting.size === 0) return;
    const due = [...this.#waiting].filter(([, { at }]) => clock - at >= LATENESS_MS);
    for (const [device, { samples }] of due.sort(([a], [b]) => a - b)) {
      this.#waiting.delete(device);
      this.#kept -= samples.length;
      this.#judge(device, samples.sort(inTime));
    }
  }

  #judge(device: number, samples: readonly Sample[]): void {
    this.#findings = [];
    samples.forEach((sample, i) => {
      this.#bank.read(sample);
      const next = samples[i + 1];
      if (next === undefined || !this.#isFollowedBy(sample, next)) this.#calm(sample, next);
    });
    for (const phase of phasesOf(this.#findings)) {
      const last = phase.at(-1)!;
      const [from, to] = [sinceOf(phase[0]!), last.kind === "cleared" ? last.time : null];
      if (!this.#phases.add(device, from - this.#bank.standsMs(device), from, to)) continue;
      for (const finding of phase) this.#delivered.found(device, finding);
    }
  }

  /** Nothing was delivered between the two. */
  #isFollowedBy(a: Sample, b: Sample): boolean {
    if (a.sequence < 0 || a.boot !== b.boot) return b.time - a.time <= this.#bank.standsMs(a.device);
    return this.#delivered.nextSeen(a.device, a.boot, a.sequence) === b.sequence;
  }

  /** After the sample the device was calm, up to the next straggler, or for good; unless its present phase is the same. */
  #calm(sample: Sample, next: Sample | undefined): void {
    const { device } = sample;
    const newest = this.#delivered.newestAt(device);
    if (next === undefined && this.#delivered.bank.join(device, this.#bank)) return;
    const from = Math.min(this.#timeAfter(sample), next === undefined ? newest : next.time - 1);
    this.#bank.read(calmSample(sample, from));
    const clear = this.#bank.clearAt(device);
    if (clear === null) return;
    if (clear <= (next?.time ?? newest)) this.#bank.read(calmSample(sample, clear));
    else if (next === undefined) this.#delivered.bank.adopt(device, this.#bank);
  }

  /** When the message after the sample was said: by its number, or at the latest when the sample no longer stands. */
  #timeAfter(sample: Sample): number {
    const { device, boot, sequence, time } = sample;
    const every = this.#city.devices[device]!.reportEveryMs;
    const seen = sequence < 0 ? null : this.#delivered.nextSeen(device, boot, sequence);
    if (every === null || seen === null) return time + this.#bank.standsMs(device);
    return time + (seen - sequence) * every;
  }

  #collect(finding: Finding): void {
    if (finding.kind !== "held" && finding.kind !== "cleared") return;
    const because = finding.because.filter(({ position }) => position !== null);
    this.#findings.push({ ...finding, because });
  }

  /** Plain JSON for a snapshot. */
  save(): SavedLateSamples {
    return {
      waiting: [...this.#waiting].map(([device, { at, samples }]) => [device, { at, samples: [...samples] }]),
      phases: this.#phases.save(),
      dropped: this.#dropped,
    };
  }

  restore(saved: SavedLateSamples): void {
    for (const [device, { at, samples }] of saved.waiting) {
      this.#waiting.set(device, { at, samples: samples.map(revive) });
      this.#kept += samples.length;
    }
    this.#phases.restore(saved.phases);
    this.#dropped = saved.dropped;
  }
}

function inTime(a: Sample, b: Sample): number {
  return a.time - b.time || a.sequence - b.sequence;
}

/** What the device is taken to have said then: proof of nothing, so it has no position on the log. */
function calmSample(after: Sample, time: number): Sample {
  return { ...after, time, value: CALM, sequence: -1, position: -1, exercise: false, event: null };
}

function sinceOf(finding: HeldFinding | ClearedFinding): number {
  return finding.kind === "held" ? finding.since : finding.time;
}

/** From the first that is held to the clearing; the last phase may lack it. */
function phasesOf(findings: readonly (HeldFinding | ClearedFinding)[]) {
  const phases: (HeldFinding | ClearedFinding)[][] = [];
  let isOpen = false;
  for (const finding of findings) {
    if (isOpen) phases.at(-1)!.push(finding);
    else phases.push([finding]);
    isOpen = finding.kind === "held";
  }
  return phases;
}
