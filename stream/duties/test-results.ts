/**
 * 检测结果线上发布: results of accredited laboratories, the only ones that may ever be published (实施条例 Art. 43, 80; DOMAIN
 * fact 6). A kitchen's quick tests are counted for itself and never shown to anybody else.
 */
import type { EventOf } from "../../twin/events/event.ts";
import { defineDuty } from "./duty.ts";

type Result = EventOf<"warmcity.test.result">;

export interface TestResult {
  /** The report's number, else the event's. */
  readonly report: string;
  readonly laboratory: string;
  readonly product: string;
  readonly lot: string | null;
  readonly passed: boolean;
  readonly hazard: "pathogen" | "additive" | "other" | null;
  readonly at: number;
}

export interface TestState {
  /** Newest first. */
  accredited: TestResult[];
  quick: { tests: number; failed: number };
}

const KEPT = 60;

export const testResults = defineDuty<TestState>({
  name: "test-results",
  version: 1,
  events: ["warmcity.test.result"],
  initial: () => ({ accredited: [], quick: { tests: 0, failed: 0 } }),
  fold(state, event) {
    if (event.type !== "warmcity.test.result") return;
    const { report, product, lot, passed, hazard } = event.data;
    if (!isOfLaboratory(event)) {
      state.quick.tests++;
      if (!passed) state.quick.failed++;
      return;
    }
    const result: TestResult = {
      report: report ?? event.id,
      laboratory: event.source.slice("/labs/".length),
      product,
      lot: lot ?? null,
      passed,
      hazard: hazard ?? null,
      at: event.time,
    };
    state.accredited = [result, ...state.accredited].sort((a, b) => b.at - a.at).slice(0, KEPT);
  },
});

/** Who calls its own quick test accredited is no laboratory. */
function isOfLaboratory({ source, data }: Result): boolean {
  return data.accredited && source.startsWith("/labs/");
}
