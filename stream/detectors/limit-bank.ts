/**
 * Watches the limits of all devices: one comparison for a calm device, a small watch object for the few that are over.
 *
 * A value stands until the device's next one, at most 3 x `reportEveryMs`; after that it is unknown: nothing fires or
 * clears, and if the next value still meets the condition the hold goes on, the trigger not before that value.
 */
import type { City } from "../../twin/city/city.ts";
import type { DeviceKind } from "../../twin/devices/device-kind.ts";
import type { Level } from "../../twin/events/fields.ts";
import { CARE, type DeviceTable, MATTERS, ROW } from "../order/device-table.ts";
import type { Sample } from "../order/sample.ts";
import type { Finding } from "./finding.ts";
import { floorOf, isBroken, isClear, type Limit, meets } from "./limit.ts";
import { firstDue, knownLate, newWatch, type Watch } from "./limit-watch.ts";
import { causeOfSample } from "./sample-cause.ts";

/** A value of a device without a reporting period stands this long. */
const STANDS_BY_DEFAULT_MS = 15 * 60_000;

export type FindingSink = (device: number, finding: Finding) => void;

export class LimitBank {
  readonly #city: City;
  readonly #emit: FindingSink;
  /** By device, oldest first. */
  readonly #limitsOf: (readonly Limit[])[];
  readonly #table: DeviceTable;
  readonly #standsMs: Float64Array;
  readonly #watches = new Map<number, Watch>();

