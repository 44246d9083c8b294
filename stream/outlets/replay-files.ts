/** What a replay writes (CONTRACT §7): alerts.jsonl, cases.json, kitchens.json, summary.json. Same input: same bytes. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { City } from "../../twin/city/city.ts";
import type { CityFold } from "../fold.ts";
import { cloudEventOf, compareOutputs, type Output } from "../output.ts";
import { casesOf } from "../projections/case-view.ts";
import { kitchenView } from "../projections/kitchen-view.ts";
import type { DeadLine, ReplaySummary } from "../replay.ts";

const CHUNK_LINES = 2_000;

export interface ReplayResult {
  readonly summary: ReplaySummary;
  readonly deadLetters: readonly DeadLine[];
  readonly outputs: readonly Output[];
}

/**
 * Makes a folder and those above it; says why if it cannot. Step by step: on some file systems that take no folders,
 * `recursive` never ends.
 */
export async function makeFolder(directory: string): Promise<string | null> {
  const path = resolve(directory);
  if (existsSync(path)) return null;
  const above = dirname(path) === path ? null : await makeFolder(dirname(path));
  if (above !== null) return above;
  try {
    await mkdir(path);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Writes the four files into a folder that is there; returns the hash of the final state, which stands in the summary as `stateHash`. */
export async function writeReplay(
  directory: string,
  city: City,
  fold: CityFold,
  result: ReplayResult,
): Promise<string> {
  const outputs = [...result.outputs].sort(compareOutputs);
  await writeLines(
    join(directory, "alerts.jsonl"),
    outputs.map((output) => JSON.stringify(cloudEventOf(output))),
  );
  const cases = casesOf(city, fold).map((one) => JSON.stringify(one));
  await writeArray(join(directory, "cases.json"), cases);
  const kitchens = inIdOrder(city).map((index) => JSON.stringify(kitchenView(city, fold, index, -1)));
  await writeArray(join(directory, "kitchens.json"), kitchens);
  const policies = fold.policies.stampsUpTo(fold.now);
  const stateHash = hashOf([JSON.stringify(policies), ...cases, ...kitchens]);
  const byCode: Record<string, number> = {};
  for (const output of outputs) {
    if (output.type !== "warmcity.alert.raised") continue;
    byCode[output.data.code] = (byCode[output.data.code] ?? 0) + 1;
  }
  const summary = {
    ...result.summary,
    policies,
    alerts: Object.fromEntries(Object.entries(byCode).sort(([a], [b]) => (a < b ? -1 : 1))),
    deadLetters: result.deadLetters,
    stateHash,
  };
  await writeLines(join(directory, "summary.json"), [JSON.stringify(summary, null, 2)]);
  return stateHash;
}

/** The hash of a state given as JSON texts. */
export function hashOf(texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(text).update("\n");
  return hash.digest("hex");
}

function inIdOrder(city: City): number[] {
  return city.kitchens
    .map((kitchen, index) => ({ id: kitchen.id, index }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ index }) => index);
}

async function writeLines(path: string, lines: readonly string[]): Promise<void> {
  const file = await open(path, "w");
  try {
    for (let at = 0; at < lines.length; at += CHUNK_LINES) {
      await file.write(`${lines.slice(at, at + CHUNK_LINES).join("\n")}\n`);
    }
  } finally {
    await file.close();
  }
}

async function writeArray(path: string, items: readonly string[]): Promise<void> {
  const body = items.map((item, index) => (index === items.length - 1 ? item : `${item},`));
  await writeLines(path, ["[", ...body, "]"]);
}
