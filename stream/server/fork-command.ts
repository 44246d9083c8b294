/** `npm run fork`: a what-if run from a data directory, printed as a table. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import process from "node:process";
import type { City } from "../../twin/city/city.ts";
import { formatTime } from "../../twin/kernel/time.ts";
import type { PolicyBook } from "../../twin/policy/policy-book.ts";
import { ASSUMPTIONS } from "../forks/assumptions.ts";
import { readChange } from "../forks/change-text.ts";
import type { ForkFigure } from "../forks/fork-difference.ts";
import { type ForkOrder, parseForkOrder } from "../forks/fork-order.ts";
import { LogError } from "../log/log-error.ts";
import { nodeFiles } from "../log/node-files.ts";
import { findEnd } from "../log/recovery.ts";
import { LOG_FOLDER } from "../log/verify-command.ts";
import { type CityRecipe, cityOf } from "../sources/city-recipe.ts";
import { policiesOf } from "../sources/policy-file.ts";
import { FORK_HELP, type ForkOptions, readForkOptions } from "./fork-options.ts";
import { type ForkResult, workFork } from "./fork-work.ts";

/** Returns the exit code. */
export async function runFork(argv: readonly string[]): Promise<0 | 2> {
  const options = readForkOptions(argv);
  if (options === "help") {
    console.log(FORK_HELP);
    return 0;
  }
  if ("wrong" in options) return complain(options.wrong);
  try {
    return await fork(options);
  } catch (error) {
    if (error instanceof RangeError || error instanceof LogError) return complain(error.message);
    throw error;
  }
}

async function fork(options: ForkOptions): Promise<0 | 2> {
  const directory = resolve(options.data);
  const log = join(directory, LOG_FOLDER);
  if (!existsSync(log)) return complain(`there is no log in ${directory} (--data)`);
  const policies = await policiesOf(options.policy);
  if (typeof policies === "string") return complain(policies);
  const city = await cityIn(directory, options.registry);
  if (typeof city === "string") return complain(city);
  const order = await orderOf(options, city, policies);
  if (typeof order === "string") return complain(order);
  const { next: durable } = await findEnd(nodeFiles, log);
  const begun = performance.now();
  const progress = options.json ? () => undefined : progressLine(begun);
  const result = await workFork({ city, policies, directory, durable, order, progress });
  const seconds = (performance.now() - begun) / 1_000;
  for (const line of options.json ? [JSON.stringify(result)] : tableOf(result, order, seconds))
    console.log(line);
  return 0;
}

/** The city that the data belong to, or why it cannot be made. */
async function cityIn(directory: string, registry: string | null): Promise<City | string> {
  const origin = join(directory, "city.json");
  if (registry !== null) return cityOf({ kind: "registry", file: resolve(registry) });
  if (!existsSync(origin)) return `${directory} does not say which city it is of: name its --registry FILE`;
  const recipe: CityRecipe = { kind: "generated", ...JSON.parse(await readFile(origin, "utf8")) };
  return cityOf(recipe);
}

async function orderOf(options: ForkOptions, city: City, policies: PolicyBook): Promise<ForkOrder | string> {
  const changes: unknown[] = [];
  for (const text of options.changes) changes.push(await withPack(readChange(text)));
  const { at, hours, seeds } = options;
  const numbers = { ...(hours !== null && { hours }), ...(seeds !== null && { seeds }) };
  const parsed = parseForkOrder({ city, policies }, { at, changes, ...numbers });
  if (parsed.ok) return parsed.value;
  return parsed.faults.map(({ pointer, reason }) => `${pointer}: ${reason}`).join("\n  ");
}

/** A pack that is named as a file is read from there. */
async function withPack(change: unknown): Promise<unknown> {
  if (typeof change !== "object" || change === null || !("pack" in change)) return change;
  const { pack } = change;
  if (typeof pack !== "string") return change;
  try {
    return { ...change, pack: JSON.parse(await readFile(pack, "utf8")) };
  } catch (error) {
    throw new RangeError(`pack=${pack}: ${error instanceof Error ? error.message : error}`);
  }
}

function progressLine(begun: number): (share: number) => void {
  let told = -1;
  return (share) => {
    const percent = Math.floor(100 * share);
    if (percent === told) return;
    told = percent;
    const seconds = (performance.now() - begun) / 1_000;
    const left = share > 0 ? `, ${((seconds * (1 - share)) / share).toFixed(0)} s left` : "";
    if (process.stderr.isTTY)
      process.stderr.write(`\rfork: ${percent} %${left}   ${percent === 100 ? "\n" : ""}`);
    else if (percent % 10 === 0) process.stderr.write(`fork: ${percent} %${left}\n`);
  };
}

function tableOf(
  { from, seeds, figures }: ForkResult,
  { hours, changes }: ForkOrder,
  seconds: number,
): string[] {
  const told = changes.map((change) =>
    change.kind === "policy" ? `policy ${change.pack.name}` : JSON.stringify(change),
  );
  const columns = ["unchanged", "changed", "difference", "±", "least", "most"].map((name) =>
    name.padStart(11),
  );
  return [
    `${hours} h from ${formatTime(from)}, seeds ${seeds.join(" ")}, in ${seconds.toFixed(1)} s`,
    ...(told.length === 0 ? ["nothing is changed"] : told.map((one) => `changed: ${one}`)),
    "",
    `${"".padEnd(20)}${columns.join("")}`,
    ...figures.map(rowOf),
    "",
    ...ASSUMPTIONS.map((assumption) => `- ${assumption}`),
  ];
}

function rowOf({ figure, unchanged, changed, difference, deviation, least, most }: ForkFigure): string {
  const cells = [unchanged, changed, difference, deviation, least, most];
  return `${figure.padEnd(20)}${cells.map((cell) => cell.toFixed(2).padStart(11)).join("")}`;
}

function complain(reason: string): 2 {
  console.error(`fork: ${reason}\nTry: npm run fork -- --help`);
  return 2;
}
