/** A day of one device out of a month of the whole city, as the curve of a kitchen's page asks for it. */
import { generateCity } from "../../twin/city/generated-city.ts";
import type { Columns } from "../../twin/events/columns.ts";
import { Random } from "../../twin/kernel/random.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, parseTime } from "../../twin/kernel/time.ts";
import { openHistory } from "../data-directory.ts";
import { type BenchOptions, cost, defineBenchmark, type Told } from "../figure.ts";
import { quantile } from "../measure.ts";
import { inScratch } from "../scratch.ts";

const FROM = parseTime("2026-06-01T00:00:00+08:00");
const HOURS = 30 * 24;
const PERIOD_MS = 5 * MINUTE_MS;
const QUERIES = 300;
const BUDGET_MS = 20;

export const historyQuery = defineBenchmark({
  name: "history-query",
  about: "24 h of one device, in steps of 5 min, out of a month of all sensors of the baseline",
  run: (options: BenchOptions): Promise<Told> =>
    inScratch(async (directory) => {
      const size = options.kitchens === null ? {} : { kitchens: options.kitchens };
      const city = generateCity({ seed: options.seed, preset: "baseline", ...size });
      const history = await openHistory(city, directory);
      const random = new Random(options.seed, "bench history");
      const sensors = [...city.devices.keys()].filter((device) => city.devices[device]!.kind !== "camera");
      const hours = options.hours ?? HOURS;
      for (let time = FROM; time < FROM + hours * HOUR_MS; time += PERIOD_MS) {
        history.add(pollAt(time, sensors, random));
        if (history.backlog > 0) await history.drain();
      }
      await history.flush(0);
      const taken: number[] = [];
      for (let query = 0; query < QUERIES; query++) {
        const device = random.pick(sensors);
        const from = FROM + random.int(0, Math.max(0, hours - 24)) * HOUR_MS;
        const begun = performance.now();
        const points = await history.query(
          device,
          from,
          Math.min(from + DAY_MS, FROM + hours * HOUR_MS),
          PERIOD_MS,
        );
        taken.push(performance.now() - begun);
        if (points.length !== Math.min(24, hours) * 12) throw new Error(`Found ${points.length} points`);
      }
      await history.close();
      return {
        figures: [
          cost("history-query.p50", quantile(taken, 0.5), "ms", BUDGET_MS),
          cost("history-query.p99", quantile(taken, 0.99), "ms", null),
        ],
      };
    }),
});

function pollAt(base: number, sensors: readonly number[], random: Random): Columns {
  const n = sensors.length;
  return {
    base,
    devices: Uint32Array.from(sensors),
    boots: null,
    device: Uint32Array.from(sensors.keys()),
    sequence: new Float64Array(n),
    dtMs: new Int32Array(n),
    value: Float64Array.from({ length: n }, () => 4 + random.int(-5, 5) / 10),
  };
}
