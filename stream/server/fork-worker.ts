/** A fork at work in its thread: says how far it is, then what came of it, and ends. */
import { setPriority } from "node:os";
import process from "node:process";
import { parentPort, workerData } from "node:worker_threads";
import { PolicyBook } from "../../twin/policy/policy-book.ts";
import { cityOf } from "../sources/city-recipe.ts";
import type { ForkTask, FromFork } from "./fork-desk.ts";
import { workFork } from "./fork-work.ts";

const LOWEST_PRIORITY = 19;
/** Progress is told in steps of so much. */
const STEP = 0.01;

function tell(told: FromFork): void {
  parentPort?.postMessage(told);
}

async function main({ recipe, packs, directory, durable, order }: ForkTask): Promise<void> {
  // Elsewhere it would be the priority of the whole process.
  if (process.platform === "linux") setPriority(LOWEST_PRIORITY);
  const city = await cityOf(recipe);
  if (typeof city === "string") throw new RangeError(city);
  let toldShare = 0;
  const progress = (share: number) => {
    if (share < toldShare + STEP) return;
    toldShare = share;
    tell({ kind: "progress", share });
  };
  const policies = new PolicyBook(packs);
  const result = await workFork({ city, policies, directory, durable, order, progress });
  tell({ kind: "done", result });
}

await main(workerData);
