/** The daily load of DOMAIN §7, held by a tenth of the city on a working day. */
import { beforeAll, describe, expect, test } from "vitest";
import { FULL_CITY_KITCHENS } from "../twin/city/composition.ts";
import { generateCity } from "../twin/city/generated-city.ts";
import type { Preset } from "../twin/city/sensor-profiles.ts";
import { DAY_MS, HOUR_MS, parseTime, timeOfDay } from "../twin/kernel/time.ts";
import { Simulation } from "./simulation.ts";
import type { TruthRecord } from "./truth.ts";

const MIDNIGHT = parseTime("2026-06-02T00:00:00+08:00");
const KITCHENS = 1_200;

interface Day {
  readonly counts: Map<string, number>;
  /** Entries of columns. */
  readonly entries: number;
  /** Hours of the day of some types, 0 … 24. */
  readonly hours: Map<string, number[]>;
  readonly truth: readonly TruthRecord[];
}

const TIMED = ["warmcity.selfcheck.submitted", "warmcity.goods.received", "warmcity.detection"];

function liveOneDay(preset: Preset): Day {
  const city = generateCity({ seed: 1, preset, kitchens: KITCHENS });
  const simulation = new Simulation({ city, seed: 1, from: MIDNIGHT });
  const counts = new Map<string, number>();
  const hours = new Map(TIMED.map((type) => [type, [] as number[]]));
  let entries = 0;
  for (const arrival of simulation.advance(MIDNIGHT + DAY_MS)) {
    if (arrival.kind === "columns") {
      entries += arrival.columns.value.length;
      continue;
    }
    const { type } = arrival.event;
    counts.set(type, (counts.get(type) ?? 0) + 1);
    hours.get(type)?.push(timeOfDay(parseTime(arrival.event.time)) / HOUR_MS);
  }
  return { counts, entries, hours, truth: simulation.truth() };
}

/** How many times the amount of the full city's day, divided by the share of the city, there is. */
const ratio = (count: number, wanted: number) => count / ((wanted * KITCHENS) / FULL_CITY_KITCHENS);

describe.each<{
  preset: Preset;
  wanted: Record<string, number>;
  coldCases: number;
  hits: number;
}>([
  { preset: "baseline", coldCases: 35, hits: 8_000, wanted: {} },
  {
    preset: "full",
    coldCases: 180,

    hits: 15_000,
    wanted: { "warmcity.dish.cycle": 25_000 },
  },
])("a working day of the $preset city", ({ preset, wanted, coldCases, hits }) => {
  let day: Day;
  beforeAll(() => {
    day = liveOneDay(preset);
  }, 120_000);

  test("has the people, goods, samples and orders of DOMAIN §7", () => {
    const all: Record<string, number> = {
      "warmcity.staff.checked": 55_000,
      "warmcity.staff.clocked-in": 55_000,
      "warmcity.selfcheck.submitted": 9_900,
      "warmcity.goods.received": 54_000,
      "warmcity.sample.retained": 12_000,
      "warmcity.order.sealed": 105_000,
      "warmcity.order.seal-scanned": 63_000,
      "warmcity.rating.posted": 2_600,
      "warmcity.inspection.completed": 72,
      "warmcity.visit.completed": 180,
      "warmcity.duty.planned": 252,
      "warmcity.staff.certificate": 200,
      "warmcity.training.scored": 300,
      ...wanted,
    };
    for (const [type, amount] of Object.entries(all)) {
      const times = ratio(day.counts.get(type) ?? 0, amount);
      const slack = amount < 500 ? 0.6 : 0.2;
      expect(Math.abs(times - 1), `${type}: ${times} times the wanted amount`).toBeLessThan(slack);
    }
  });

  test("has the cameras' hits", () => {
    expect(Math.abs(ratio(day.counts.get("warmcity.detection") ?? 0, hits) - 1)).toBeLessThan(0.25);
  });

  test("has the cold units that get too warm", () => {
    const cold = day.truth.filter(({ code }) => code === "T01" || code === "T02");
    expect(Math.abs(ratio(cold.length, coldCases) - 1)).toBeLessThan(0.8);
  });

  test("lets a fifth of the units give most of the findings", () => {
    const byKitchen = new Map<string, number>();
    for (const { code, kitchen } of day.truth) {
      if (code.startsWith("P") && kitchen !== null) byKitchen.set(kitchen, (byKitchen.get(kitchen) ?? 0) + 1);
    }
    const sorted = [...byKitchen.values()].sort((a, b) => b - a);
    const total = sorted.reduce((sum, count) => sum + count, 0);
    const most = sorted.slice(0, KITCHENS / 5).reduce((sum, count) => sum + count, 0);
    expect(most / total).toBeGreaterThan(0.6);
  });

  test("brings 60 % of the self-checks between 08 and 11 h, goods from 04 to 10 h, most hits in the peaks", () => {
    const share = (type: string, from: number, to: number) => {
      const all = day.hours.get(type)!;
      return all.filter((hour) => hour >= from && hour < to).length / all.length;
    };
    expect(share("warmcity.selfcheck.submitted", 8, 11)).toBeGreaterThan(0.5);
    expect(share("warmcity.goods.received", 4, 10.1)).toBeGreaterThan(0.99);
    expect(share("warmcity.detection", 10, 13) + share("warmcity.detection", 16, 20)).toBeGreaterThan(0.55);
  });

  test("has 3 to 5 % of the polls missing, as many devices are off", () => {
    const { devices } = generateCity({ seed: 1, preset, kitchens: KITCHENS });
    const polls = devices.reduce(
      (sum, { reportEveryMs }) => sum + (reportEveryMs === null ? 0 : DAY_MS / reportEveryMs),
      0,
    );
    expect(1 - day.entries / polls).toBeGreaterThan(0.025);
    expect(1 - day.entries / polls).toBeLessThan(0.055);
  });
});
