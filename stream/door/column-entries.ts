/**
 * Columns from outside, entry by entry: good entries become `Columns`, bad ones faults with pointers. JSON and binary
 * messages end here alike, so that both refuse the same things.
 */
import type { City } from "../../twin/city/city.ts";
import { deviceKind } from "../../twin/devices/catalogue.ts";
import { DEVICE_KINDS } from "../../twin/devices/device-kind.ts";
import type { Columns } from "../../twin/events/columns.ts";
import type { Fault } from "../../twin/kernel/fault.ts";
import { shown } from "./data-checks.ts";
import { type Receipt, timeReason } from "./receipt.ts";

/** Columns whose arrays have equal lengths, but whose devices and entries are still unproven. */
export interface RawColumns {
  /** ms since epoch. */
  readonly base: number;
  /** How the message names the device at a place of `ordinals`; asked only to word a fault. */
  readonly nameOf: (place: number) => string;
  /** Registry ordinals of the named devices; -1 if the registry has no such device. */
  readonly ordinals: Int32Array;
  readonly boots: readonly (string | null)[] | null;
  readonly device: Columns["device"];
  readonly sequence: Columns["sequence"];
  readonly dtMs: Int32Array;
  readonly value: Float64Array;
}

export interface BadEntry {
  readonly entry: number;
  readonly fault: Fault;
}

/** The ranges of all devices, in registry order; devices whose kind has no readings have an empty range. */
export class DeviceRanges {
  /** Index of a device's kind. */
  readonly #kind: Uint8Array;
  readonly #min: Float64Array;
  readonly #max: Float64Array;

  constructor(city: City) {
    const ranges = DEVICE_KINDS.map((kind) => deviceKind(kind).range);
    this.#min = Float64Array.from(ranges, (range) => range?.min ?? Number.POSITIVE_INFINITY);
    this.#max = Float64Array.from(ranges, (range) => range?.max ?? Number.NEGATIVE_INFINITY);
    this.#kind = Uint8Array.from(city.devices, ({ kind }) => DEVICE_KINDS.indexOf(kind));
  }

  /** Whether the device can have measured this. */
  holds(device: number, value: number): boolean {
    const kind = this.#kind[device]!;
    return value >= this.#min[kind]! && value <= this.#max[kind]!;
  }
}

/** Why a device cannot have measured this; only for values outside its range. */
export function valueReason(city: City, device: number, value: number): string {
  const { id, kind } = city.devices[device]!;
  const { range, unit, en } = deviceKind(kind);
  if (range === null) return `"${id}" is a ${en}, which sends no readings but events of its own types`;
  return `is ${value}; a ${en} reads ${range.min} to ${range.max} ${unit ?? ""}`.trim();
}

/**
 * Splits raw columns into what is right and what is not. `kitchen` ≥ 0 = only its devices may appear; `bad` may hold
 * entries that the caller has refused already.
 */
export function sortEntries(
  raw: RawColumns,
  context: { city: City; ranges: DeviceRanges; bounds: Receipt; kitchen: number },
  bad: Map<number, Fault>,
): { columns: Columns; bad: BadEntry[] } {
  const { city, ranges, bounds, kitchen } = context;
  const { ordinals, device, sequence, dtMs, value } = raw;
  const usable = new Uint8Array(ordinals.length);
  for (let d = 0; d < ordinals.length; d++) {
    const ordinal = ordinals[d]!;
    if (ordinal >= 0 && (kitchen < 0 || city.kitchenOfDevice[ordinal] === kitchen)) usable[d] = 1;
  }
  const isWhole = sequence instanceof Uint32Array;
  const earliest = bounds.earliest - raw.base;
  const latest = bounds.latest - raw.base;
  for (let i = 0; i < value.length; i++) {
    const d = device[i]!;
    const v = value[i]!;
    const s = sequence[i]!;
    const dt = dtMs[i]!;
    const right =
      usable[d] === 1 &&
      dt >= earliest &&
      dt <= latest &&
      (Number.isNaN(v) || ranges.holds(ordinals[d]!, v)) &&
      (isWhole || (s >= 0 && s <= Number.MAX_SAFE_INTEGER && Math.floor(s) === s));
    if (!right && !bad.has(i)) bad.set(i, entryFault(raw, i, city, bounds, kitchen));
  }
  if (bad.size === 0) return { columns: wholeColumns(raw), bad: [] };
  const entries = [...bad].sort((a, b) => a[0] - b[0]).map(([entry, fault]) => ({ entry, fault }));
  return { columns: goodColumns(raw, bad), bad: entries };
}

