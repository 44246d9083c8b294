/** A what-if run: 24 h of the whole city from what its twin observed in the six hours before. One run; an answer takes two a seed. */
import process from "node:process";
import { Door } from "../../stream/door/door.ts";
import { ForkRun } from "../../stream/forks/fork-run.ts";
import type { SavedFold } from "../../stream/saved-fold.ts";
import { HOUR_MS, MINUTE_MS, parseTime } from "../../twin/kernel/time.ts";
import { DEFAULT_POLICIES } from "../../twin/policy/policy-book.ts";
import { type BenchOptions, cost, defineBenchmark, type Told } from "../figure.ts";
import { type LivedCity, liveCity } from "../lived-city.ts";
import { median, type Spent, watch } from "../measure.ts";
import { inScratch } from "../scratch.ts";

const FROM = parseTime("2026-06-02T06:00:00+08:00");
const LIVED_HOURS = 6;
const HOURS = 24;
const RUNS = 3;
const BUDGET_S = 10;

export const fork = defineBenchmark({
  name: "fork",
  about: "a what-if run of 24 h, all kitchens of the baseline, unchanged",
  run: (options) =>
    inScratch(async (directory) => {
      const { seed, kitchens } = options;
      const { city } = await liveCity({
        ...{ preset: "baseline", seed, kitchens, directory },
        ...{ from: FROM, until: FROM + LIVED_HOURS * HOUR_MS, tickMs: MINUTE_MS, ahead: false },
        hear: () => undefined,
      });
      return forked(city, options);
    }),
});

function forked({ city, fold }: LivedCity, options: BenchOptions): Told {
  const text = JSON.stringify(fold.save());
  const door = new Door(city);
  const hours = options.hours ?? HOURS;
  const spent: Spent[] = [];
  for (let run = 0; run < (options.runs ?? RUNS); run++) {
    const soFar = watch();
    const saved: SavedFold = JSON.parse(text);
    const seed = options.seed + run;
    const lastsMs = hours * HOUR_MS;
    const one = new ForkRun({ city, door, saved, policies: DEFAULT_POLICIES, seed, lastsMs, changes: [] });
    while (one.live());
    one.figures();
    spent.push(soFar());
  }
  const isWhole = hours === HOURS && options.kitchens === null;
  return {
    figures: [
      cost("fork.wall", median(spent.map(({ wall }) => wall)), "s", isWhole ? BUDGET_S : null),
      cost("fork.cpu", median(spent.map(({ cpu }) => cpu)), "s", null),
      cost("fork.memory", process.memoryUsage().rss / 1e6, "MB resident", null),
    ],
  };
}
