/** The command line of `npm run fork`: texts in, checked options or a sentence about what is wrong out. */
import { parseArgs } from "node:util";
import { parseInstant } from "../door/instant.ts";
import { FORK_HOURS_MAX } from "../forks/fork-change.ts";
import { SEEDS_LEAST, SEEDS_MOST } from "../forks/fork-order.ts";

export const FORK_HELP = `npm run fork -- --data DIR --change CHANGE [options]

Takes the city of a data directory at a moment, changes something, runs it ahead beside the unchanged city, each by several
seeds, and prints the difference: alerts, cases, exposure in meals, index. It only reads, also beside a running city.

  --data DIR       data directory, as \`npm start\` prints it; required
  --change CHANGE  what is changed; several are allowed, none gives no difference: its JSON, or its kind and fields:
                     power-cut feeder=F-012 minutes=120 [afterMinutes=30]
                     network-cut by=isp|office|banner id=I-03 minutes=60 [afterMinutes=30]
                     fridge-failure device=K-00001/fridge-1 minutes=240|null [slopePerMinute=0.2] [afterMinutes=30]
                     recall product=milk lots=L7,L8 class=1 [afterMinutes=30]
                     policy pack=FILE.json
                     inspectors banner=150602|null factor=2
                     street banner=150602 kitchens=20 [type=small|medium|large|drinks]
  --at TIME        event time, RFC 3339 (default: the end of the log)
  --hours H        how long, 1 to ${FORK_HOURS_MAX} (default: 24)
  --seeds N        how many runs, ${SEEDS_LEAST} to ${SEEDS_MOST} (default: ${SEEDS_LEAST})
  --registry FILE  the registry of the data, if it was started with one
  --policy FILE    its policy packs, likewise
  --json           the whole result as one line of JSON
  --help           this text

exit codes: 0 done, 2 bad usage or input
`;

export interface ForkOptions {
  readonly data: string;
  readonly changes: readonly string[];
  /** ms since epoch; `null` = the end of the log. */
  readonly at: number | null;
  readonly hours: number | null;
  readonly seeds: number | null;
  readonly registry: string | null;
  readonly policy: string | null;
  readonly json: boolean;
}

export function readForkOptions(argv: readonly string[]): ForkOptions | "help" | { readonly wrong: string } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        data: { type: "string" },
        change: { type: "string", multiple: true },
        at: { type: "string" },
        hours: { type: "string" },
        seeds: { type: "string" },
        registry: { type: "string" },
        policy: { type: "string" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help === true) return "help";
    if (values.data === undefined) return { wrong: "--data DIR is missing" };
    const at = values.at === undefined ? null : parseInstant(values.at);
    if (Number.isNaN(at)) return { wrong: `--at is "${values.at}"; expected a time, RFC 3339 with zone` };
    const { data, change = [], hours, seeds, registry = null, policy = null, json = false } = values;
    for (const [name, text] of Object.entries({ hours, seeds }))
      if (text !== undefined && !/^\d+$/.test(text))
        return { wrong: `--${name} is "${text}"; expected a whole number` };
    const numbers = { hours: numberOf(hours), seeds: numberOf(seeds) };
    return { data, changes: change, at, ...numbers, registry, policy, json };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}

function numberOf(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}
