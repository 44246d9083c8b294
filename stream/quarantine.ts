/**
 * Values of suspect devices (O04): accepted, kept, used by no rule but O04 and O05 (CONTRACT §2). Which devices, the
 * settled kitchens say; by then the clock is ahead of the watermark, so the quarantine begins and ends that much later,
 * at moments that no order of arrival changes.
 */
import { MINUTE_MS } from "../twin/kernel/time.ts";
import type { KitchenFacts } from "./facts.ts";
import { CARE, type DeviceTable } from "./order/device-table.ts";
import { LATENESS_MS } from "./order/receipt-clock.ts";

const AFTER_MS = LATENESS_MS + MINUTE_MS;

interface Span {
  readonly from: number;
  /** `null` = until people say otherwise. */
  to: number | null;
}

export class Quarantine {
  readonly #table: DeviceTable;
  readonly #spans = new Map<number, Span>();
  readonly #began: (device: number) => void;

  /** `began` hears of each device whose values no longer count. */
  constructor(table: DeviceTable, began: (device: number) => void) {
    this.#table = table;
    this.#began = began;
  }

  /** The settled suspects of a kitchen have changed. */
  follow(before: KitchenFacts["suspects"], after: KitchenFacts["suspects"]): void {
    for (const [device, { from, to }] of Object.entries(after)) {
      const known = before[device];
      if (known?.from !== from) this.#begin(Number(device), from + AFTER_MS);
      const span = this.#spans.get(Number(device));
      if (to !== null && known?.to !== to && span !== undefined) span.to = to + AFTER_MS;
    }
  }

  #begin(device: number, from: number): void {
    this.#spans.set(device, { from, to: null });
    this.#table.setCare(device, CARE.suspect, true);
    this.#began(device);
  }

  /** Whether a message of that event time is of a suspect device. */
  holds(device: number, time: number): boolean {
    const span = this.#spans.get(device);
    if (span === undefined || time < span.from) return false;
    if (span.to === null || time < span.to) return true;
    this.#spans.delete(device);
    this.#table.setCare(device, CARE.suspect, false);
    return false;
  }

  save(): [number, Span][] {
    return [...this.#spans].map(([device, span]) => [device, { ...span }]);
  }

  restore(saved: readonly [number, Span][]): void {
    for (const [device, span] of saved) {
      this.#spans.set(device, { ...span });
      this.#table.setCare(device, CARE.suspect, true);
    }
  }
}
