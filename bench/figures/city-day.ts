/** A day of the whole city, as a fresh start or a what-if run lives it: see `lived-city.ts`. */
import type { Preset } from "../../twin/city/sensor-profiles.ts";
import { HOUR_MS, MINUTE_MS, parseTime } from "../../twin/kernel/time.ts";
import { AlertTally } from "../alert-tally.ts";
import { type BenchOptions, cost, defineBenchmark, rate, type Told } from "../figure.ts";
import { liveCity } from "../lived-city.ts";
import { inScratch } from "../scratch.ts";

/** A Tuesday. It begins at 01:00 so that the self-checks missing of that day (00:30 of the next) still fall into it. */
const FROM = parseTime("2026-06-02T01:00:00+08:00");
const DAY_HOURS = 24;
const BUDGET_S = 30;

export const baselineCityDay = defineBenchmark({
  name: "city-day-baseline",
  about: "a day of all kitchens with the sensors of the baseline: simulator, door, fold, history",
  run: (options) => cityDay("baseline", options, null),
});

export const fullCityDay = defineBenchmark({
  name: "city-day-full",
  about: "the same with all sensors of the full twin",
  run: (options) => cityDay("full", options, BUDGET_S),
});

function cityDay(preset: Preset, options: BenchOptions, budget: number | null): Promise<Told> {
  return inScratch(async (directory) => {
    const { seed, kitchens } = options;
    const hours = options.hours ?? DAY_HOURS;
    const alerts = new AlertTally();
    const { city, spent } = await liveCity({
      preset,
      seed,
      kitchens,
      from: FROM,
      until: FROM + hours * HOUR_MS,
      directory,
      tickMs: 5 * MINUTE_MS,
      ahead: false,
      hear: (output) => alerts.hear(output),
    });
    const { wall, cpu } = spent;
    const { counts } = city;
    const isWhole = hours === DAY_HOURS && kitchens === null;
    const name = `city-day-${preset}`;
    return {
      figures: [
        cost(`${name}.wall`, wall, "s", isWhole ? budget : null),
        cost(`${name}.cpu`, cpu, "s", null),
        rate(`${name}.readings`, counts.readings / cpu, "readings and heartbeats/s/core", null),
        rate(`${name}.events`, counts.events, "events of other kinds", null),
        cost(`${name}.memory`, process.memoryUsage().rss / 1e6, "MB resident", null),
      ],
      notes: [alerts.note(preset, hours)],
    };
  });
}
