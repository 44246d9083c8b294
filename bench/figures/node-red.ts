/**
 * The same work in Node-RED: its runtime in this process, a flow that one would draw, the same trace, the same alerts. It gets its readings
 * parsed, as messages; no broker and no editor is measured. Left out, with a reason, where it is not installed.
 */
import process from "node:process";
import { coldTrace, compared, type Found, foundHere } from "../cold-trace.ts";
import { type BenchOptions, defineBenchmark, rate, type Told } from "../figure.ts";
import { watch } from "../measure.ts";
import { missingNodeRed, NodeRed } from "../peers/node-red.ts";
import type { PlainReading } from "../plain-kitchens.ts";
import { inScratch } from "../scratch.ts";

/** As in `naive`. */
const KITCHENS = 2_000;
const HOURS = 2;

export const nodeRed = defineBenchmark({
  name: "node-red",
  about: "readings through a flow of Node-RED (if bench/peers/node-red is installed), against ours",
  async run({ seed, kitchens, hours }: BenchOptions): Promise<Told> {
    const missing = missingNodeRed();
    if (missing !== null) {
      process.stderr.write(`node-red: not measured. ${missing}\n`);
      return { figures: [] };
    }
    const trace = coldTrace({ seed, kitchens: kitchens ?? KITCHENS, hours: hours ?? HOURS });
    const ours = foundHere(trace);
    const theirs = await inScratch((directory) => foundInNodeRed(directory, trace.readings));
    const { figure, note, perTheirs } = compared("node-red", "Node-RED", trace, ours, theirs);
    return { figures: [figure, rate("node-red.flow", perTheirs, "readings/s/core", null)], notes: [note] };
  },
});

async function foundInNodeRed(directory: string, readings: readonly PlainReading[]): Promise<Found> {
  const flow = await NodeRed.start(directory);
  try {
    const spent = watch();
    await flow.feed(readings);
    const told = spent();
    const alerts = new Set(flow.alerts.map(({ code, device, time }) => `${code} ${device} ${time}`));
    return { alerts, spent: told };
  } finally {
    await flow.stop();
  }
}
