/** How a soak is told: a line per sample on the way, figures and verdicts at the end. */
import { formatTime } from "../../twin/kernel/time.ts";
import { cost, type Figure, rate } from "../figure.ts";
import { quantile } from "../measure.ts";
import { secondHalf, slopeOf } from "./slope.ts";
import type { Sample } from "./soak-sample.ts";
import type { Verdict } from "./verdicts.ts";

export function progressLine(sample: Sample, hours: number, heard: number): string {
  const { rssMb, heapMb, lagS, loopP99Ms, cpuPercent, logMb, cityTime, sums } = sample;
  return [
    `${clockText(sample.hours)} of ${clockText(hours)}`,
    formatTime(cityTime).slice(0, 16).replace("T", " "),
    `${mb(rssMb)} resident, heap ${mb(heapMb)}`,
    `lag ${lagS.toFixed(2)} s, loop ${loopP99Ms.toFixed(0)} ms, cpu ${cpuPercent.toFixed(0)} %`,
    `log ${mb(logMb)}, ${sums.accepted} events, ${heard} outputs heard`,
  ].join(" | ");
}

/** `latencies`: from a gas alarm to its alert, and of all requests; ms. */
export function figuresOf(
  samples: readonly Sample[],
  latencies: { readonly alarms: readonly number[]; readonly requests: readonly number[] },
): Figure[] {
  const last = samples.at(-1);
  if (last === undefined) return [];
  const slope = (of: (sample: Sample) => number) =>
    slopeOf(secondHalf(samples.map((sample) => ({ x: sample.hours, y: of(sample) }))));
  const [memory, lag] = [slope(({ rssMb }) => rssMb), slope(({ lagS }) => lagS)];
  const of = (read: (sample: Sample) => number, q: number) => quantile(samples.map(read), q);
  const acceptedAtFirst = samples[0]!.sums.accepted;
  const perHour = (last.sums.accepted - acceptedAtFirst) / (last.hours - samples[0]!.hours || Number.NaN);
  return [
    cost("soak.memory", last.rssMb, "MB resident", null),
    cost("soak.memory.slope", memory?.value ?? Number.NaN, "MB/h over the second half", null),
    cost("soak.memory.slope.error", memory?.error ?? Number.NaN, "MB/h", null),
    cost("soak.heap", last.heapFloorMb ?? last.heapMb, "MB after a full collection", null),
    cost(
      "soak.lag.p50",
      of(({ lagS }) => lagS, 0.5),
      "s of the wall clock",
      null,
    ),
    cost(
      "soak.lag.max",
      of(({ lagS }) => lagS, 1),
      "s of the wall clock",
      null,
    ),
    cost("soak.lag.slope", lag?.value ?? Number.NaN, "s/h", null),
    cost(
      "soak.loop.p99",
      of(({ loopP99Ms }) => loopP99Ms, 0.5),
      "ms late, median of the samples",
      null,
    ),
    cost(
      "soak.loop.max",
      of(({ loopMaxMs }) => loopMaxMs, 1),
      "ms late",
      null,
    ),
    cost(
      "soak.loop.clients",
      of(({ ownLoopP99Ms }) => ownLoopP99Ms, 0.5),
      "ms late, the clients' own",
      null,
    ),
    cost(
      "soak.cpu",
      of(({ cpuPercent }) => cpuPercent, 0.5),
      "% of a core",
      null,
    ),
    rate("soak.events", perHour / 3_600, "events and readings/s", null),
    cost("soak.log", last.logMb, "MB", null),
    cost("soak.data", last.dataMb, "MB with history, snapshots and outputs", null),
    cost("soak.alarm.p50", quantile(latencies.alarms, 0.5), "ms to the alert", null),
    cost("soak.alarm.p99", quantile(latencies.alarms, 0.99), "ms to the alert", null),
    cost("soak.requests.p50", quantile(latencies.requests, 0.5), "ms", null),
    cost("soak.requests.p99", quantile(latencies.requests, 0.99), "ms", null),
  ];
}

export function verdictLine({ name, ok, says }: Verdict): string {
  const word = ok === null ? "not judged" : ok ? "well" : "NOT WELL";
  return `  ${word.padEnd(11)}${name.padEnd(18)}${says}`;
}

function mb(value: number): string {
  return `${value.toFixed(0)} MB`;
}

/** `1:02:03` */
function clockText(hours: number): string {
  const seconds = Math.round(hours * 3_600);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
