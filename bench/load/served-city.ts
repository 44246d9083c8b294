/** The real program, in a process of its own, on a data directory that lives as long. */
import { join } from "node:path";
import type { City } from "../../twin/city/city.ts";
import { generateCity } from "../../twin/city/generated-city.ts";
import { shanghaiDay } from "../../twin/kernel/time.ts";
import { Child, type Usage } from "../child.ts";
import { inScratch } from "../scratch.ts";
import type { Target } from "./http-posts.ts";

export interface ServedCity extends Target {
  readonly city: City;
  readonly mqttPort: number;
  readonly usage: () => Promise<Usage>;
}

/** Node's flags in the script `start` of package.json. */
const START_FLAGS = ["--max-semi-space-size=32"];

/** The program as `npm start` runs it, on free ports. */
export function startedCity(argv: readonly string[]): Child {
  return new Child("stream/run.mjs", ["start", "--port", "0", "--mqtt-port", "0", ...argv], START_FLAGS);
}

/** Serves the baseline city without its simulator while `use` runs. */
export function withServedCity<T>(
  options: { readonly seed: number; readonly kitchens: number | null },
  use: (served: ServedCity) => Promise<T>,
): Promise<T> {
  return inScratch(async (directory) => {
    const size = options.kitchens === null ? [] : ["--kitchens", String(options.kitchens)];
    const argv = ["--seed", String(options.seed), "--data", join(directory, "data"), ...size];
    const child = startedCity(["--no-simulator", ...argv]);
    try {
      const [port, token, mqttPort] = await Promise.all([
        child.line(/^url: http:\/\/[^:]+:(\d+)/),
        child.line(/^token: (\S+)/),
        child.line(/^mqtt: mqtt:\/\/[^:]+:(\d+)/),
        child.line(/^ready: /),
      ]);
      return await use({
        city: cityOf(options),
        port: Number(port),
        token,
        mqttPort: Number(mqttPort),
        usage: () => child.usage(),
      });
    } finally {
      await child.end();
    }
  });
}

/** The same city as the program generates. */
function cityOf({ seed, kitchens }: { readonly seed: number; readonly kitchens: number | null }): City {
  const size = kitchens === null ? {} : { kitchens };
  return generateCity({ seed, preset: "baseline", today: shanghaiDay(Date.now()), ...size });
}
