/** What the city has put out, from the files that it leaves behind: what its readers are held against. */
import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { HeardOutput } from "./heard-outputs.ts";

/** Outputs about alerts, in the order of the log; `data`: the data directory of a city that has ended. */
export async function alertsPutOut(data: string): Promise<HeardOutput[]> {
  const folder = join(data, "outputs");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".jsonl")).sort();
  const found: HeardOutput[] = [];
  for (const name of names) {
    for await (const line of createInterface({ input: createReadStream(join(folder, name)) })) {
      const { id, type, logposition }: { id: string; type: string; logposition: number } = JSON.parse(line);
      if (type.startsWith("warmcity.alert.")) found.push({ position: logposition, id });
    }
  }
  return found;
}
