/** Which program reads which slots; `poll-groups.ts` says which kind of device runs which program. */
import type { Poll, SensorView } from "./poll.ts";
import type { PollGroup, Program } from "./poll-groups.ts";
import {
  sampleCompressor,
  sampleFume,
  sampleGas,
  sampleHot,
  sampleHumidity,
  sampleMains,
  sampleRodent,
  sampleRoom,
  sampleUv,
} from "./processes/appliances.ts";
import { sampleCold } from "./processes/refrigeration.ts";

export type SensorProgram = (view: SensorView, poll: Poll) => void;

const programs: { readonly [P in Program]: SensorProgram } = {
  cold: sampleCold,
  hot: sampleHot,
  room: sampleRoom,
  humidity: sampleHumidity,
  gas: sampleGas,
  fume: sampleFume,
  uv: sampleUv,
  rodent: sampleRodent,
  mains: sampleMains,
  compressor: sampleCompressor,
  alive: sayNothing,
  camera: sayNothing,
};

/** Reads a whole group into `poll.out`, from its first slot on. */
export function pollGroup(view: SensorView, group: PollGroup, second: number, poll: Poll): void {
  poll.second = second;
  poll.stepMin = group.periodMs / 60_000;
  poll.base = group.from;
  for (const { program, from, to } of group.runs) {
    poll.from = from;
    poll.to = to;
    programs[program](view, poll);
  }
}

/** A heartbeat: no value. */
function sayNothing(_view: SensorView, { from, to, base, out }: Poll): void {
  out.fill(Number.NaN, from - base, to - base);
}
