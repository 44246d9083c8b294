/** A run of scenarios as JUnit XML: a suite for each scenario and way, a case for each thing expected, one for invariants. */
import type { ScenarioRun, WayRun } from "../scenario-run.ts";
import { faultsOf } from "../verdict.ts";

export function junitXml(runs: readonly ScenarioRun[]): string {
  const suites = runs.flatMap((run) => run.ways.map((told) => suite(run, told)));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="scenarios">\n${suites.join("")}</testsuites>\n`;
}

function suite({ scenario, seed }: ScenarioRun, told: WayRun): string {
  const name = `${scenario.name} ${told.way}${seed === null ? "" : ` seed ${seed}`}`;
  const cases = [
    ...told.verdicts.map((verdict) => ({ says: verdict.says.en, faults: faultsOf(verdict) })),
    ...(told.violations === null ? [] : [{ says: "keeps the invariants", faults: told.violations }]),
  ];
  const failures = cases.filter(({ faults }) => faults.length > 0).length;
  const time = (told.wallMs / 1_000).toFixed(3);
  const body = cases.map(({ says, faults }) => {
    const head = `    <testcase classname="${escaped(name)}" name="${escaped(says)}" time="0"`;
    if (faults.length === 0) return `${head}/>\n`;
    const message = escaped(faults[0]!.slice(0, 200));
    return `${head}>\n      <failure message="${message}">${escaped(faults.join("\n"))}</failure>\n    </testcase>\n`;
  });
  const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="0"`;
  return `  <testsuite name="${escaped(name)}" ${counts} time="${time}">\n${body.join("")}  </testsuite>\n`;
}

/** Text or attribute; what XML 1.0 cannot carry at all becomes U+FFFD. */
export function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "&#10;");
}
