/** A server whose kitchens change ten times a second: what viewers cost, without what the city costs. */
import process from "node:process";
import { InMemoryCity } from "../../stream/server/in-memory-city.ts";
import { createServer } from "../../stream/server/server.ts";
import { MAP_STATES } from "../../stream/wire.ts";
import { generateCity } from "../../twin/city/generated-city.ts";
import { Random } from "../../twin/kernel/random.ts";

const CHANGES_EVERY_MS = 100;
/** Makes a delta of some 180 bytes. */
const KITCHENS_A_CHANGE = 40;

export async function serveFeed([seed = "1", token = ""]: readonly string[]) {
  const city = new InMemoryCity(generateCity({ seed: Number(seed), preset: "baseline" }));
  const random = new Random(Number(seed), "bench feed");
  const server = await createServer(city, { bind: "127.0.0.1", port: 0, token });
  process.stdout.write(`port: ${server.port}\n`);
  const timer = setInterval(() => {
    const state = random.pick(MAP_STATES);
    const last = city.city.kitchens.length - 1;
    city.change(
      Array.from({ length: KITCHENS_A_CHANGE }, () => random.int(0, last)),
      state,
    );
  }, CHANGES_EVERY_MS);
  await new Promise<void>((resolve) => process.once("SIGTERM", () => resolve()));
  clearInterval(timer);
  await server.close();
  return {};
}
