/** What runs in a process of its own for a benchmark: `bench/main.ts --part NAME …`, whose last line is JSON. */
import { openLog } from "./parts/open-log.ts";
import { serveFeed } from "./parts/serve-feed.ts";
import { watchFeed } from "./parts/watch-feed.ts";

export const PARTS: Readonly<Record<string, (argv: readonly string[]) => Promise<object>>> = {
  "open-log": openLog,
  "serve-feed": serveFeed,
  "watch-feed": watchFeed,
};

/** Where a `Child` finds the parts. */
export const PARTS_MODULE = "bench/main.ts";

export function partArguments(name: string, ...argv: readonly (string | number)[]): string[] {
  return ["--part", name, ...argv.map(String)];
}
