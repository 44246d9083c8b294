/** After a crash without any snapshot: ten million logged readings are folded again, and the history is filled again. */
import { generateCity } from "../../twin/city/generated-city.ts";
import { parseTime } from "../../twin/kernel/time.ts";
import { lastLineOf } from "../child.ts";
import { onDataDirectory } from "../data-directory.ts";
import { type BenchOptions, cost, defineBenchmark, type Told } from "../figure.ts";
import { ReadingLoad } from "../load/readings.ts";
import { median, type Spent } from "../measure.ts";
import { PARTS_MODULE, partArguments } from "../parts.ts";
import { inScratch } from "../scratch.ts";

const READINGS = 10_000_000;
const DEVICES = 20;
const EACH = 50;
const MESSAGES_A_COMMIT = 500;
const FROM = parseTime("2026-06-02T10:00:00+08:00");
const RUNS = 3;
const BUDGET_S = 5;

export const recovery = defineBenchmark({
  name: "recovery",
  about: "open a log of 10 M readings in columns of 1,000, without a snapshot",
  run: (options) =>
    inScratch(async (directory) => {
      await fill(directory, options);
      const spent: Spent[] = [];
      for (let run = 0; run < (options.runs ?? RUNS); run++) spent.push(await opened(directory, options));
      return told(spent);
    }),
});

function told(spent: readonly Spent[]): Told {
  const wall = median(spent.map((one) => one.wall));
  const cpu = median(spent.map((one) => one.cpu));
  return { figures: [cost("recovery.wall", wall, "s", BUDGET_S), cost("recovery.cpu", cpu, "s", null)] };
}

async function fill(directory: string, { seed, kitchens }: BenchOptions): Promise<void> {
  const size = kitchens === null ? {} : { kitchens };
  const city = generateCity({ seed, preset: "baseline", ...size });
  const load = new ReadingLoad(city, seed, FROM);
  await onDataDirectory(city, directory, async ({ processor }) => {
    for (let message = 0; message < READINGS / (DEVICES * EACH); message++) {
      const columns = load.columns(DEVICES, EACH);
      const receivedAt = FROM + message;
      const item = { kind: "columns", index: 0, source: "/systems/bench", id: String(message) } as const;
      const admitted = [{ ...item, receivedAt, exercise: false, columns, encoded: null }];
      processor.take({ admitted, refused: [] }, receivedAt);
      if (message % MESSAGES_A_COMMIT === 0) await processor.commit();
    }
    await processor.commit();
  });
}

async function opened(directory: string, { seed, kitchens }: BenchOptions): Promise<Spent> {
  const found = await lastLineOf(PARTS_MODULE, partArguments("open-log", directory, seed, kitchens ?? ""));
  if (
    typeof found !== "object" ||
    found === null ||
    !("wall" in found && "cpu" in found && "accepted" in found)
  ) {
    throw new Error(`The part told ${JSON.stringify(found)}`);
  }
  const { wall, cpu, accepted } = found;
  if (accepted !== READINGS) throw new Error(`Opened ${accepted} of ${READINGS} readings`);
  return { wall: Number(wall), cpu: Number(cpu) };
}