  constructor(table: DeviceTable, limits: readonly Limit[], emit: FindingSink) {
    const { city } = table;
    this.#city = city;
    this.#table = table;
    this.#emit = emit;
    this.#standsMs = new Float64Array(city.devices.length);
    const ofKind = new Map<DeviceKind, readonly Limit[]>();
    for (const { kind } of city.devices) {
      if (!ofKind.has(kind)) ofKind.set(kind, limitsOfKind(limits, kind));
    }
    this.#limitsOf = city.devices.map(({ kind }) => ofKind.get(kind)!);
    table.fill(MATTERS, (device) => Math.min(...this.#limitsOf[device]!.map(floorOf)));
    city.devices.forEach((device, ordinal) => {
      this.#standsMs[ordinal] =
        device.reportEveryMs === null ? STANDS_BY_DEFAULT_MS : 3 * device.reportEveryMs;
    });
  }

  /** The device's next value, in its own order. */
  read(sample: Sample): void {
    const { device, value } = sample;
    const isCalm = (this.#table.care[device]! & CARE.warm) === 0;
    if (isCalm && value < this.#table.numbers[ROW * device + MATTERS]!) return;
    this.#watch(sample);
  }

  #watch(sample: Sample): void {
    const { device, time, value } = sample;
    const limit = this.#limitAt(device, time);
    if (limit === undefined) return;
    let watch = this.#watches.get(device);
    if (watch === undefined) {
      watch = newWatch(limit, sample);
      this.#open(device, watch);
    } else {
      const known = watch.lastTime + this.#standsMs[device]!;
      const before = this.#limitAt(device, watch.lastTime)!;
      this.#fireBefore(device, before, watch, Math.min(known, time - 1), sample);
      if (time - watch.lastTime > this.#standsMs[device]!) watch.run.fill(0);
    }
    this.#begin(limit, watch, sample);
    this.#fireRuns(limit, watch, sample);
    this.#fireAt(limit, watch, sample);
    watch.lastTime = time;
    watch.lastValue = value;
    watch.lastReceivedAt = sample.receivedAt;
    if (
      watch.level === null &&
      watch.since.every((since) => since === null) &&
      watch.run.every((n) => n === 0)
    ) {
      this.#close(device);
    }
  }

  /** What is asked of the device at a moment: what a value began is due by the limit of the newest value's time. */
  #limitAt(device: number, time: number): Limit | undefined {
    const limits = this.#limitsOf[device]!;
    let index = limits.length - 1;
    while (index > 0 && time < limits[index]!.from!) index--;
    return limits[index];
  }

  #open(device: number, watch: Watch): void {
    this.#watches.set(device, watch);
    this.#table.setCare(device, CARE.warm, true);
  }

  #close(device: number): void {
    this.#watches.delete(device);
    this.#table.setCare(device, CARE.warm, false);
  }

  /** Holds and clearings that became due up to `until` while the last value stood. */
  #fireBefore(device: number, limit: Limit, watch: Watch, until: number, proof: Sample | null): void {
    if (firstDue(limit, watch) > until) return;
    for (const { due, fire } of this.#dues(device, limit, watch, proof)) if (due <= until) fire(due);
  }

  /** What is due under the last value, earliest first. */
  #dues(device: number, limit: Limit, watch: Watch, proof: Sample | null) {
    const dues: { due: number; fire: (at: number) => void }[] = [];
    limit.holds.forEach((hold, i) => {
      const since = watch.since[i];
      if (since == null || watch.fired[i] === true) return;
      dues.push({
        due: since + hold.forMs,
        fire: (at) => this.#fireHold(device, limit, watch, i, at, proof),
      });
    });
    if (watch.clearSince !== null) {
      const due = watch.clearSince + limit.clear.forMs;
      dues.push({ due, fire: (at) => this.#clear(device, limit, watch, at, proof) });
    }
    return dues.sort((a, b) => a.due - b.due);
  }

  #begin(limit: Limit, watch: Watch, sample: Sample): void {
    const { time, value } = sample;
    limit.holds.forEach((hold, i) => {
      if (watch.since[i] == null) {
        if (!meets(value, hold)) return;
        watch.since[i] = time;
        watch.began[i] = causeOfSample(this.#city, sample);
        watch.exercise ||= sample.exercise;
      } else if (isBroken(value, hold, limit.deadband)) {
        watch.since[i] = null;
        watch.began[i] = null;
      }
    });
    const wasClear = watch.clearSince !== null;
    if (isClear(value, limit.clear)) watch.clearSince ??= time;
    else watch.clearSince = null;
    const eased = watch.clearSince !== null;
    if (watch.level !== null && eased !== wasClear) this.#ease(limit, sample, eased);
  }

  /** Back within the clearing limit, or out of it again, while an episode is open. */
  #ease(limit: Limit, sample: Sample, eased: boolean): void {
    const { device, time, value, receivedAt, exercise } = sample;
    const because = [causeOfSample(this.#city, sample)];
    const { code } = limit;
    this.#emit(device, { kind: "eased", code, device, eased, value, time, receivedAt, exercise, because });
  }

  #fireRuns(limit: Limit, watch: Watch, sample: Sample): void {
    limit.runs.forEach((run, i) => {
      const slot = limit.holds.length + i;
      watch.run[i] = sample.value >= run.from ? watch.run[i]! + 1 : 0;
      if (watch.run[i] === 1) watch.began[slot] = causeOfSample(this.#city, sample);
      if (watch.run[i]! < run.count || watch.fired[slot] === true) return;
      watch.fired[slot] = true;
      watch.exercise ||= sample.exercise;
      this.#held(sample.device, limit, watch, run.level, sample.time, slot, sample);
    });
  }

  /** Due exactly now, or while the value was unknown: not before the value in hand. */
  #fireAt(limit: Limit, watch: Watch, sample: Sample): void {
    if (firstDue(limit, watch) > sample.time) return;
    for (const { due, fire } of this.#dues(sample.device, limit, watch, sample)) {
      if (due <= sample.time) fire(sample.time);
    }
  }

  #fireHold(device: number, limit: Limit, watch: Watch, i: number, at: number, proof: Sample | null): void {
    if (watch.fired[i] === true || watch.since[i] == null) return;
    watch.fired[i] = true;
    this.#held(device, limit, watch, limit.holds[i]!.level, at, i, proof);
  }

  #held(
    device: number,
    limit: Limit,
    watch: Watch,
    level: Level,
    at: number,
    slot: number,
    proof: Sample | null,
  ) {
    watch.level = level;
    const began = watch.began[slot];
    const because = began == null ? [] : [began];
    if (proof !== null) because.push(causeOfSample(this.#city, proof));
    this.#emit(device, {
      kind: "held",
      code: limit.code,
      device,
      level,
      time: at,
      since: watch.since[slot] ?? at,
      value: proof !== null && proof.time === at ? proof.value : watch.lastValue,
      receivedAt: proof?.receivedAt ?? knownLate(watch, at),
      exercise: watch.exercise,
      because,
    });
  }

