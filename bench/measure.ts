/** Time as it is measured here: wall beside CPU, because the machine may be shared. */
import process from "node:process";

export interface Spent {
  /** Seconds on the wall clock. */
  readonly wall: number;
  /** CPU-seconds of the whole process: user and system, garbage collection and helper threads included. */
  readonly cpu: number;
}

/** Starts a watch; the function that it returns says what was spent since. */
export function watch(): () => Spent {
  const cpu = process.cpuUsage();
  const wall = performance.now();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { wall: (performance.now() - wall) / 1_000, cpu: (user + system) / 1e6 };
  };
}

/** The value in the middle; of an even number the lower one. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The smallest value that a share `q` (0 to 1) of the values does not exceed. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}
