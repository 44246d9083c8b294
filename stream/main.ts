/** The verbs of the processor: `npm start`, `npm run replay`, `npm run verify`, `npm run fork`, `npm run account`. */
import process from "node:process";

const VERBS: Readonly<Record<string, () => Promise<(argv: readonly string[]) => Promise<number>>>> = {
  start: async () => (await import("./server/start-command.ts")).runStart,
  replay: async () => (await import("./outlets/replay-command.ts")).runReplay,
  verify: async () => (await import("./log/verify-command.ts")).runVerify,
  fork: async () => (await import("./server/fork-command.ts")).runFork,
  account: async () => (await import("./server/identity/account-command.ts")).runAccount,
};

const HELP = `node stream/run.mjs <verb> [options]

  start     runs the city: npm start
  replay    folds a file of events in virtual time: npm run replay
  verify    checks the hash chain of a log: npm run verify
  fork      runs the city ahead, changed and unchanged: npm run fork
  account   the people and machines that may come in: npm run account

Each verb has its own --help.`;

async function main([verb = "", ...argv]: readonly string[]): Promise<number> {
  if (verb === "--help" || verb === "-h") {
    console.log(HELP);
    return 0;
  }
  const load = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (load === undefined) {
    console.error(`unknown verb ${JSON.stringify(verb)}\n\n${HELP}`);
    return 2;
  }
  return (await load())(argv);
}

process.exitCode = await main(process.argv.slice(2));
