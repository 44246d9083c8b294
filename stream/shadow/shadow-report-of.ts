/** The report on a comparison as it stands. */
import { formatTime, MINUTE_MS } from "../../twin/kernel/time.ts";
import type { PolicyBook } from "../../twin/policy/policy-book.ts";
import { PAIR_WINDOW_MS } from "./episode-pairs.ts";
import type { ShadowComparison } from "./shadow-comparison.ts";
import type { ShadowReport } from "./shadow-report.ts";
import type { ShadowRules } from "./shadow-rules.ts";

export interface Compared {
  /** Packs of the shadow. */
  readonly policies: PolicyBook;
  readonly rules: ShadowRules;
  readonly comparison: ShadowComparison;
  /** Event time that both have come to, ms since epoch; -Infinity = nothing has come yet. */
  readonly to: number;
}

/** `banner`: `null` = the whole city. */
export function shadowReportOf(
  { policies, rules, comparison, to }: Compared,
  banner: string | null,
): ShadowReport {
  return {
    policies: policies.stampsUpTo(to),
    rules: [...rules.tried],
    to: to === Number.NEGATIVE_INFINITY ? null : formatTime(to),
    pairedWithinMinutes: PAIR_WINDOW_MS / MINUTE_MS,
    faults: { count: comparison.faults.count, reasons: [...comparison.faults.reasons] },
    codes: comparison.codes(banner),
  };
}
