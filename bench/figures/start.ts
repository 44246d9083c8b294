/** `npm start` as a user has it: a fresh city that first lives six hours, then the same one again. */
import { join } from "node:path";
import { type BenchOptions, cost, defineBenchmark, type Figure, type Told } from "../figure.ts";
import { startedCity } from "../load/served-city.ts";
import { watch } from "../measure.ts";
import { inScratch } from "../scratch.ts";

const READY_S = 10;
const MEMORY_MB = 1_200;

export const start = defineBenchmark({
  name: "start",
  about: "from the command to a live city, fresh and again; npm itself adds some 0.3 s",
  run: ({ seed, kitchens }: BenchOptions): Promise<Told> =>
    inScratch(async (directory) => {
      const size = kitchens === null ? [] : ["--kitchens", String(kitchens)];
      const argv = ["--seed", String(seed), "--data", join(directory, "data"), ...size];
      const fresh = await started("start-fresh", argv);
      const again = await started("start-again", argv);
      return { figures: [...fresh, ...again] };
    }),
});

async function started(name: string, argv: readonly string[]): Promise<Figure[]> {
  const spent = watch();
  const child = startedCity(argv);
  try {
    await child.line(/^ready: /);
    const { wall } = spent();
    const { cpu, rss } = await child.usage();
    return [
      cost(`${name}.ready`, wall, "s", READY_S),
      cost(`${name}.cpu`, cpu, "s", null),
      cost(`${name}.memory`, rss / 1e6, "MB resident", MEMORY_MB),
    ];
  } finally {
    await child.end();
  }
}
