/**
 * A day of the whole city, as a fresh start or a what-if run lives it: the simulator speaks in its thread, everything goes
 * through the door, the fold and the history; nothing is written to the log.
 */
import { Door } from "../../stream/door/door.ts";
import type { CityFold } from "../../stream/fold.ts";
import { foldOf } from "../../stream/fold-of.ts";
import { HistoryStore } from "../../stream/history/history-store.ts";
import { nodeFiles } from "../../stream/log/node-files.ts";
import { addToHistory } from "../../stream/processor.ts";
import { type ArrivalPack, enterArrival } from "../../stream/sources/arrival-pack.ts";
import { cityOf } from "../../stream/sources/city-recipe.ts";
import { SimulatorSource } from "../../stream/sources/simulator.ts";
import type { City } from "../../twin/city/city.ts";
import type { Preset } from "../../twin/city/sensor-profiles.ts";
import { deviceKind } from "../../twin/devices/catalogue.ts";
import { HOUR_MS, MINUTE_MS, parseTime, shanghaiDay } from "../../twin/kernel/time.ts";
import { AlertTally } from "../alert-tally.ts";
import { type BenchOptions, cost, defineBenchmark, rate, type Told } from "../figure.ts";
import { watch } from "../measure.ts";
import { inScratch } from "../scratch.ts";

/** A Tuesday. It begins at 01:00 so that the self-checks missing of that day (00:30 of the next) still fall into it. */
const FROM = parseTime("2026-06-02T01:00:00+08:00");
const DAY_HOURS = 24;
/** Simulated at a time. */
const SLICE_MS = 5 * MINUTE_MS;
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
    const recipe = { kind: "generated", seed, preset, kitchens, today: shanghaiDay(FROM) } as const;
    const city = await cityOf(recipe);
    if (typeof city === "string") throw new Error(city);
    const history = await HistoryStore.open({
      directory,
      files: nodeFiles,
      resolutions: city.devices.map(({ kind }) => deviceKind(kind).resolution),
      registry: "bench",
    });
    const spent = watch();
    const source = new SimulatorSource({ recipe, seed });
    source.begin(FROM);
    const day = new LivedDay(city, source, history);
    await day.live(FROM + hours * HOUR_MS);
    await history.flush(0);
    const { wall, cpu } = spent();
    await source.stop();
    await history.close();
    const isWhole = hours === DAY_HOURS && kitchens === null;
    const name = `city-day-${preset}`;
    return {
      figures: [
        cost(`${name}.wall`, wall, "s", isWhole ? budget : null),
        cost(`${name}.cpu`, cpu, "s", null),
        rate(`${name}.readings`, day.readings / cpu, "readings and heartbeats/s/core", null),
        rate(`${name}.events`, day.events, "events of other kinds", null),
        cost(`${name}.memory`, process.memoryUsage().rss / 1e6, "MB resident", null),
      ],
      notes: [day.alerts.note(preset, hours)],
    };
  });
}

class LivedDay {
  readonly alerts = new AlertTally();
  readings = 0;
  events = 0;
  readonly #source: SimulatorSource;
  readonly #door: Door;
  readonly #fold: CityFold;
  readonly #history: HistoryStore;
  #position = 0;

  constructor(city: City, source: SimulatorSource, history: HistoryStore) {
    this.#source = source;
    this.#door = new Door(city);
    this.#fold = foldOf(city, { early: true });
    this.#history = history;
    this.#fold.tick(FROM, false);
  }

  /** The next slice is simulated, in its own thread, while this one is folded. */
  async live(until: number): Promise<void> {
    let coming = this.#source.arrivals(FROM + SLICE_MS);
    let spent: ArrivalPack | undefined;
    for (let to = FROM + SLICE_MS; to <= until; to += SLICE_MS) {
      const pack = await coming;
      coming = this.#source.arrivals(to + SLICE_MS, spent);
      this.#feed(pack);
      spent = pack;
      this.#fold.tick(to, false);
      for (const output of this.#fold.take()) this.alerts.hear(output);
      if (this.#history.backlog > 2) await this.#history.drain();
    }
    await coming;
  }

  #feed(pack: ArrivalPack): void {
    for (let i = 0; i < pack.receivedAt.length; i++) {
      for (const item of enterArrival(pack, i, this.#door).admitted) {
        const position = this.#position++;
        if (item.kind === "event") {
          const event = { ...item.event, position };
          if (this.#fold.event(event)) addToHistory(this.#history, event);
          this.events++;
        } else {
          const { columns, receivedAt, exercise } = item;
          this.#fold.columns({ columns, receivedAt, exercise, position });
          this.#history.add(columns);
          this.readings += columns.value.length;
        }
      }
    }
  }
}
