/**
 * Who has fallen silent (CONTRACT §9, O01): offline = no message for 180 s (camera) or 3 x `reportEveryMs`, or `died`.
 * A device never heard is `never`: not offline. One without a reporting period speaks only when something happens and is
 * neither heard nor silent here. A silence is settled when the watermark passes it; live, it is shown
 * provisionally as soon as the clock passes it, and taken back if an older message still comes. While the program itself
 * was down nobody listened: that time is nobody's silence (SC24). Nor is a device silent whose messages come in just now,
 * however old they are: a gateway that sends its backlog speaks (SC23).
 */
import type { City } from "../../twin/city/city.ts";
import type { Cause } from "../../twin/events/output-events.ts";
import { eventName } from "../../twin/words/event-names.ts";
import { CARE, type DeviceTable, HEARD, PATIENCE, RECEIPT, ROW } from "../order/device-table.ts";
import { LATENESS_MS } from "../order/receipt-clock.ts";
import type { Sample } from "../order/sample.ts";
import type { FindingSink } from "./limit-bank.ts";
import { causeOfSample, causeOfSilence } from "./sample-cause.ts";

const CAMERA_SILENCE_MS = 180_000;
/** Devices that are scanned together. */
const BLOCK = 256;

export const NEVER = 0;
export const ONLINE = 1;
export const SILENT = 2;

export interface AbsenceSink {
  readonly emit: FindingSink;
  /** Shown live until settled or taken back. */
  readonly provisional: FindingSink;
  /** `isBack`: it speaks after all; else the silence is settled, or said, and takes the place of what was shown. */
  readonly retract: (device: number, isBack: boolean) => void;
  /** Messages of the device that have come and wait for a gap before them. */
  readonly waiting: (device: number) => readonly Sample[];
}

interface SavedAbsence {
  readonly state: readonly number[];
  readonly last: readonly (number | null)[];
  readonly receipt: readonly (number | null)[];
  /** Devices whose silence is shown and not settled. */
  readonly shown: readonly number[];
}

export class Absence {
  readonly #city: City;
  readonly #sink: AbsenceSink;
  readonly #table: DeviceTable;
  readonly #state: Uint8Array;
  readonly #isShown: Uint8Array;
  /** Silences count from here on, ms since epoch: before, nobody listened. */
  #listeningSince = Number.NEGATIVE_INFINITY;
  /** Per block of devices: no silence can begin before these; so most ticks need no scan. */
  readonly #nextSettled: Float64Array;
  readonly #nextShown: Float64Array;

  constructor(table: DeviceTable, sink: AbsenceSink) {
    const { city } = table;
    this.#city = city;
    this.#table = table;
    this.#sink = sink;
    const blocks = Math.ceil(city.devices.length / BLOCK);
    this.#nextSettled = new Float64Array(blocks).fill(Number.NEGATIVE_INFINITY);
    this.#nextShown = new Float64Array(blocks).fill(Number.NEGATIVE_INFINITY);
    this.#state = new Uint8Array(city.devices.length);
    this.#isShown = new Uint8Array(city.devices.length);
    table.fill(PATIENCE, (device) => {
      const { kind, reportEveryMs } = city.devices[device]!;
      if (kind === "camera") return CAMERA_SILENCE_MS;
      return reportEveryMs === null ? Number.POSITIVE_INFINITY : 3 * reportEveryMs;
    });
    table.care.forEach((_, device) => {
      table.setCare(device, CARE.notOnline, true);
    });
  }

  /** After a gap in which nobody listened. */
  listenFrom(time: number): void {
    this.#listeningSince = time;
  }

  /** When a device that said nothing since its newest message falls silent: after a late one, from its receipt on. */
  #silentAt(device: number): number {
    const [heard, receipt] = [this.#heardAt(device), this.#receiptOf(device)];
    const spoke = receipt - heard > LATENESS_MS ? receipt : heard;
    return Math.max(spoke, this.#listeningSince) + this.#patienceOf(device);
  }

  /** Event time of its newest message. */
  #heardAt(device: number): number {
    return this.#table.numbers[ROW * device + HEARD]!;
  }

