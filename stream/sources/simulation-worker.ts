/** The simulator in a thread of its own: told until when, it hands back what arrives until then. */
import { parentPort, workerData } from "node:worker_threads";
import { Simulation } from "../../simulator/simulation.ts";
import { ColumnsCodec } from "../door/columns-binary.ts";
import { packArrivals } from "./arrival-pack.ts";
import { type CityRecipe, cityOf } from "./city-recipe.ts";
import type { SimulatorOrder } from "./simulator.ts";

async function main({ recipe, seed }: { recipe: CityRecipe; seed: number }): Promise<void> {
  const city = await cityOf(recipe);
  if (typeof city === "string") throw new RangeError(city);
  const codec = new ColumnsCodec(city);
  let simulation: Simulation | null = null;
  parentPort?.on("message", (order: SimulatorOrder) => {
    if (order.kind === "begin") simulation = new Simulation({ city, seed, from: order.from });
    else if (simulation !== null) handOver(simulation, codec, order.until, order.memory);
  });
}

function handOver(
  simulation: Simulation,
  codec: ColumnsCodec,
  until: number,
  memory: Uint8Array<ArrayBuffer> | undefined,
): void {
  const pack = packArrivals(simulation.advance(until), codec, memory);
  simulation.truth();
  const { receivedAt, isColumns, start, length, bytes } = pack;
  parentPort?.postMessage(
    pack,
    [receivedAt, isColumns, start, length, bytes].map(({ buffer }) => buffer),
  );
}

await main(workerData);
