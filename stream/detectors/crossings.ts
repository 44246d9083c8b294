/**
 * Tells when a device's values go from one zone to another (`border.ts`): cheap, for most readings stay where the last
 * one was. Below its first border a device is calm and its readings need no look.
 */
import { type DeviceTable, MATTERS, ROW } from "../order/device-table.ts";
import type { Sample } from "../order/sample.ts";
import { type Borders, bordersAt, firstBorder, zoneAt } from "./border.ts";
import type { FindingSink } from "./limit-bank.ts";
import { causeOfSample } from "./sample-cause.ts";

/** No value heard yet. */
const NOWHERE = -1;

export class Crossings {
  readonly #table: DeviceTable;
  readonly #emit: FindingSink;
  /** Index of a device's borders; -1 = not watched. */
  readonly #bordersOf: Int8Array;
  readonly #borders: readonly Borders[];
  readonly #zone: Int8Array;

  constructor(table: DeviceTable, all: readonly Borders[], emit: FindingSink) {
    const { devices } = table.city;
    this.#table = table;
    this.#emit = emit;
    this.#borders = all;
    this.#bordersOf = Int8Array.from(devices, (device) => all.findIndex(({ of }) => of(device)));
    this.#zone = new Int8Array(devices.length).fill(NOWHERE);
    table.fill(MATTERS, (device) => (this.watches(device) ? Number.NEGATIVE_INFINITY : null));
  }

  watches(device: number): boolean {
    return this.#bordersOf[device]! >= 0;
  }

  /** The device's next value, in its own order. */
  read(sample: Sample): void {
    const { device, value } = sample;
    const zone = zoneAt(value, bordersAt(this.#borders[this.#bordersOf[device]!]!, sample.time));
    const before = this.#zone[device]!;
    if (zone === before) return;
    this.#enter(device, zone);
    this.#emit(device, {
      kind: "crossed",
      device,
      zone,
      value,
      time: sample.time,
      receivedAt: sample.receivedAt,
      exercise: sample.exercise,
      because: [causeOfSample(this.#table.city, sample)],
    });
  }

  #enter(device: number, zone: number): void {
    this.#zone[device] = zone;
    const first = firstBorder(this.#borders[this.#bordersOf[device]!]!);
    this.#table.numbers[ROW * device + MATTERS] = zone === 0 ? first : Number.NEGATIVE_INFINITY;
  }

  save(): number[] {
    return [...this.#zone];
  }

  restore(saved: readonly number[]): void {
    saved.forEach((zone, device) => {
      if (zone !== NOWHERE && this.watches(device)) this.#enter(device, zone);
    });
  }
}
