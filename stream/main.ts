/** The verbs of the processor: `npm start`, `npm run replay`, `npm run verify`. */
import process from "node:process";

const VERBS: Readonly<Record<string, () => Promise<(argv: readonly string[]) => Promise<number>>>> = {
  start: async () => (await import("./server/start-command.ts")).runStart,
  replay: async () => (await import("./outlets/replay-command.ts")).runReplay,
  verify: async () => (await import("./log/verify-command.ts")).runVerify,
};

async function main([verb = "", ...argv]: readonly string[]): Promise<number> {
  const load = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (load === undefined) {
    console.error(`unknown verb ${JSON.stringify(verb)}; expected ${Object.keys(VERBS).join(", ")}`);
    return 2;
  }
  return (await load())(argv);
}

process.exitCode = await main(process.argv.slice(2));
