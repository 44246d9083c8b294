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
  /** Bytes that the last span of time came to: the next will be much like it. */
  let bytes = 0;
  parentPort?.on("message", (order: SimulatorOrder) => {
    if (order.kind === "begin") simulation = new Simulation({ city, seed, from: order.from });
    else if (simulation !== null) bytes = handOver(simulation, codec, order.until, bytes);
  });
}

/** Returns how many bytes there were. */
function handOver(simulation: Simulation, codec: ColumnsCodec, until: number, expected: number): number {
  const pack = packArrivals(simulation.advance(until), codec, expected);
  simulation.truth();
  const { receivedAt, isColumns, start, length, bytes } = pack;
  const size = bytes.length;
  parentPort?.postMessage(
    pack,
    [receivedAt, isColumns, start, length, bytes].map(({ buffer }) => buffer),
  );
  return size;
}

await main(workerData);
