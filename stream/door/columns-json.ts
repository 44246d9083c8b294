/** `warmcity.readings` in JSON to raw columns, by plain loops (a schema check per element would cost as much again). */
import type { City } from "../../twin/city/city.ts";
import { COLUMN_ENTRIES_MAX } from "../../twin/events/columns.ts";
import type { Fault } from "../../twin/kernel/fault.ts";
import type { RawColumns } from "./column-entries.ts";
import { shown } from "./data-checks.ts";
import { parseInstant } from "./instant.ts";

const NAME_LENGTH_MAX = 256;
const INT32 = 2 ** 31;

/**
 * `null` if the columns cannot be told apart into entries (the reasons are then in `faults`). Single elements of a wrong
 * type go into `bad` by entry.
 */
export function readColumns(
  data: unknown,
  city: City,
  faults: Fault[],
  bad: Map<number, Fault>,
): RawColumns | null {
  if (typeof data !== "object" || data === null || Array.isArray(data)) {
    faults.push({ pointer: "/data", reason: `is ${shown(data)}; expected an object of columns` });
    return null;
  }
  const base = readBase(Reflect.get(data, "base"), faults);
  const names = readNames(Reflect.get(data, "devices"), "/data/devices", faults);
  const device = readList(Reflect.get(data, "device"), "/data/device", faults);
  const sequence = readList(Reflect.get(data, "sequence"), "/data/sequence", faults);
  const dtMs = readList(Reflect.get(data, "dtMs"), "/data/dtMs", faults);
  const value = readList(Reflect.get(data, "value"), "/data/value", faults);
  const boots = readBoots(Reflect.get(data, "boot"), names.length, faults);
  for (const [name, list] of Object.entries({ sequence, dtMs, value })) {
    if (list.length === device.length || faults.length > 0) continue;
    const reason = `has ${list.length} elements, \`device\` has ${device.length}`;
    faults.push({ pointer: `/data/${name}`, reason });
  }
  if (faults.length > 0) return null;
  return {
    base,
    nameOf: (place) => names[place] ?? "",
    ordinals: Int32Array.from(names, (name) => city.deviceOrdinal(name)),
    boots,
    device: Uint32Array.from(whole(device, 0, INT32, "device", bad)),
    sequence: whole(sequence, 0, Number.MAX_SAFE_INTEGER, "sequence", bad),
    dtMs: Int32Array.from(whole(dtMs, -INT32, INT32 - 1, "dtMs", bad)),
    value: values(value, bad),
  };
}

function readBase(value: unknown, faults: Fault[]): number {
  const base = typeof value === "string" ? parseInstant(value) : Number.NaN;
  if (Number.isNaN(base)) {
    faults.push({ pointer: "/data/base", reason: `is ${shown(value)}; expected an RFC 3339 time with zone` });
  }
  return base;
}

function readList(value: unknown, pointer: string, faults: Fault[]): readonly unknown[] {
  if (!Array.isArray(value)) {
    faults.push({ pointer, reason: `is ${shown(value)}; expected a list` });
    return [];
  }
  if (value.length > COLUMN_ENTRIES_MAX) {
    faults.push({ pointer, reason: `has ${value.length} elements; expected at most ${COLUMN_ENTRIES_MAX}` });
  }
  return value;
}

function readNames(value: unknown, pointer: string, faults: Fault[]): string[] {
  const names: string[] = [];
  for (const [i, name] of readList(value, pointer, faults).entries()) {
    if (typeof name === "string" && name !== "" && name.length <= NAME_LENGTH_MAX) {
      names.push(name);
      continue;
    }
    faults.push({ pointer: `${pointer}/${i}`, reason: `is ${shown(name)}; expected a device id` });
    break;
  }
  return names;
}

function readBoots(value: unknown, wanted: number, faults: Fault[]): (string | null)[] | null {
  if (value === undefined || value === null) return null;
  const list = readList(value, "/data/boot", faults);
  if (list.length !== wanted) {
    const reason = `has ${list.length} elements, \`devices\` has ${wanted}`;
    faults.push({ pointer: "/data/boot", reason });
  }
  const boots: (string | null)[] = [];
  for (const [i, boot] of list.entries()) {
    const sound =
      boot === null || (typeof boot === "string" && boot !== "" && boot.length <= NAME_LENGTH_MAX);
    if (sound) {
      boots.push(boot);
      continue;
    }
    faults.push({ pointer: `/data/boot/${i}`, reason: `is ${shown(boot)}; expected a bootid or null` });
    break;
  }
  return boots;
}

/** The whole numbers of a column; what is none becomes 0 and goes into `bad`. */
function whole(
  list: readonly unknown[],
  min: number,
  max: number,
  column: string,
  bad: Map<number, Fault>,
): Float64Array {
  const numbers = new Float64Array(list.length);
  for (let i = 0; i < list.length; i++) {
    const value = list[i];
    if (typeof value === "number" && value >= min && value <= max && Math.floor(value) === value) {
      numbers[i] = value;
    } else if (!bad.has(i)) {
      const reason = `is ${shown(value)}; expected a whole number from ${min} to ${max}`;
      bad.set(i, { pointer: `/data/${column}/${i}`, reason });
    }
  }
  return numbers;
}

function values(list: readonly unknown[], bad: Map<number, Fault>): Float64Array {
  const numbers = new Float64Array(list.length);
  for (let i = 0; i < list.length; i++) {
    const value = list[i];
    if (typeof value === "number") numbers[i] = value;
    else {
      numbers[i] = Number.NaN;
      if (value !== null && !bad.has(i)) {
        const reason = `is ${shown(value)}; expected a number, or null for a heartbeat`;
        bad.set(i, { pointer: `/data/value/${i}`, reason });
      }
    }
  }
  return numbers;
}
