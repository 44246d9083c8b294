/**
 * A month of the whole city on the baseline preset: its alerts by code and day, what becomes of the cases when people act
 * on them, and the food-safety index at its end. What comes out is reported, and nothing is tuned to it.
 */
import { CasePeople } from "../../simulator/people/case-people.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, parseTime } from "../../twin/kernel/time.ts";
import type { MonthlyList } from "../../twin/lists/monthly-list.ts";
import { AlertDays } from "../alert-days.ts";
import { CaseOutcomes, casesOf } from "../case-outcomes.ts";
import { type BenchOptions, cost, defineBenchmark, rate, type Told } from "../figure.ts";
import { indexFigures, indexNote, indicesOf } from "../index-spread.ts";
import { liveCity } from "../lived-city.ts";
import { ProgressBar } from "../progress-bar.ts";
import { inScratch } from "../scratch.ts";

/** A Monday. June 2026 has thirty days, and a public holiday (the 19th). */
const FROM = parseTime("2026-06-01T00:00:00+08:00");
const MONTH_DAYS = 30;
/** The last night's evaluation, at 02:00, is of the month. */
const NIGHT_MS = 3 * HOUR_MS;
const PRESET = "baseline";
const NAME = "city-month";

export const cityMonth = defineBenchmark({
  name: NAME,
  about: "a month of all kitchens (baseline), people acting on cases: alerts, cases, index",
  run: (options) => inScratch((directory) => month(options, directory)),
});

async function month({ seed, kitchens, days: asked }: BenchOptions, directory: string): Promise<Told> {
  const days = asked ?? MONTH_DAYS;
  const until = FROM + days * DAY_MS + NIGHT_MS;
  const alerts = new AlertDays(FROM, days);
  const outcomes = new CaseOutcomes();
  const progress = new ProgressBar(FROM, until);
  let memory = 0;
  const { city: lived, spent } = await liveCity({
    preset: PRESET,
    seed,
    kitchens,
    from: FROM,
    until,
    directory,
    // People hear of a gas leak within the minute, as they do live, so what can be known goes out at once.
    tickMs: MINUTE_MS,
    ahead: true,
    peopleOf: (city) => new CasePeople({ city, seed }),
    hear(output) {
      alerts.hear(output);
      outcomes.hear(output);
    },
    reached(time) {
      memory = Math.max(memory, process.memoryUsage().rss);
      progress.reached(time);
    },
  });
  const { city, fold, counts, people } = lived;
  const cases = casesOf(city, fold);
  const indices = indicesOf(city, fold);
  return {
    figures: [
      cost(`${NAME}.wall`, spent.wall, `s for ${days} days of ${city.kitchens.length} kitchens`, null),
      cost(`${NAME}.cpu`, spent.cpu, "s", null),
      cost(`${NAME}.memory`, memory / 1e6, "MB resident at most", null),
      rate(`${NAME}.readings`, counts.readings, "readings and heartbeats", null),
      rate(`${NAME}.events`, counts.events, "events of other kinds", null),
      rate(`${NAME}.acts`, people?.said ?? 0, "commands and records of people about cases", null),
      ...alerts.figures(NAME),
      ...outcomes.figures(NAME, cases),
      ...indexFigures(NAME, indices),
    ],
    notes: [
      alerts.summary(PRESET),
      alerts.byDay(),
      outcomes.standing(cases),
      outcomes.stays(),
      indexNote(indices),
      {
        title: "red and black lists drafted, and the units on them",
        lines: listLines([...fold.rating.lists]),
      },
    ],
  };
}

/** All banners together, by month and colour. */
function listLines(lists: readonly MonthlyList[]): string[] {
  const sums = new Map<string, number>();
  for (const { month: of, colour, entries } of lists) {
    const key = `${of} ${colour}`;
    sums.set(key, (sums.get(key) ?? 0) + entries.length);
  }
  return [...sums].map(([key, units]) => `${key.padEnd(14)}${String(units).padStart(6)}`);
}
