/** Runs on Node and on Deno: whoever changes what the simulator says writes the new number here. */
import { expect, test } from "vitest";
import type { City } from "../twin/city/city.ts";
import { parseRegistry } from "../twin/city/registry.ts";
import { HOUR_MS, MINUTE_MS, parseTime } from "../twin/kernel/time.ts";
import { CloudEventLines } from "./cloud-event-lines.ts";
import { Simulation } from "./simulation.ts";

const NOON = parseTime("2026-06-02T12:00:00+08:00");
const TYPES = [
  "small",
  "small",
  "small",
  "medium",
  "school",
  "office",
  "large",
  "drinks",
  "hospital",
  "mobile-banquet",
];
const KINDS = [
  "fridge-temperature",
  "freezer-temperature",
  "hot-holding-temperature",
  "room-temperature",
  "room-humidity",
  "dish-machine",
  "gas",
  "fume",
  "uv-lamp",
  "rodent-infrared",
  "power",
  "sample-fridge-temperature",
  "camera",
];

test("The same seed gives the same bytes on every runtime: an hour of 300 kitchens", () => {
  const { hash, bytes } = hashOf(threeHundredKitchens(), 42, HOUR_MS);
  expect({ hash, bytes }).toEqual({ hash: 3_891_526_661, bytes: 7_420_697 });
});

test("Another seed gives another city's life", () => {
  const city = threeHundredKitchens();
  expect(hashOf(city, 1, MINUTE_MS).hash).not.toBe(hashOf(city, 2, MINUTE_MS).hash);
});

/** FNV-1a over all lines. */
function hashOf(city: City, seed: number, durationMs: number): { hash: number; bytes: number } {
  const simulation = new Simulation({ city, seed, from: NOON });
  const lines = new CloudEventLines(city);
  let hash = 0x811c9dc5;
  let bytes = 0;
  for (const arrival of simulation.advance(NOON + durationMs)) {
    for (const byte of lines.line(arrival)) {
      hash = Math.imul(hash ^ byte, 0x01000193);
      bytes++;
    }
  }
  return { hash: hash >>> 0, bytes };
}

/** Of every kind a little, built by hand so that no change of the generated city moves the number. */
function threeHundredKitchens(): City {
  const kitchens = Array.from({ length: 300 }, (_, k) => {
    const id = `K-${String(k + 1).padStart(5, "0")}`;
    const devices = KINDS.filter((_, d) => (k + d) % 3 !== 0).map((kind, d) => ({
      id: `${id}/d${d}`,
      kind,
      reportEveryMs: kind === "dish-machine" ? 600_000 : 60_000,
      gateway: kind === "camera" ? null : `${id}/gw`,
      feeder: `F-${k % 5}`,
      isp: `I-${k % 3}`,
    }));
    return {
      id,
      code: `150602-${k}`,
      name: `食堂${k}`,
      type: TYPES[k % TYPES.length]!,
      banner: "150602",
      office: "150602-01",
      position: { lon: 109.98, lat: 39.82 },
      capacity: 40 + (k % 7) * 30,
      opens: [["09:00", "22:00"]],
      licence: { number: `JY${k}`, validTo: "2026-06-03" },
      devices,
      staff: [{ id: `${id}/s1`, job: "owner" }],
    };
  });
  const parsed = parseRegistry({ version: 1, kitchens, suppliers: [{ id: "S-1", name: "粮油" }] });
  if (!parsed.ok) throw new RangeError(JSON.stringify(parsed.faults.slice(0, 3)));
  return parsed.value;
}
