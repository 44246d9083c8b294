/** What went wrong, as the scorer sees it: truth records with the key under which an alert of theirs would stand. */
import { type Rung, rungsOf, type TruthRecord } from "../../simulator/truth.ts";
import type { City } from "../../twin/city/city.ts";

export interface Incident {
  readonly code: string;
  /** Kitchen id; `null` for what concerns an area. */
  readonly kitchen: string | null;
  /** Code, kitchen and what it is about: alerts and incidents of one key may belong together, of two never. */
  readonly key: string;
  readonly cause: string;
  /** Event time, ms since epoch; `to` `null` = open end. */
  readonly from: number;
  readonly to: number | null;
  readonly rungs: readonly Rung[];
  /** The device that it befalls, if it is one. */
  readonly device: number;
}

/** Codes of a zone (CONTRACT §4, `asset`); the truth knows the device that stands there. */
const BY_ZONE = /^(T04|T09|P\d\d)$/;
/** Codes of the whole kitchen, or of something that there is once in it. */
const BY_KITCHEN: ReadonlySet<string> = new Set([
  "T05",
  "T06",
  "T07",
  "D01",
  "D04",
  "D05",
  "C02",
  "C03",
  "O05",
  "B02",
]);

export function incidentsOf(truth: readonly TruthRecord[], city: City): Incident[] {
  return truth.flatMap((record) => {
    const { code, kitchen, asset, cause, from, to } = record;
    if (code === "") return [];
    const device = asset === null ? -1 : city.deviceOrdinal(asset);
    const about = device >= 0 && BY_ZONE.test(code) ? zoneOf(city, device, kitchen) : asset;
    return [
      { code, kitchen, key: keyOf(code, kitchen, about), cause, from, to, rungs: rungsOf(record), device },
    ];
  });
}

function zoneOf(city: City, device: number, kitchen: string | null): string {
  const { zone, kind } = city.devices[device]!;
  return `zone:${kitchen}/${zone ?? (kind === "camera" ? "cooking" : "")}`;
}

/** The key of an alert, or of what should be one. */
export function keyOf(code: string, kitchen: string | null, asset: string | null): string {
  return `${code} ${kitchen ?? "-"} ${BY_KITCHEN.has(code) ? "-" : (asset ?? "-")}`;
}

/** A model saw what was not there. */
export function isFalse({ cause }: Incident): boolean {
  return cause.startsWith("false ");
}