function entryFault(raw: RawColumns, i: number, city: City, bounds: Receipt, kitchen: number): Fault {
  const d = raw.device[i]!;
  if (d >= raw.ordinals.length) {
    return {
      pointer: `/data/device/${i}`,
      reason: `is ${d}; \`devices\` has ${raw.ordinals.length} elements`,
    };
  }
  const ordinal = raw.ordinals[d]!;
  if (ordinal < 0) {
    return { pointer: `/data/device/${i}`, reason: `the registry has no device ${shown(raw.nameOf(d))}` };
  }
  if (kitchen >= 0 && city.kitchenOfDevice[ordinal] !== kitchen) {
    const reason = `"${city.devices[ordinal]!.id}" does not belong to "${city.kitchens[kitchen]!.id}"`;
    return { pointer: `/data/device/${i}`, reason };
  }
  const time = raw.base + raw.dtMs[i]!;
  if (time < bounds.earliest || time > bounds.latest) {
    return { pointer: `/data/dtMs/${i}`, reason: `the entry's time ${timeReason(time, bounds)}` };
  }
  const s = raw.sequence[i]!;
  if (!Number.isSafeInteger(s) || s < 0) {
    return { pointer: `/data/sequence/${i}`, reason: `is ${s}; expected a whole number from 0 to 2^53-1` };
  }
  return { pointer: `/data/value/${i}`, reason: valueReason(city, ordinal, raw.value[i]!) };
}

function wholeColumns(raw: RawColumns): Columns {
  return {
    base: raw.base,
    // Devices named but used by no entry may be unknown; they must not reach the fold.
    ...(raw.ordinals.includes(-1)
      ? renumbered(raw, raw.device)
      : { devices: unsigned(raw.ordinals), boots: raw.boots, device: raw.device }),
    sequence: raw.sequence,
    dtMs: raw.dtMs,
    value: raw.value,
  };
}

/** The same numbers, none of them negative, in the same memory. */
function unsigned({ buffer, byteOffset, length }: Int32Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset, length);
}

function goodColumns(raw: RawColumns, bad: ReadonlyMap<number, Fault>): Columns {
  const good: number[] = [];
  for (let i = 0; i < raw.value.length; i++) if (!bad.has(i)) good.push(i);
  return {
    base: raw.base,
    ...renumbered(
      raw,
      Uint32Array.from(good, (i) => raw.device[i]!),
    ),
    sequence: Float64Array.from(good, (i) => raw.sequence[i]!),
    dtMs: Int32Array.from(good, (i) => raw.dtMs[i]!),
    value: Float64Array.from(good, (i) => raw.value[i]!),
  };
}

/** Drops the devices that no entry names and numbers the others anew, in their order. */
function renumbered(
  raw: RawColumns,
  device: Columns["device"],
): Pick<Columns, "devices" | "boots" | "device"> {
  const used = new Uint8Array(raw.ordinals.length);
  for (const d of device) used[d] = 1;
  const place = new Uint32Array(raw.ordinals.length);
  const kept: number[] = [];
  for (let d = 0; d < used.length; d++) {
    if (used[d] === 0) continue;
    place[d] = kept.length;
    kept.push(d);
  }
  return {
    devices: Uint32Array.from(kept, (d) => raw.ordinals[d]!),
    boots: raw.boots === null ? null : kept.map((d) => raw.boots![d] ?? null),
    device: Uint32Array.from(device, (d) => place[d]!),
  };
}