  #setHeardAt(device: number, time: number): void {
    this.#table.numbers[ROW * device + HEARD] = time;
  }

  #receiptOf(device: number): number {
    return this.#table.numbers[ROW * device + RECEIPT]!;
  }

  #setReceipt(device: number, receipt: number): void {
    const at = ROW * device + RECEIPT;
    this.#table.numbers[at] = Math.max(receipt, this.#table.numbers[at]!);
  }

  #patienceOf(device: number): number {
    return this.#table.numbers[ROW * device + PATIENCE]!;
  }

  #setState(device: number, state: number): void {
    this.#state[device] = state;
    this.#table.setCare(device, CARE.notOnline, state !== ONLINE);
  }

  #setShown(device: number, isShown: boolean): void {
    this.#isShown[device] = isShown ? 1 : 0;
    this.#table.setCare(device, CARE.shown, isShown);
  }

  /** The device spoke; messages come in its own order. */
  hear(sample: Sample): void {
    const { device, time } = sample;
    const last = this.#heardAt(device);
    const receipt = sample.receivedAt ?? time;
    const hasPaused = receipt - this.#receiptOf(device) > this.#patienceOf(device);
    if (
      this.#state[device] === ONLINE &&
      time - last <= this.#patienceOf(device) &&
      !hasPaused &&
      this.#isShown[device] === 0
    ) {
      this.#setReceipt(device, receipt);
      this.#setHeardAt(device, time);
      return;
    }
    const silentAt = this.#silentAt(device);
    this.#setReceipt(device, receipt);
    this.#hearAfterAll(sample, { last, silentAt, settledTo: hasPaused ? receipt - LATENESS_MS : time });
  }

  /**
   * `settledTo`: up to there its silence is settled by now, whether or not others moved the clock meanwhile. What is late
   * ends a silence when it is received: until then nobody heard it.
   */
  #hearAfterAll(
    sample: Sample,
    before: { readonly last: number; readonly silentAt: number; readonly settledTo: number },
  ): void {
    const { device, time, receivedAt } = sample;
    const { last, silentAt, settledTo } = before;
    if (this.#patienceOf(device) === Number.POSITIVE_INFINITY) {
      this.#setState(device, ONLINE);
      return;
    }
    if (this.#isShown[device] === 1) this.#takeBack(device, true);
    const isFirst = this.#state[device] === NEVER;
    if (this.#state[device] === ONLINE && Math.max(settledTo, time) > silentAt)
      this.#goSilent(device, silentAt, last, null);
    if (this.#state[device] !== ONLINE) {
      this.#setState(device, ONLINE);
      this.#sink.emit(device, {
        kind: "heard",
        device,
        first: isFirst,
        time: sample.late && !isFirst ? Math.max(time, receivedAt ?? time) : time,
        receivedAt,
        exercise: sample.exercise,
        because: [],
      });
    }
    this.#setHeardAt(device, Math.max(last, time));
    const block = Math.floor(device / BLOCK);
    const silentFrom = this.#heardAt(device) + this.#patienceOf(device);
    this.#nextSettled[block] = Math.min(this.#nextSettled[block]!, silentFrom);
    this.#nextShown[block] = Math.min(this.#nextShown[block]!, silentFrom);
  }

  /** The device, or its last will, said that it goes. */
  leave(sample: Sample): void {
    if (this.#isShown[sample.device] === 1) this.#takeBack(sample.device, false);
    if (this.#state[sample.device] === NEVER || this.#patienceOf(sample.device) === Number.POSITIVE_INFINITY)
      return;
    this.#setHeardAt(sample.device, sample.time);
    if (this.#state[sample.device] === ONLINE)
      this.#goSilent(sample.device, sample.time, sample.time, sample);
  }

  #goSilent(device: number, at: number, last: number, said: Sample | null): void {
    this.#setState(device, SILENT);
    this.#sink.emit(device, this.#silence(device, at, last, said));
  }

  #silence(device: number, at: number, last: number, said: Sample | null) {
    const cause: Cause =
      said !== null && said.event !== null
        ? causeOfSample(this.#city, said, eventName(said.event.type))
        : causeOfSilence(this.#city.devices[device]!, at, last);
    return {
      kind: "silent" as const,
      device,
      since: last,
      time: at,
      receivedAt: said?.receivedAt ?? null,
      exercise: said?.exercise ?? false,
      because: [cause],
    };
  }

  #takeBack(device: number, isBack: boolean): void {
    this.#setShown(device, false);
    this.#sink.retract(device, isBack);
  }

  /** Settles the silences that the watermark has passed; `clock` = the fold's time, which says who speaks just now. */
  advance(watermark: number, clock: number): void {
    for (let block = 0; block < this.#nextSettled.length; block++) {
      if (watermark < this.#nextSettled[block]!) continue;
      this.#nextSettled[block] = this.#settle(block, watermark, clock);
    }
  }

  /** Settles a block; returns when one of its devices may next fall silent. */
  #settle(block: number, watermark: number, clock: number): number {
    let next = Number.POSITIVE_INFINITY;
    const end = Math.min((block + 1) * BLOCK, this.#state.length);
    for (let device = block * BLOCK; device < end; device++) {
      if (this.#state[device] !== ONLINE) continue;
      const at = this.#silentAt(device);
      const speaksFor = this.#receiptOf(device) + this.#patienceOf(device) - clock;
      if (at > watermark || speaksFor > 0) {
        next = Math.min(next, Math.max(at, watermark + speaksFor));
        continue;
      }
      if (this.#isShown[device] === 1) this.#takeBack(device, false);
      this.#goSilent(device, at, this.#heardAt(device), null);
    }
    return next;
  }

  /** Shows the silences that the clock has passed, until they settle. */
  show(clock: number): void {
    for (let block = 0; block < this.#nextShown.length; block++) {
      if (clock < this.#nextShown[block]!) continue;
      this.#nextShown[block] = this.#showBlock(block, clock);
    }
  }

  /** Receipt of its newest message that waits: a lost message before it makes nobody silent. */
  #waitingSince(device: number): number {
    let newest = Number.NEGATIVE_INFINITY;
    for (const { receivedAt, time } of this.#sink.waiting(device))
      newest = Math.max(newest, receivedAt ?? time);
    return newest;
  }

  /** Shows the silences of a block; returns when one of its devices may next fall silent. */
  #showBlock(block: number, clock: number): number {
    let next = Number.POSITIVE_INFINITY;
    const end = Math.min((block + 1) * BLOCK, this.#state.length);
    for (let device = block * BLOCK; device < end; device++) {
      if (this.#state[device] !== ONLINE || this.#isShown[device] === 1) continue;
      const spokeAt = Math.max(this.#receiptOf(device), this.#waitingSince(device));
      const at = Math.max(this.#silentAt(device), spokeAt + this.#patienceOf(device));
      if (at > clock) {
        if (at < next) next = at;
        continue;
      }
      this.#setShown(device, true);
      const silence = this.#silence(device, this.#silentAt(device), this.#heardAt(device), null);
      this.#sink.provisional(device, silence);
    }
    return next;
  }

  /** NEVER, ONLINE or SILENT, as shown live. */
  stateOf(device: number): number {
    return this.#isShown[device] === 1 ? SILENT : this.#state[device]!;
  }

  save(): SavedAbsence {
    const shown: number[] = [];
    this.#isShown.forEach((isShown, device) => {
      if (isShown === 1) shown.push(device);
    });
    const [last, receipt] = [this.#table.column(HEARD), this.#table.column(RECEIPT)];
    return { state: [...this.#state], last, receipt, shown };
  }

  restore(saved: SavedAbsence): void {
    saved.state.forEach((state, device) => {
      this.#setState(device, state);
    });
    this.#table.restore(HEARD, saved.last, 0);
    this.#table.restore(RECEIPT, saved.receipt, 0);
    for (const device of saved.shown) this.#setShown(device, true);
  }
}
