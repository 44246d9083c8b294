/** `npm run swarm`: seed after seed until the time is over or an invariant is broken (README.md). */
import { performance } from "node:perf_hooks";
import process from "node:process";
import { failureWords } from "./failure-words.ts";
import { type Plan, planOf } from "./fault-plan.ts";
import { shrunk } from "./shrink.ts";
import { readSwarmOptions, SWARM_HELP, type SwarmOptions } from "./swarm-options.ts";
import { runPlan, type Verdict } from "./swarm-run.ts";
import { Tally } from "./tally.ts";

const EXIT_BROKEN = 1;
const EXIT_BAD = 2;
const PROGRESS_MS = 10_000;
const SEEDS = 1_000_000_000;

async function main(argv: readonly string[]): Promise<number> {
  const options = readSwarmOptions(argv);
  if (options === "help") {
    process.stdout.write(SWARM_HELP);
    return 0;
  }
  if ("wrong" in options) {
    process.stderr.write(`swarm: ${options.wrong}\n${SWARM_HELP}`);
    return EXIT_BAD;
  }
  return options.seed === null ? runMany(options) : runOne(options, options.seed);
}

async function runMany({ minutes, from, json }: SwarmOptions): Promise<number> {
  const first = from ?? Date.now() % SEEDS;
  const begun = performance.now();
  const tally = new Tally();
  let told = begun;
  process.stdout.write(`swarm: seeds from ${first}, for ${minutes} min\n`);
  for (let seed = first; performance.now() - begun < minutes * 60_000; seed++) {
    const plan = planOf(seed);
    const verdict = await verdictOf(plan);
    tally.add(verdict);
    if (verdict.broken.length > 0) {
      process.stdout.write(`seed ${seed} fails: ${verdict.broken[0]}\nmaking it smaller ...\n`);
      process.stdout.write(`${failureWords(plan, await shrunk(verdict))}\n`);
      end({ tally, first, begun, json, failed: seed });
      return EXIT_BROKEN;
    }
    if (performance.now() - told < PROGRESS_MS) continue;
    told = performance.now();
    process.stdout.write(`${progressLine(tally, begun)}\n`);
  }
  end({ tally, first, begun, json, failed: null });
  return 0;
}

async function runOne({ keep, messages, json }: SwarmOptions, seed: number): Promise<number> {
  const begun = performance.now();
  const whole = planOf(seed);
  const faults = whole.faults.filter((_, i) => keep?.includes(i) ?? true);
  const verdict = await verdictOf({ ...whole, faults, messages: messages ?? whole.messages });
  const tally = new Tally();
  tally.add(verdict);
  const isBroken = verdict.broken.length > 0;
  process.stdout.write(`${isBroken ? failureWords(whole, verdict) : verdict.story.join("\n")}\n`);
  end({ tally, first: seed, begun, json, failed: isBroken ? seed : null });
  return isBroken ? EXIT_BROKEN : 0;
}

/** A promise that the program let fail unheard would end the real process: that breaks a run, too. */
async function verdictOf(plan: Plan): Promise<Verdict> {
  const unheard: string[] = [];
  const hear = (reason: unknown) =>
    void unheard.push(reason instanceof Error ? (reason.stack ?? reason.message) : String(reason));
  process.on("unhandledRejection", hear);
  try {
    const verdict = await runPlan(plan);
    const broken = unheard.map((reason) => `nobody handled a failure: ${reason}`);
    return { ...verdict, broken: [...verdict.broken, ...broken] };
  } finally {
    process.off("unhandledRejection", hear);
  }
}

function rateOf({ seeds }: Tally, begun: number): number {
  return seeds / ((performance.now() - begun) / 1000);
}

function progressLine(tally: Tally, begun: number): string {
  const { crashes, starts } = tally.sums;
  return `${tally.seeds} seeds, ${rateOf(tally, begun).toFixed(1)}/s, ${crashes} crashes, ${starts} starts; faults: ${tally.faultWords}`;
}

function end(parts: {
  readonly tally: Tally;
  readonly first: number;
  readonly begun: number;
  readonly json: boolean;
  readonly failed: number | null;
}): void {
  const { tally, first, begun, json, failed } = parts;
  const seconds = (performance.now() - begun) / 1000;
  const perSecond = Number(rateOf(tally, begun).toFixed(2));
  const { seeds, faults, sums } = tally;
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ first, seeds, failed, seconds, perSecond, ...sums, faults })}\n`,
    );
    return;
  }
  const counts = Object.entries(sums).map(([name, count]) => `${name} ${count}`);
  const verdict = failed === null ? "all invariants held" : `seed ${failed} broke an invariant`;
  process.stdout.write(
    `swarm: ${verdict}; ${seeds} seeds from ${first} in ${seconds.toFixed(0)} s (${perSecond}/s); ${counts.join(", ")}; faults: ${tally.faultWords}\n`,
  );
}

process.exitCode = await main(process.argv.slice(2));
