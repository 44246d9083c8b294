/** The command line of `npm run scenario`: texts in, checked options or a sentence about what is wrong out. */
import { parseArgs } from "node:util";
import { nearestName } from "../nearest-name.ts";
import { WAYS, type Way } from "../ways.ts";

export const USAGE = `npm run scenario -- <name|all> [options]

Tells stories of the city with expected outcomes, and says what came of them. --list shows all names.

  --way W           alone, background (on top of a living city), live (a tick each second), flooded (three shuffled
                    copies), or all that the story knows (default)
  --seed N          another chance of the life around the story; the reviewed texts are left out
  --multi-seed N    seeds 1 to N, told alone unless --way says otherwise; a table of failures by seed
  --update          writes what was told to scenarios/golden/<name>.txt, to be reviewed; without it a difference fails
  --golden FOLDER   where the reviewed texts lie instead
  --junit FILE      JUnit XML
  --html FILE       a report with timelines and curves in one file, in Chinese and English
  --list            the names and what they are about
  --help            this text

Playing a story into a running city (one name, its first events now):
  --registry FILE   writes the registry of the story's kitchens, for npm start -- --no-simulator --registry FILE
  --live URL        plays into the city there, through its public door
  --token T         the token that npm start prints
  --stage           starts such a city itself, prints its address, plays, and leaves it running until Ctrl-C
  --speed X         of the city that --stage starts, 1 to 600 (default: 60); with --live: the pace that its clock must have

Exit codes: 0 all as expected, 1 something is not, 2 bad usage.
`;

export interface RunOptions {
  /** Chosen names, in the order of the catalogue. */
  readonly names: readonly string[];
  /** `null` = all that the story knows. */
  readonly way: Way | null;
  readonly seed: number | null;
  readonly multiSeed: number | null;
  readonly update: boolean;
  /** `null` = where they always lie. */
  readonly golden: string | null;
  readonly junit: string | null;
  readonly html: string | null;
  readonly registry: string | null;
  readonly live: string | null;
  readonly token: string | null;
  readonly stage: boolean;
  readonly speed: number | null;
}

interface Raw {
  readonly way?: string;
  readonly seed?: string;
  readonly "multi-seed"?: string;
  readonly update?: boolean;
  readonly golden?: string;
  readonly junit?: string;
  readonly html?: string;
  readonly registry?: string;
  readonly live?: string;
  readonly token?: string;
  readonly stage?: boolean;
  readonly speed?: string;
  readonly list?: boolean;
  readonly help?: boolean;
}

export type Asked = RunOptions | "help" | "list" | { readonly wrong: string };

/** `names` = all that there are. */
export function readRunOptions(argv: readonly string[], names: readonly string[]): Asked {
  const [text, flag] = [{ type: "string" } as const, { type: "boolean" } as const];
  let read: { readonly values: Raw; readonly positionals: readonly string[] };
  try {
    read = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        way: text,
        seed: text,
        "multi-seed": text,
        update: flag,
        golden: text,
        junit: text,
        html: text,
        registry: text,
        live: text,
        token: text,
        stage: flag,
        speed: text,
        list: flag,
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
  if (read.values.help === true) return "help";
  if (read.values.list === true) return "list";
  const chosen = chosenNames(read.positionals, names);
  return "wrong" in chosen ? chosen : checked(read.values, chosen.names);
}

function chosenNames(
  wanted: readonly string[],
  names: readonly string[],
): { readonly names: readonly string[] } | { readonly wrong: string } {
  if (wanted.length === 0) return { wrong: "which story? Give a name, or all; --list shows the names" };
  if (wanted.includes("all")) return { names };
  for (const name of wanted) {
    if (names.includes(name)) continue;
    const nearest = nearestName(name, names);
    const hint = nearest === null ? "--list shows the names" : `did you mean ${nearest}?`;
    return { wrong: `there is no scenario ${JSON.stringify(name)}: ${hint}` };
  }
  return { names: names.filter((name) => wanted.includes(name)) };
}

function checked(raw: Raw, names: readonly string[]): RunOptions | { readonly wrong: string } {
  const { way = "all", live = null, token = null, stage = false } = raw;
  const known = WAYS.find((one) => one === way);
  if (known === undefined && way !== "all")
    return { wrong: `--way ${way}: expected ${WAYS.join(", ")} or all` };
  const seed = whole(raw.seed, 0, 4_294_967_295);
  const multiSeed = whole(raw["multi-seed"], 1, 10_000);
  const speed = raw.speed === undefined ? null : Number(raw.speed);
  if (Number.isNaN(seed))
    return { wrong: `--seed ${raw.seed}: expected a whole number from 0 to 4294967295` };
  if (Number.isNaN(multiSeed))
    return { wrong: `--multi-seed ${raw["multi-seed"]}: expected a whole number from 1 to 10000` };
  if (speed !== null && !(speed >= 1 && speed <= 600))
    return { wrong: `--speed ${raw.speed}: expected a number from 1 to 600` };
  if (seed !== null && multiSeed !== null) return { wrong: "--seed and --multi-seed are one too many" };
  if (raw.update === true && (seed !== null || multiSeed !== null))
    return { wrong: "--update: the reviewed texts are those of the stories' own seed" };
  const plays = live !== null || stage || raw.registry !== undefined;
  if (plays && names.length !== 1) return { wrong: "one story can be played at a time: give one name" };
  if (live !== null && !/^https?:\/\/./.test(live))
    return { wrong: `--live ${live}: expected a URL with http:// or https://` };
  if (live !== null && token === null) return { wrong: "--live wants --token as well: npm start prints it" };
  if (live !== null && stage) return { wrong: "--live and --stage are one too many" };
  if (speed !== null && live === null && !stage) return { wrong: "--speed goes with --live or --stage" };
  return {
    ...{ names, seed, multiSeed, live, token, stage, speed },
    way: known ?? null,
    update: raw.update === true,
    golden: raw.golden ?? null,
    junit: raw.junit ?? null,
    html: raw.html ?? null,
    registry: raw.registry ?? null,
  };
}

function whole(text: string | undefined, min: number, max: number): number | null {
  if (text === undefined) return null;
  const number = Number(text);
  return Number.isInteger(number) && number >= min && number <= max ? number : Number.NaN;
}
