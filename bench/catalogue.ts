/** All benchmarks, in the order in which they run. To add one: one file in `figures/` and one line here. */
import type { Benchmark } from "./figure.ts";
import { alertLatency } from "./figures/alert-latency.ts";
import { baselineCityDay, fullCityDay } from "./figures/city-day.ts";
import { cityMonth } from "./figures/city-month.ts";
import { fanOut } from "./figures/fan-out.ts";
import { fork } from "./figures/fork.ts";
import { historyQuery } from "./figures/history-query.ts";
import { ingestBenchmarks } from "./figures/ingest.ts";
import { naive } from "./figures/naive.ts";
import { nodeRed } from "./figures/node-red.ts";
import { recovery } from "./figures/recovery.ts";
import { start } from "./figures/start.ts";

export const BENCHMARKS: readonly Benchmark[] = [
  baselineCityDay,
  fullCityDay,
  cityMonth,
  ...ingestBenchmarks,
  recovery,
  historyQuery,
  fork,
  alertLatency,
  fanOut,
  start,
  naive,
  nodeRed,
];
