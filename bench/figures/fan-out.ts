/** A thousand viewers of the live city, ten deltas a second each: what the server spends on them. */
import { Child } from "../child.ts";
import { type BenchOptions, cost, defineBenchmark, rate, type Told } from "../figure.ts";
import { watch } from "../measure.ts";
import { PARTS_MODULE, partArguments } from "../parts.ts";

const VIEWERS = 1_000;
const SECONDS = 10;
const BUDGET_PERCENT = 30;
const TOKEN = "bench-token-of-thirty-two-characters";

export const fanOut = defineBenchmark({
  name: "fan-out",
  about: "1,000 viewers over WebSocket at 10 deltas of 40 kitchens a second",
  async run({ seed }: BenchOptions): Promise<Told> {
    const server = new Child(PARTS_MODULE, partArguments("serve-feed", seed, TOKEN));
    try {
      const port = await server.line(/^port: (\d+)/);
      return await watched(server, port);
    } finally {
      await server.end();
    }
  },
});

async function watched(server: Child, port: string): Promise<Told> {
  const viewers = new Child(PARTS_MODULE, partArguments("watch-feed", port, TOKEN, VIEWERS, SECONDS));
  try {
    await viewers.line(/^all: open/);
    const before = await server.usage();
    const spent = watch();
    await viewers.line(/^all: counted/);
    const { cpu } = await server.usage();
    const { wall } = spent();
    const frames = Number(await viewers.line(/"frames":(\d+)/));
    const share = (100 * (cpu - before.cpu)) / wall;
    return {
      figures: [
        cost("fan-out", share, "% of a core", BUDGET_PERCENT),
        rate("fan-out.frames", frames / wall, "frames/s received", VIEWERS * 10),
        rate("fan-out.perCore", frames / (cpu - before.cpu), "frames/s/core", null),
      ],
    };
  } finally {
    await viewers.end();
  }
}
