/**
 * Puts each device's messages in its own order (DESIGN §2): a device is complete while its sequence has no gap, and then
 * nothing waits; after a gap its later messages wait until the gap is filled or the watermark passes them. Repeats are
 * dropped by (boot, sequence), messages of a clock that runs ahead or behind are corrected to their receipt.
 *
 *   columns --> [same boot, next number, clock right] --------------------------> deliver
 *   events  --> repeat? -> skewed? -> gap? -> [waiting, by time] -- watermark --> deliver
 */
import type { City } from "../../twin/city/city.ts";
import { takeCalm } from "./calm-readings.ts";
import type { ColumnsMessage, DeviceSink, OrderCounts } from "./device-sink.ts";
import { CARE, DELIVERED, type DeviceTable, NEXT, ROW } from "./device-table.ts";
import { GatewayClocks, type SkewNumbers, USUAL_SKEW } from "./gateway-clocks.ts";
import { devicesByGateway } from "./gateway-devices.ts";
import { correct, emptySample, holds, isBefore, revive, type Sample } from "./sample.ts";
import { SequenceWindow } from "./sequence-window.ts";
import { isBehind, SlowClocks } from "./slow-clocks.ts";

/** Boots of one device whose numbers are remembered. */
const BOOTS_MAX = 8;

interface SavedOrder {
  readonly next: [number, string, number][];
  readonly windows: [number, { boot: string; next: number; holes: number[] }[]][];
  readonly waiting: [number, Sample[]][];
  readonly suspects: [string, Sample[]][];
  readonly clocks: ReturnType<GatewayClocks["save"]>;
  readonly slow: ReturnType<SlowClocks["save"]>;
  readonly lastTime: (number | null)[];
}

export class DeviceOrder {
  readonly #city: City;
  readonly #table: DeviceTable;
  readonly #sink: DeviceSink;
  /** Live: the first message heard of a boot starts the order at once; replay waits for the watermark. */
  readonly #eager: boolean;
  readonly #boot: (string | undefined)[];
  readonly #windows = new Map<number, SequenceWindow[]>();
  readonly #waiting = new Map<number, Sample[]>();
  /** Made when the first gateway is watched. */
  #devicesOf: ReadonlyMap<string, readonly number[]> | null = null;
  #suspects = new Map<string, Sample[]>();
  readonly #skew: SkewNumbers;
  #clocks: GatewayClocks;
  #slow: SlowClocks;
  readonly #sample = emptySample();

  constructor(table: DeviceTable, sink: DeviceSink, options: { eager: boolean; skew?: SkewNumbers }) {
    this.#skew = options.skew ?? USUAL_SKEW;
    this.#clocks = new GatewayClocks(this.#skew);
    this.#slow = new SlowClocks([], this.#skew);
    this.#city = table.city;
    this.#table = table;
    this.#sink = sink;
    this.#eager = options.eager;
    table.fill(NEXT, () => Number.NaN);
    table.fill(DELIVERED, () => Number.NEGATIVE_INFINITY);
    this.#boot = new Array<string | undefined>(table.city.devices.length);
  }

  /** Takes a columns message; `watermark` judges what is late. */
  columns(message: ColumnsMessage, watermark: number): OrderCounts {
    const counts: OrderCounts = { accepted: 0, duplicates: 0, late: 0 };
    const { receivedAt } = message;
    const latest = this.#latestTime(receivedAt);
    const entry = (i: number) => this.#entry(message, i, latest, watermark, counts);
    if (this.#isBehind(message.columns.base, receivedAt)) {
      for (let i = 0; i < message.columns.device.length; i++) entry(i);
    } else takeCalm({ table: this.#table, boot: this.#boot, message, latest, watermark, counts }, entry);
    return counts;
  }

  /** An entry that needs more care. */
  #entry(
    { columns, receivedAt, position, exercise }: ColumnsMessage,
    i: number,
    latest: number,
    watermark: number,
    counts: OrderCounts,
  ): void {
    const slot = columns.device[i]!;
    const sample = this.#sample;
    sample.device = columns.devices[slot]!;
    sample.time = columns.base + columns.dtMs[i]!;
    sample.value = columns.value[i]!;
    sample.sequence = columns.sequence[i]!;
    sample.boot = columns.boots === null ? "" : (columns.boots[slot] ?? "");
    sample.receivedAt = receivedAt;
    sample.position = position;
    sample.exercise = exercise;
    sample.late = sample.time < watermark;
    sample.event = null;
    if (this.#isNext(sample, latest)) {
      counts.accepted++;
      if (sample.late) counts.late++;
      this.#passOn(sample);
    } else this.#count(counts, sample.late, this.#take({ ...sample }));
  }

  #count(counts: OrderCounts, late: boolean, isNew: boolean): void {
    if (!isNew) {
      counts.duplicates++;
      return;
    }
    counts.accepted++;
    if (late) counts.late++;
  }

