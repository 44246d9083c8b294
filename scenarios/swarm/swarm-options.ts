/** The options of `npm run swarm`. */
import { parseArgs } from "node:util";

export const SWARM_HELP = `npm run swarm -- [options]

Runs the real program (log, snapshots, processor, streams, notifications) seed after seed on a simulated machine:
its power goes, its disk tears, fails and fills up, the network loses and repeats, its clock jumps, a second process is
started on the same data. After each run nothing acknowledged may be lost, nothing twice, all as in an undisturbed run.

  --minutes M     how long; default 3
  --from SEED     the first seed; default: one that is made up and printed
  --seed N        this one seed alone, with all that happens in it
  --keep 0,3,5    of its faults only these (as a failure prints them)
  --messages N    of its messages only the first N
  --json          the end as one line of JSON
  --help          this

Exit codes: 0 all invariants held, 1 one was broken (the command that shows it again is printed), 2 bad usage.
`;

export interface SwarmOptions {
  readonly minutes: number;
  /** `null` = made up. */
  readonly from: number | null;
  /** `null` = seed after seed. */
  readonly seed: number | null;
  /** Places of the faults that are kept; `null` = all. */
  readonly keep: readonly number[] | null;
  readonly messages: number | null;
  readonly json: boolean;
}

/** The options, "help", or what is wrong with them. */
export function readSwarmOptions(
  argv: readonly string[],
): SwarmOptions | "help" | { readonly wrong: string } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        minutes: { type: "string" },
        from: { type: "string" },
        seed: { type: "string" },
        keep: { type: "string" },
        messages: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) return "help";
    const minutes = Number(values.minutes ?? 3);
    if (!(minutes > 0)) return { wrong: `--minutes is "${values.minutes}"; expected a number above 0` };
    const whole = (["from", "seed", "messages"] as const).find((name) => !isWhole(values[name]));
    if (whole !== undefined)
      return { wrong: `--${whole} is "${values[whole]}"; expected a whole number from 0` };
    const keep = values.keep === undefined ? null : values.keep.split(",").filter((part) => part !== "");
    if (keep?.some((part) => !isWhole(part)))
      return { wrong: `--keep is "${values.keep}"; expected places of faults such as 0,3,5` };
    return {
      minutes,
      from: numberOf(values.from),
      seed: numberOf(values.seed),
      keep: keep?.map(Number) ?? null,
      messages: numberOf(values.messages),
      json: values.json,
    };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}

function isWhole(text: string | undefined): boolean {
  return text === undefined || /^\d{1,15}$/.test(text);
}

function numberOf(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}
