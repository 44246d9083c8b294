/** `npm run bench`: figures of the program, one JSON line each with `--json` (CONTRACT §7). Nothing fails by being slow. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { BENCHMARKS } from "./catalogue.ts";
import { type Benchmark, type BenchOptions, figureRow, type Told } from "./figure.ts";
import { PARTS } from "./parts.ts";

const HELP = `npm run bench -- [name] [options]

Measures the program: CPU-seconds beside the wall clock, medians of several runs where that is cheap.
A name stands for itself, or else for all benchmarks that begin with it. Each runs in a process of its own.

${BENCHMARKS.map(({ name, about }) => `  ${name.padEnd(23)}${about}`).join("\n")}

  --json          one JSON line per figure: { name, value, unit, ratio, against }
  --hours H       how long simulated time runs where it does (default: the benchmark's own)
  --days D        the same for a benchmark of days
  --kitchens N    size of the city (default: the benchmark's own, mostly all 11,266)
  --runs N        how often to measure what is measured several times
  --seed S        chance of the city and of the load (default: 1)
  --help          this text

Exit codes: 0 measured, 1 a benchmark broke, 2 bad usage.
`;

const EXIT_BAD = 2;

async function main(argv: readonly string[]): Promise<number> {
  const [first, part = ""] = argv;
  if (first === "--part") return runPart(part, argv.slice(2));
  let parsed: ReturnType<typeof read>;
  try {
    parsed = read(argv);
  } catch (error) {
    return complain(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  if (values.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  const chosen = benchmarksOf(positionals[0] ?? "");
  if (positionals.length > 1 || chosen.length === 0) {
    return complain(`no benchmark ${JSON.stringify(positionals.join(" "))}; see --help`);
  }
  const { hours, days, kitchens, runs, seed } = values;
  const numbers = { hours, days, kitchens, runs, seed };
  const wrong = Object.entries(numbers).find(([, text]) => text !== undefined && !(Number(text) >= 0));
  if (wrong !== undefined) return complain(`--${wrong[0]} ${wrong[1]}: expected a number`);
  const [only] = chosen;
  if (chosen.length > 1 || only === undefined) return inOwnProcesses(chosen, argv, positionals);
  return measure(only, optionsOf(numbers), values.json === true);
}

/** For the benchmarks themselves: see `parts.ts`. */
async function runPart(name: string, argv: readonly string[]): Promise<number> {
  const part = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
  if (part === undefined) return complain(`no part ${JSON.stringify(name)}`);
  process.stdout.write(`${JSON.stringify(await part(argv))}\n`);
  return 0;
}

function benchmarksOf(wanted: string): readonly Benchmark[] {
  const exact = BENCHMARKS.filter(({ name }) => name === wanted);
  return exact.length > 0 ? exact : BENCHMARKS.filter(({ name }) => name.startsWith(wanted));
}

function read(argv: readonly string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { json: flag, help: flag, hours: text, days: text, kitchens: text, runs: text, seed: text },
  });
}

function optionsOf(texts: { readonly [name in keyof BenchOptions]: string | undefined }): BenchOptions {
  const number = (text: string | undefined) => (text === undefined ? null : Number(text));
  return {
    hours: number(texts.hours),
    days: number(texts.days),
    kitchens: number(texts.kitchens),
    runs: number(texts.runs),
    seed: number(texts.seed) ?? 1,
  };
}

/** One after the other, so that none finds the memory and the compiled code of another. */
async function inOwnProcesses(
  chosen: readonly Benchmark[],
  argv: readonly string[],
  positionals: readonly string[],
): Promise<number> {
  const options = argv.filter((arg) => !positionals.includes(arg) || arg.startsWith("--"));
  let broken = 0;
  for (const { name } of chosen) {
    const own = spawn(
      process.execPath,
      [...process.execArgv, fileURLToPath(import.meta.url), name, ...options],
      {
        stdio: "inherit",
      },
    );
    const [code] = await once(own, "exit");
    if (code !== 0) broken++;
  }
  return broken === 0 ? 0 : 1;
}

async function measure(benchmark: Benchmark, options: BenchOptions, json: boolean): Promise<number> {
  if (!json) process.stdout.write(`${benchmark.name}: ${benchmark.about}\n`);
  try {
    tell(await benchmark.run(options), json);
    return 0;
  } catch (error) {
    process.stderr.write(`${benchmark.name} broke: ${error instanceof Error ? error.stack : error}\n`);
    return 1;
  }
}

function tell({ figures, notes = [] }: Told, json: boolean): void {
  for (const figure of figures)
    process.stdout.write(`${json ? JSON.stringify(figure) : figureRow(figure)}\n`);
  if (json) return;
  for (const { title, lines } of notes) {
    process.stdout.write(`\n  ${title}\n${lines.map((line) => `    ${line}\n`).join("")}`);
  }
  process.stdout.write("\n");
}

function complain(reason: string): number {
  process.stderr.write(`bench: ${reason}\n`);
  return EXIT_BAD;
}

process.exitCode = await main(process.argv.slice(2));
