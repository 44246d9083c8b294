/**
 * What every reading reads and writes of its device, side by side: a city's devices do not fit into the processor's
 * nearest caches, so a calm reading should touch one stretch of memory and no more.
 *
 *   row = [ NEXT | DELIVERED | HEARD | RECEIPT | VALUE | VALUE_AT | PATIENCE | MATTERS ]     and `care`
 *
 * Each column has one owner, who alone writes it, but for the short way of calm readings.
 */
import type { City } from "../../twin/city/city.ts";

/** Numbers per device. */
export const ROW = 8;
/** `DeviceOrder`: the next sequence of the device's current boot; NaN = nothing heard. */
export const NEXT = 0;
/** `DeviceOrder`: event time of what was delivered last; -Infinity = nothing. */
export const DELIVERED = 1;
/** `Absence`: event time of the newest message, ms since epoch. */
export const HEARD = 2;
/** `Absence`: receipt of the newest message; its time where receipts are not known. */
export const RECEIPT = 3;
/** `SampleReader`: newest value in the kind's unit; NaN = none yet. */
export const VALUE = 4;
/** `SampleReader`: event time of the newest value. */
export const VALUE_AT = 5;
/** `Absence`: ms that the device may say nothing and still count as online. */
export const PATIENCE = 6;
/** `LimitBank` and `SampleReader`: a value from here on matters to somebody, below it a calm device needs no look. */
export const MATTERS = 7;

/** Reasons why a device's readings may not take the short way, as bits. */
export const CARE = {
  /** Messages of the device wait for a gap. */
  waits: 1,
  /** Its gateway has a clock that is, or may be, wrong. */
  watched: 2,
  /** Never heard, or silent. */
  notOnline: 4,
  /** Its silence is shown, not settled. */
  shown: 8,
  /** A limit is being watched. */
  warm: 16,
  /** Its quality is suspect: values are quarantined. */
  suspect: 32,
} as const;

/** When and how a value came. */
export interface Coming {
  readonly receivedAt: number | null;
  readonly exercise: boolean;
}

/** What looks at the values of every reading of the devices that it wants. */
export interface ValueWatch {
  /** Per device; 0 = not wanted. */
  readonly watches: Uint8Array;
  /** The device has said a value, which stands in its row. */
  note(device: number, coming: Coming): void;
}

export class DeviceTable {
  /** Set once, before the first reading. */
  series: ValueWatch | null = null;
  readonly city: City;
  /** A row of `ROW` numbers per device, by ordinal. */
  readonly numbers: Float64Array;
  /** Bits of `CARE` per device; 0 = all is calm. */
  readonly care: Uint8Array;

  constructor(city: City) {
    this.city = city;
    this.numbers = new Float64Array(ROW * city.devices.length);
    this.care = new Uint8Array(city.devices.length);
  }

  /** Sets a column of all devices, or of those that `numberOf` does not give `null`. */
  fill(column: number, numberOf: (device: number) => number | null): void {
    for (let device = 0; device < this.care.length; device++) {
      const value = numberOf(device);
      if (value !== null) this.numbers[ROW * device + column] = value;
    }
  }

  /** A column of all devices, for a snapshot: `null` where JSON has no word for the number. */
  column(column: number): (number | null)[] {
    return Array.from(this.care, (_, device) => {
      const value = this.numbers[ROW * device + column]!;
      return Number.isFinite(value) ? value : null;
    });
  }

  /** Takes up what `column` gave; `missing` = what `null` stands for. */
  restore(column: number, saved: readonly (number | null)[], missing: number): void {
    this.fill(column, (device) => saved[device] ?? missing);
  }

  setCare(device: number, bit: number, isSet: boolean): void {
    this.care[device] = isSet ? this.care[device]! | bit : this.care[device]! & ~bit;
  }
}