  /** Takes one message; false = a repeat, which changed nothing. The sample is kept. */
  message(sample: Sample): boolean {
    if (!this.#isNext(sample, this.#latestTime(sample.receivedAt))) return this.#take(sample);
    this.#passOn(sample);
    return true;
  }

  /** The message is the one expected next and nothing waits for it: most are. */
  #isNext(sample: Sample, latest: number): boolean {
    const { device, time } = sample;
    const { numbers, care } = this.#table;
    return (
      (care[device]! & (CARE.waits | CARE.watched)) === 0 &&
      time <= latest &&
      !this.#isBehind(time, sample.receivedAt) &&
      sample.sequence === numbers[ROW * device + NEXT]! &&
      sample.boot === this.#boot[device] &&
      time >= numbers[ROW * device + DELIVERED]!
    );
  }

  /** Event times beyond it have a wrong clock; nobody knows where the receipt is not known. */
  #latestTime(receivedAt: number | null): number {
    return receivedAt === null ? Number.POSITIVE_INFINITY : receivedAt + this.#skew.at(receivedAt).skewMs;
  }

  #isBehind(time: number, receivedAt: number | null): boolean {
    return receivedAt !== null && isBehind(time, receivedAt, this.#skew.at(receivedAt).skewMs);
  }

  #passOn(sample: Sample): void {
    this.#table.numbers[ROW * sample.device + NEXT] = sample.sequence + 1;
    this.#table.numbers[ROW * sample.device + DELIVERED] = sample.time;
    this.#sink.deliver(sample);
  }

  #take(sample: Sample): boolean {
    if (sample.sequence >= 0 && this.#isRepeat(sample)) return false;
    if (sample.receivedAt !== null) {
      const { gateway } = this.#city.devices[sample.device]!;
      const ahead = sample.time > this.#latestTime(sample.receivedAt);
      if (gateway !== null && (ahead || this.#clocks.isWatched(gateway))) {
        this.#judge(gateway, sample, sample.receivedAt);
        return true;
      }
      if (
        gateway !== null &&
        (this.#isBehind(sample.time, sample.receivedAt) || this.#slow.isWatched(gateway))
      ) {
        this.#judgeSlow(gateway, sample, sample.receivedAt);
        return true;
      }
      if (ahead) correct(sample);
    }
    this.#place(sample);
    return true;
  }

  /** Places the sample, at another time if its clock is known to run behind. */
  #judgeSlow(gateway: string, sample: Sample, receivedAt: number): void {
    const verdict = this.#slow.judge(gateway, sample.time, receivedAt);
    this.#watch(gateway);
    if (verdict.kind === "corrected" || verdict.kind === "proved") {
      sample.time = verdict.time;
      sample.late = false;
    }
    this.#place(sample);
    if (verdict.kind === "proved" || verdict.kind === "healed") this.#sink.clock(gateway, verdict, sample);
  }

  #isRepeat(sample: Sample): boolean {
    const care = this.#table.care[sample.device]!;
    if ((care & CARE.waits) !== 0 && holds(this.#waiting.get(sample.device), sample)) return true;
    if ((care & CARE.watched) !== 0) {
      const { gateway } = this.#city.devices[sample.device]!;
      if (gateway !== null && holds(this.#suspects.get(gateway), sample)) return true;
    }
    return this.#windowOf(sample.device, sample.boot)?.isSeen(sample.sequence) ?? false;
  }

  #judge(gateway: string, sample: Sample, receivedAt: number): void {
    const verdict = this.#clocks.judge(gateway, sample.time, receivedAt);
    this.#watch(gateway);
    if (verdict.kind === "suspect") {
      this.#suspects.set(gateway, [...(this.#suspects.get(gateway) ?? []), sample]);
      return;
    }
    this.#releaseSuspects(gateway);
    if (verdict.kind === "proved" || verdict.kind === "corrected") correct(sample);
    this.#place(sample);
    if (verdict.kind === "proved" || verdict.kind === "healed") this.#sink.clock(gateway, verdict, sample);
  }

  /** Marks the gateway's devices as the clocks see them. */
  #watch(gateway: string): void {
    this.#devicesOf ??= devicesByGateway(this.#city);
    const isWatched = this.#clocks.isWatched(gateway) || this.#slow.isWatched(gateway);
    for (const device of this.#devicesOf.get(gateway) ?? []) {
      this.#table.setCare(device, CARE.watched, isWatched);
    }
  }

  /** No message can be younger than its receipt: proved or not, those kept aside count from there. */
  #releaseSuspects(gateway: string): void {
    const aside = this.#suspects.get(gateway) ?? [];
    this.#suspects.delete(gateway);
    for (const suspect of aside) {
      correct(suspect);
      this.#place(suspect);
    }
  }

  /** Delivers the message, or lets it wait for what is missing before it. */
  #place(sample: Sample): void {
    const { device } = sample;
    if (sample.sequence < 0) {
      if (this.#eager || sample.late) this.#deliver(sample);
      else this.#wait(sample);
      return;
    }
    const window = this.#windowOf(device, sample.boot) ?? this.#startBoot(sample);
    const afterGap = sample.sequence > window.next && this.#boot[device] === sample.boot;
    const waitingBoot = this.#waiting.get(device)?.[0]?.boot;
    const otherBootWaits = waitingBoot !== undefined && waitingBoot !== sample.boot;
    if (!sample.late && (afterGap || otherBootWaits)) {
      this.#wait(sample);
      return;
    }
    this.#pass(window, sample);
    this.#deliver(sample);
    this.#drain(device);
  }

  #pass(window: SequenceWindow, sample: Sample): void {
    window.pass(sample.sequence);
    if (this.#boot[sample.device] === sample.boot)
      this.#table.numbers[ROW * sample.device + NEXT] = window.next;
  }

  /** The window of a boot, brought up to what the hot path has passed; `undefined` for a boot not heard before. */
  #windowOf(device: number, boot: string): SequenceWindow | undefined {
    const known = this.#windows.get(device);
    if (known === undefined) return undefined;
    for (const window of known) {
      if (window.boot !== boot) continue;
      if (this.#boot[device] === boot)
        window.next = Math.max(window.next, this.#table.numbers[ROW * device + NEXT]!);
      return window;
    }
    return undefined;
  }

  #startBoot(sample: Sample): SequenceWindow {
    const { device, boot, sequence } = sample;
    const startsHere = this.#eager || sequence <= 1;
    const window = startsHere
      ? new SequenceWindow(boot, sequence, sequence > 0 ? [0, sequence] : [])
      : new SequenceWindow(boot, 0);
    const current = this.#boot[device];
    if (current !== undefined) this.#windowOf(device, current);
    this.#windows.set(device, [...(this.#windows.get(device) ?? []).slice(1 - BOOTS_MAX), window]);
    this.#boot[device] = boot;
    this.#table.numbers[ROW * device + NEXT] = window.next;
    return window;
  }

  #wait(sample: Sample): void {
    this.#sink.waits(sample);
    const queue = this.#waiting.get(sample.device);
    if (queue === undefined) {
      this.#waitFor(sample.device, [sample]);
      return;
    }
    let at = queue.length;
    while (at > 0 && isBefore(sample, queue[at - 1]!)) at--;
    queue.splice(at, 0, sample);
  }

  #waitFor(device: number, queue: Sample[]): void {
    this.#waiting.set(device, queue);
    this.#table.setCare(device, CARE.waits, true);
  }

  #endWait(device: number): void {
    this.#waiting.delete(device);
    this.#table.setCare(device, CARE.waits, false);
  }

  #drain(device: number): void {
    const queue = this.#waiting.get(device);
    if (queue === undefined) return;
    while (
      queue.length > 0 &&
      queue[0]!.sequence >= 0 &&
      queue[0]!.sequence === this.#table.numbers[ROW * device + NEXT]
    ) {
      this.#release(queue.shift()!);
    }
    if (queue.length === 0) this.#endWait(device);
  }

  #release(sample: Sample): void {
    if (sample.sequence >= 0) {
      const window = this.#windowOf(sample.device, sample.boot);
      if (window !== undefined) this.#pass(window, sample);
    }
    this.#deliver(sample);
  }

  #deliver(sample: Sample): void {
    if (sample.time < this.#table.numbers[ROW * sample.device + DELIVERED]!) {
      this.#sink.unordered(sample);
      return;
    }
    this.#table.numbers[ROW * sample.device + DELIVERED] = sample.time;
    this.#sink.deliver(sample);
  }

  /** The watermark has passed: nothing older is expected, so what waited up to there is delivered in order. */
  advance(watermark: number): void {
    for (const [gateway, aside] of this.#suspects) {
      if ((aside[0]?.receivedAt ?? watermark) <= watermark) this.#releaseSuspects(gateway);
    }
    for (const [device, queue] of this.#waiting) {
      while (queue.length > 0 && queue[0]!.time <= watermark) this.#release(queue.shift()!);
      if (queue.length === 0) this.#endWait(device);
      else this.#drain(device);
    }
  }

  /** Whether messages of the device wait for a gap before them. */
  isWaiting(device: number): boolean {
    return this.#waiting.has(device);
  }

  /** The lowest number above `sequence` that was seen of this boot; `null` = none, or not known. */
  nextSeen(device: number, boot: string, sequence: number): number | null {
    return this.#windowOf(device, boot)?.nextSeen(sequence) ?? null;
  }

  /** Messages that wait, newest last; for what may not wait (L1 gas). */
  waitingOf(device: number): readonly Sample[] {
    return this.#waiting.get(device) ?? [];
  }

  /** Plain JSON for a snapshot. */
  save(): SavedOrder {
    const next: [number, string, number][] = [];
    this.#boot.forEach((boot, device) => {
      if (boot === undefined) return;
      this.#windowOf(device, boot);
      next.push([device, boot, this.#table.numbers[ROW * device + NEXT]!]);
    });
    return {
      next,
      windows: [...this.#windows].map(([device, windows]) => [
        device,
        windows.map(({ boot, next: after, holes }) => ({ boot, next: after, holes: [...holes] })),
      ]),
      waiting: [...this.#waiting].map(([device, queue]) => [device, queue.map((sample) => ({ ...sample }))]),
      suspects: [...this.#suspects].map(([gateway, aside]) => [
        gateway,
        aside.map((sample) => ({ ...sample })),
      ]),
      clocks: this.#clocks.save(),
      slow: this.#slow.save(),
      lastTime: this.#table.column(DELIVERED),
    };
  }

  /** Takes up what `save` gave. */
  restore(saved: SavedOrder): void {
    for (const [device, boot, next] of saved.next) {
      this.#boot[device] = boot;
      this.#table.numbers[ROW * device + NEXT] = next;
    }
    for (const [device, windows] of saved.windows) {
      this.#windows.set(
        device,
        windows.map((w) => new SequenceWindow(w.boot, w.next, [...w.holes])),
      );
    }
    for (const [device, queue] of saved.waiting) this.#waitFor(device, queue.map(revive));
    this.#suspects = new Map(saved.suspects.map(([gateway, aside]) => [gateway, aside.map(revive)]));
    this.#clocks = GatewayClocks.restore(saved.clocks, this.#skew);
    this.#slow = new SlowClocks(saved.slow, this.#skew);
    for (const [gateway] of [...saved.clocks, ...saved.slow]) this.#watch(gateway);
    this.#table.restore(DELIVERED, saved.lastTime, Number.NEGATIVE_INFINITY);
  }
}