  #clear(device: number, limit: Limit, watch: Watch, at: number, proof: Sample | null): void {
    if (watch.clearSince === null) return;
    const wasOpen = watch.level !== null;
    watch.since.fill(null);
    watch.fired.fill(false);
    watch.level = null;
    watch.exercise = false;
    watch.clearSince = null;
    if (!wasOpen) return;
    this.#emit(device, {
      kind: "cleared",
      code: limit.code,
      device,
      time: at,
      receivedAt: proof?.receivedAt ?? knownLate(watch, at),
      exercise: false,
      because: proof === null ? [] : [causeOfSample(this.#city, proof)],
    });
  }

  /**
   * What a value behind a gap would ring at once: a run of high values (L1 never waits). The finding is provisional;
   * `before` = messages of the device that wait already, oldest first.
   */
  express(sample: Sample, before: readonly Sample[]): Finding | null {
    const limit = this.#limitAt(sample.device, sample.time);
    if (limit === undefined) return null;
    const values = before.filter(({ value }) => !Number.isNaN(value));
    const known = [...values, sample].sort((a, b) => a.time - b.time);
    const run = limit.runs.find(({ from, count }) => this.#runAround(sample, known, from) >= count);
    if (run === undefined) return null;
    return {
      kind: "held",
      code: limit.code,
      device: sample.device,
      level: run.level,
      time: sample.time,
      since: sample.time,
      value: sample.value,
      receivedAt: sample.receivedAt,
      exercise: sample.exercise,
      because: [...before.slice(-2), sample].map((s) => causeOfSample(this.#city, s)),
    };
  }

  /** How many of the known values around the sample's are at least `from`, none between them below. */
  #runAround(sample: Sample, known: readonly Sample[], from: number): number {
    const stands = this.#standsMs[sample.device]!;
    const goesOn = (a: Sample, b: Sample) => b.value >= from && Math.abs(b.time - a.time) <= stands;
    if (!(sample.value >= from)) return 0;
    const at = known.indexOf(sample);
    let [first, last] = [at, at];
    while (first > 0 && goesOn(known[first]!, known[first - 1]!)) first--;
    while (last < known.length - 1 && goesOn(known[last]!, known[last + 1]!)) last++;
    const watch = this.#watches.get(sample.device);
    const settled = first === 0 && watch !== undefined && watch.lastValue >= from;
    const follows = settled && Math.abs(known[0]!.time - watch.lastTime) <= stands;
    return last - first + 1 + (follows ? 1 : 0);
  }

  /** The watermark has passed: what became due while the last value stood is settled, even if the device is silent. */
  advance(watermark: number): void {
    for (const [device, watch] of this.#watches) {
      const limit = this.#limitAt(device, watch.lastTime);
      if (limit === undefined) continue;
      this.#fireBefore(
        device,
        limit,
        watch,
        Math.min(watermark, watch.lastTime + this.#standsMs[device]!),
        null,
      );
    }
  }

  /** How long a value of the device stands, ms. */
  standsMs(device: number): number {
    return this.#standsMs[device]!;
  }

  /** Whether the value is not calm by every measure of the device's limit: it goes on with a hold, or does not clear. */
  isStirred({ device, value, time }: Sample): boolean {
    const limit = this.#limitAt(device, time);
    if (limit === undefined || Number.isNaN(value)) return false;
    return !isClear(value, limit.clear) || limit.holds.some((hold) => !isBroken(value, hold, limit.deadband));
  }

  /** When the clearing that has begun will have held, ms since epoch; `null` = none has. */
  clearAt(device: number): number | null {
    const watch = this.#watches.get(device);
    if (watch === undefined || watch.clearSince === null) return null;
    return watch.clearSince + this.#limitAt(device, watch.lastTime)!.clear.forMs;
  }

  /** Goes on with the watch of `from`, whose values end just before this bank's began: one phase. `false` = it is none. */
  join(device: number, from: LimitBank): boolean {
    const [watch, earlier] = [this.#watches.get(device), from.#watches.get(device)];
    if (watch === undefined || earlier === undefined) return false;
    const latest = earlier.lastTime + this.#standsMs[device]!;
    const isOne = watch.since.map(
      (since, i) => since !== null && since <= latest && earlier.since[i] !== null,
    );
    if (!isOne.includes(true)) return false;
    isOne.forEach((joins, i) => {
      if (!joins || earlier.since[i]! >= watch.since[i]!) return;
      watch.since[i] = earlier.since[i]!;
      watch.began[i] = earlier.began[i]!;
    });
    this.adopt(device, from);
    return true;
  }

  /** Takes over the watch of `from`, so that its open episode is cleared here. */
  adopt(device: number, from: LimitBank): void {
    const [watch, earlier] = [this.#watches.get(device), from.#watches.get(device)];
    from.#close(device);
    if (earlier === undefined) return;
    if (watch === undefined) {
      this.#open(device, earlier);
      return;
    }
    watch.level ??= earlier.level;
    watch.exercise ||= earlier.exercise;
    watch.fired = watch.fired.map((fired, i) => fired || earlier.fired[i] === true);
  }

  /** The device's values no longer count: holds and clearings that have begun are broken off. */
  doubt(device: number): void {
    const watch = this.#watches.get(device);
    if (watch === undefined) return;
    watch.since.fill(null);
    watch.run.fill(0);
    watch.clearSince = null;
    if (watch.level === null) this.#close(device);
  }

  /** Plain JSON for a snapshot. */
  save(): [number, Watch][] {
    return [...this.#watches].map(([device, watch]) => [device, structuredClone(watch)]);
  }

  restore(saved: readonly [number, Watch][]): void {
    for (const [device, watch] of saved) this.#open(device, structuredClone(watch));
  }
}

/** The limits of a kind of device as they follow each other; without times of validity the first counts. */
function limitsOfKind(limits: readonly Limit[], kind: DeviceKind): readonly Limit[] {
  const own = limits.filter(({ kinds }) => kinds.includes(kind));
  return own.some(({ from }) => from === undefined) ? own.slice(0, 1) : own;
}
