/**
 * SenML packs (RFC 8428) as single readings: base values resolved, times made absolute, units compared with the
 * device's kind. One bad record does not spoil the others.
 */
import type { Fault } from "../../twin/kernel/fault.ts";
import { shown } from "./data-checks.ts";

/** Records one pack may carry. */
export const SENML_RECORDS_MAX = 10_000;
/** Times below this are relative to "now" (RFC 8428 §4.5.3), in seconds. */
const RELATIVE_BELOW_S = 2 ** 28;
const VERSION_MAX = 10;

/** CBOR map keys of RFC 8428 §6. */
const CBOR_LABELS: Readonly<Record<string, string>> = {
  "-1": "bver",
  "-2": "bn",
  "-3": "bt",
  "-4": "bu",
  "-5": "bv",
  "-6": "bs",
  "0": "n",
  "1": "u",
  "2": "v",
  "3": "vs",
  "4": "vb",
  "5": "s",
  "6": "t",
  "7": "ut",
  "8": "vd",
};

export interface SenmlRecord {
  /** Base name and name joined: a device id, "" if the pack names none. */
  readonly name: string;
  /** ms since epoch; `NaN` if it is relative and "now" is not known. */
  readonly time: number;
  readonly unit: string | null;
  readonly value: number;
}

export type SenmlEntry = { readonly index: number } & (
  | { readonly record: SenmlRecord; readonly faults: null }
  | { readonly record: null; readonly faults: readonly Fault[] }
);

interface Base {
  name: string;
  timeS: number;
  unit: string | null;
  value: number;
}

/**
 * The records of a decoded pack (JSON, or CBOR with its maps as `Map`). `now` is what relative times count from, ms.
 * A fault of the pack as a whole comes back as one `Fault`; pointers count from `root`.
 */
export function readSenml(pack: unknown, now: number | null, root: string): SenmlEntry[] | Fault {
  if (!Array.isArray(pack))
    return { pointer: root, reason: `is ${shown(pack)}; expected a SenML pack, a list` };
  if (pack.length === 0 || pack.length > SENML_RECORDS_MAX) {
    return { pointer: root, reason: `has ${pack.length} records; expected 1 to ${SENML_RECORDS_MAX}` };
  }
  const base: Base = { name: "", timeS: 0, unit: null, value: 0 };
  return pack.map((entry: unknown, index) => {
    const faults: Fault[] = [];
    const record = readRecord(labelled(entry), base, now, `${root}/${index}`, faults);
    return record === null || faults.length > 0
      ? { index, record: null, faults }
      : { index, record, faults: null };
  });
}

function readRecord(
  fields: ReadonlyMap<string, unknown> | null,
  base: Base,
  now: number | null,
  pointer: string,
  faults: Fault[],
): SenmlRecord | null {
  if (fields === null) {
    faults.push({ pointer, reason: "is no SenML record: expected an object" });
    return null;
  }
  const number = (label: string, otherwise: number) => {
    const value = fields.get(label);
    if (value === undefined) return otherwise;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    if (typeof value === "bigint") return Number(value);
    faults.push({ pointer: `${pointer}/${label}`, reason: `is ${shown(value)}; expected a finite number` });
    return otherwise;
  };
  const text = (label: string) => {
    const value = fields.get(label);
    if (value === undefined || (typeof value === "string" && value.length <= 300)) return value;
    faults.push({ pointer: `${pointer}/${label}`, reason: `is ${shown(value)}; expected a short text` });
    return undefined;
  };
  base.name = text("bn") ?? base.name;
  base.timeS = number("bt", base.timeS);
  base.unit = text("bu") ?? base.unit;
  base.value = number("bv", base.value);
  const version = number("bver", VERSION_MAX);
  if (version > VERSION_MAX) {
    faults.push({ pointer: `${pointer}/bver`, reason: `is ${version}; only versions up to 10 are known` });
  }
  for (const label of fields.keys()) {
    if (!label.endsWith("_")) continue;
    faults.push({
      pointer: `${pointer}/${label}`,
      reason: "must be understood (it ends in _) and is not known",
    });
  }
  if (!fields.has("v")) {
    faults.push({ pointer: `${pointer}/v`, reason: "is missing; a reading needs a numeric value" });
  }
  return {
    name: base.name + (text("n") ?? ""),
    time: absoluteMs(base.timeS + number("t", 0), now),
    unit: text("u") ?? base.unit,
    value: base.value + number("v", 0),
  };
}

function absoluteMs(timeS: number, now: number | null): number {
  if (timeS >= RELATIVE_BELOW_S) return Math.round(timeS * 1_000);
  return now === null ? Number.NaN : Math.round(now + timeS * 1_000);
}

/** The fields of a record by their JSON labels; `null` if it is no record. */
function labelled(entry: unknown): ReadonlyMap<string, unknown> | null {
  if (entry instanceof Map) {
    return new Map([...entry].map(([key, value]) => [CBOR_LABELS[String(key)] ?? String(key), value]));
  }
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return null;
  return new Map(Object.entries(entry));
}
