/** `npm run replay -- --events FILE --out DIR`: folds a file in virtual time, without a server (CONTRACT §7, §8). */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import type { City } from "../../twin/city/city.ts";
import { parseTime } from "../../twin/kernel/time.ts";
import type { Intake } from "../door/admission.ts";
import { Door } from "../door/door.ts";
import { foldOf } from "../fold-of.ts";
import type { Output } from "../output.ts";
import { Replay } from "../replay.ts";
import { shadowRules } from "../shadow/shadow-rules.ts";
import { type CityRecipe, cityOf } from "../sources/city-recipe.ts";
import { readFile as readLinesOf } from "../sources/file.ts";
import { linesByReceipt } from "../sources/lines-by-receipt.ts";
import { policiesOf, shadowPoliciesOf } from "../sources/policy-file.ts";
import { makeFolder, writeReplay } from "./replay-files.ts";
import { ReplayShadow } from "./replay-shadow.ts";

const HELP = `npm run replay -- --events FILE.jsonl[.gz] --out DIR [options]

Folds a file of CloudEvents in virtual time and writes DIR/alerts.jsonl (every output, in order of time), cases.json,
kitchens.json and summary.json. Same input: same bytes.

  --events FILE     CloudEvents, one per line, in order of arrival; packed if it ends in .gz; required
  --out DIR         where to; required
  --registry FILE   the city they belong to (default: the generated city, full preset)
  --policy FILE     a policy pack, or a list of packs with their dates (default: ordos-2026)
  --shadow FILE     packs to try beside them: what they would raise otherwise goes to DIR/shadow.json and nowhere else
  --until TIME      event time at which to end, RFC 3339 with zone (default: the newest event)
  --sort            sort the lines by receivedtime, else time, first
  --help            this text

Bad lines never stop it: they are counted and listed in summary.json.
Exit codes: 0 done, 2 bad usage, a file that cannot be read, or no line that could be used.
`;

/** Lines between two lines of progress on stderr. */
const PROGRESS_LINES = 200_000;

interface ReplayOptions {
  readonly events: string;
  readonly out: string;
  readonly registry: string | null;
  readonly policy: string | null;
  readonly shadow: string | null;
  readonly until: number;
  readonly sort: boolean;
}

/** Returns the exit code. */
export async function runReplay(argv: readonly string[]): Promise<0 | 2> {
  const options = readOptions(argv);
  if (options === "help") {
    console.log(HELP);
    return 0;
  }
  if (typeof options === "string") return complain(options);
  const folder = await makeFolder(options.out);
  if (folder !== null) return complain(`--out ${options.out}: ${folder}`);
  const city = await cityOf(recipeOf(options.registry));
  if (typeof city === "string") return complain(city);
  const policies = await policiesOf(options.policy);
  if (typeof policies === "string") return complain(policies);
  const shadow = await shadowOf(options, city);
  if (typeof shadow === "string") return complain(shadow);
  const fold = foldOf(city, { early: false, policies });
  const replay = new Replay(fold, options.until);
  const outputs: Output[] = [];
  await feed(options, new Door(city), replay, outputs, shadow);
  const end = replay.finish();
  const last = replay.take();
  outputs.push(...last);
  shadow?.finish(last);
  if (end === Number.NEGATIVE_INFINITY) return complain(`no line of ${options.events} could be used`);
  const summary = replay.summary();
  await writeReplay(options.out, city, fold, { summary, deadLetters: replay.deadLetters, outputs });
  await shadow?.write(options.out, end);
  console.log(`${summary.accepted} events accepted, ${outputs.length} outputs written to ${options.out}`);
  return summary.accepted > 0 ? 0 : 2;
}

/** `null` = none is wanted. */
async function shadowOf({ shadow, until }: ReplayOptions, city: City): Promise<ReplayShadow | null | string> {
  if (shadow === null) return null;
  const policies = await shadowPoliciesOf(shadow);
  return typeof policies === "string" ? policies : new ReplayShadow(city, policies, shadowRules(), until);
}

async function feed(
  options: ReplayOptions,
  door: Door,
  replay: Replay,
  outputs: Output[],
  shadow: ReplayShadow | null,
): Promise<void> {
  const lines = readLinesOf(options.events);
  let last = 0;
  try {
    for await (const { number, text } of options.sort ? await linesByReceipt(lines) : lines) {
      last = number;
      replay.line(number, door.line(text));
      const taken = replay.take();
      outputs.push(...taken);
      shadow?.line(number, text, taken);
      if (number % PROGRESS_LINES === 0) console.error(`${number} lines`);
    }
  } catch (error) {
    // A packed file that was cut off: what stands before the cut counts, the rest is one broken line.
    if (!isCutOff(error)) throw error;
    const reason = `the file is cut off or damaged here: ${error.message}`;
    replay.line(last + 1, broken(reason));
  }
}

function isCutOff(error: unknown): error is Error {
  return error instanceof Error && "code" in error && /^Z_/.test(String(error.code));
}

function broken(reason: string): Intake {
  const refused = { index: 0, faults: [{ pointer: "", reason }], payload: "", events: 1 };
  return { received: 1, admitted: [], refused: [refused], unreadable: null };
}

function readOptions(argv: readonly string[]): ReplayOptions | "help" | string {
  let values: Partial<Record<"events" | "out" | "registry" | "policy" | "shadow" | "until", string>> & {
    sort?: boolean;
    help?: boolean;
  };
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        events: { type: "string" },
        out: { type: "string" },
        registry: { type: "string" },
        policy: { type: "string" },
        shadow: { type: "string" },
        until: { type: "string" },
        sort: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (values.help === true) return "help";
  if (values.events === undefined) return "--events FILE is missing";
  if (values.out === undefined) return "--out DIR is missing";
  if (!existsSync(values.events)) return `--events ${values.events}: there is no such file`;
  const until = values.until === undefined ? Number.POSITIVE_INFINITY : parseTime(values.until);
  if (Number.isNaN(until))
    return `--until ${values.until}: expected a time such as 2026-06-01T00:00:00+08:00`;
  const { events, out, registry = null, policy = null, shadow = null, sort = false } = values;
  return { events, out, registry, policy, shadow, until, sort };
}

function recipeOf(registry: string | null): CityRecipe {
  if (registry !== null) return { kind: "registry", file: registry };
  return { kind: "generated", seed: 1, preset: "full", kitchens: null, today: null };
}

function complain(reason: string): 2 {
  console.error(`replay: ${reason}\n\nSee npm run replay -- --help`);
  return 2;
}
