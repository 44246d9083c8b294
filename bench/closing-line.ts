/**
 * Ends every test run with one plain line, `N passed, N failed, N skipped`, because CI reads it; above it, what was
 * skipped and why, one line each. With `REQUIRE_ALL=1` (CI) a skipped test fails the run.
 */
import { writeSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function closingLine(counts: Counts): string {
  return `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
}

export class ClosingLine implements Reporter {
  readonly #notRun: readonly string[];
  readonly #requireAll: boolean;
  #counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  #skips: readonly string[] = [];

  /** `notRun`: sentences about suites that this run leaves to another. */
  constructor(options: { notRun: readonly string[]; requireAll: boolean }) {
    this.#notRun = options.notRun;
    this.#requireAll = options.requireAll;
  }

  onInit(): void {
    // Printed when the process ends, so that it is the last line whatever other reporters say, and said even if the
    // run breaks off.
    process.once("exit", () => writeSync(1, `${this.#closing().join("\n")}\n`));
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    this.#counts = count(modules, errors.length);
    this.#skips = skippedSuites(modules);
    if (this.#requireAll && this.#counts.skipped > 0) process.exitCode = 1;
  }

  #closing(): string[] {
    const refused = this.#requireAll && this.#counts.skipped > 0;
    return [
      ...this.#skips,
      ...this.#notRun,
      ...(refused ? ["REQUIRE_ALL=1: nothing may be skipped here, so this run has failed"] : []),
      closingLine(this.#counts),
    ];
  }
}

/** A file that cannot be collected, and an error outside of tests, count as one failure each. */
function count(modules: readonly TestModule[], errorsOutside: number): Counts {
  const counts = { passed: 0, failed: errorsOutside, skipped: 0 };
  for (const module of modules) {
    let failed = 0;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === "passed") counts.passed++;
      else if (state === "failed") failed++;
      else counts.skipped++;
    }
    counts.failed += failed === 0 && module.state() === "failed" ? 1 : failed;
  }
  return counts;
}

/** One line for each file and reason. */
function skippedSuites(modules: readonly TestModule[]): string[] {
  return modules.flatMap((module) => {
    const byReason = new Map<string, number>();
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === "passed" || result.state === "failed") continue;
      const reason = (result.state === "skipped" ? result.note : undefined) ?? test.fullName;
      byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
    }
    return [...byReason].map(
      ([reason, tests]) =>
        `skipped: ${module.relativeModuleId} (${tests} ${tests === 1 ? "test" : "tests"}): ${reason}`,
    );
  });
}
