/** The hours that still come in, packed in memory. */
import type { Columns } from "../../twin/events/columns.ts";
import { FewValues } from "../few-values.ts";
import { scaleOf } from "./history-steps.ts";
import { HourBuffer } from "./hour-buffer.ts";
import { HOUR_MS, type SampleRun, SCALED_MAX } from "./sample-code.ts";
import { StraySamples } from "./stray-samples.ts";

/** The present hour, and the one before for what comes late. */
const OPEN_MAX = 2;
/** Samples of an hour that wait before a buffer is opened for it; fewer where there are fewer devices. */
const OPENING_SAMPLES = 4096;
/** Waiting samples of other hours that are given away at last. */
const STRAYS_MAX = 262_144;

/** An hour is much like the one before: its pages, and some to spare. */
const SPARE_PAGES = 1.1;

export type ClosedSamples = HourBuffer | StraySamples;

interface OpenHour {
  readonly buffer: HourBuffer;
  /** Samples it had when the newest hour was opened. */
  before: number;
}

/**
 * Which hours are open follows from the samples alone: one that gets many is opened, and the one that got the fewest since the last
 * opening is closed. A clock would be wrong in a replay, and the newest time is wrong as soon as one device's clock is.
 */
export class OpenHours {
  readonly devices: number;
  readonly #scales: FewValues;
  readonly #closed: (samples: ClosedSamples) => void;
  readonly #openingSamples: number;
  readonly #open = new Map<number, OpenHour>();
  #strays = new StraySamples();
  /** The buffer that took the last sample; `#start` is when its hour begins, `NaN` when it is closed. */
  #current: HourBuffer;
  #start = Number.NaN;

  /** `closed` gets what is complete, or full; it changes no more. */
  constructor(resolutions: Float64Array, closed: (samples: ClosedSamples) => void) {
    this.devices = resolutions.length;
    this.#scales = new FewValues(resolutions.map(scaleOf));
    this.#closed = closed;
    this.#openingSamples = Math.min(OPENING_SAMPLES, Math.max(64, this.devices));
    this.#current = new HourBuffer(0, 0);
  }

  /** See `HistoryStore.add`. */
  add(columns: Columns): void {
    const { devices, device, dtMs, value } = columns;
    const [scales, known] = [this.#scales, this.devices];
    const base = Math.round(columns.base);
    for (let i = 0; i < value.length; i++) {
      const measured = value[i]!;
      if (Number.isNaN(measured)) continue;
      const ordinal = devices[device[i]!]!;
      if (!(ordinal < known)) throw unknownDevice(ordinal, known);
      const scaled = clamped(Math.round(measured * scales.at(ordinal)));
      const time = base + dtMs[i]!;
      const offset = time - this.#start;
      if (offset >= 0 && offset < HOUR_MS) this.#current.add(ordinal, offset, scaled);
      else this.#addElsewhere(ordinal, time, scaled);
    }
  }

  /** One reading, `time` in ms since epoch. */
  addReading(device: number, time: number, value: number): void {
    if (Number.isNaN(value)) return;
    if (!(device < this.devices)) throw unknownDevice(device, this.devices);
    this.#addElsewhere(device, Math.round(time), clamped(Math.round(value * this.#scales.at(device))));
  }

  /** Hours that have samples here, in no order, some twice. */
  hours(): number[] {
    return [...this.#open.keys(), ...this.#strays.hours()];
  }

  /** Appends a device's samples of an hour to the run. */
  read(hour: number, device: number, run: SampleRun): void {
    this.#open.get(hour)?.buffer.read(device, run);
    this.#strays.read(hour, device, run);
  }

  /** Closes all of it. */
  closeAll(): void {
    for (const hour of [...this.#open.keys()]) this.#close(hour);
    this.#closeStrays();
  }

  /** Bytes that the open hours take. */
  get memoryBytes(): number {
    let bytes = 0;
    for (const { buffer } of this.#open.values()) bytes += buffer.bytes;
    return bytes;
  }

  #addElsewhere(device: number, time: number, scaled: number): void {
    const hour = Math.floor(time / HOUR_MS);
    const offset = time - hour * HOUR_MS;
    const open = this.#open.get(hour);
    if (open !== undefined) {
      this.#use(open.buffer);
      open.buffer.add(device, offset, scaled);
    } else if (this.#strays.add(hour, device, offset, scaled) >= this.#openingSamples) this.#openHour(hour);
    else if (this.#strays.length >= STRAYS_MAX) this.#closeStrays();
  }

  #openHour(hour: number): void {
    if (this.#open.size >= OPEN_MAX) this.#close(this.#quietest());
    const before = this.#open.get(hour - 1);
    const pages = before === undefined ? undefined : Math.ceil(before.buffer.pages * SPARE_PAGES);
    const buffer = new HourBuffer(hour, this.devices, pages);
    for (const open of this.#open.values()) open.before = open.buffer.samples;
    this.#open.set(hour, { buffer, before: 0 });
    this.#strays.take(hour, (device, offset, scaled) => buffer.add(device, offset, scaled));
    this.#use(buffer);
  }

  #quietest(): number {
    let [quietest, fewest] = [0, Number.POSITIVE_INFINITY];
    for (const [hour, { buffer, before }] of this.#open) {
      if (buffer.samples - before >= fewest) continue;
      [quietest, fewest] = [hour, buffer.samples - before];
    }
    return quietest;
  }

  #use(buffer: HourBuffer): void {
    this.#current = buffer;
    this.#start = buffer.hour * HOUR_MS;
  }

  #close(hour: number): void {
    const open = this.#open.get(hour);
    if (open === undefined) return;
    this.#open.delete(hour);
    if (open.buffer === this.#current) this.#start = Number.NaN;
    this.#closed(open.buffer);
  }

  #closeStrays(): void {
    if (this.#strays.length === 0) return;
    const strays = this.#strays;
    this.#strays = new StraySamples();
    this.#closed(strays);
  }
}

function clamped(scaled: number): number {
  return Math.max(-SCALED_MAX, Math.min(SCALED_MAX, scaled));
}

export function unknownDevice(device: number, devices: number): RangeError {
  return new RangeError(`History has devices 0 to ${devices - 1}, not ${device}`);
}
