/** The clocks of the law that run for a case, whoever has to act now (DOMAIN R41, R42, R45). */
import { edgesOf } from "./case.machine.ts";
import type { Case } from "./case-file.ts";
import { limitAt } from "./case-limits.ts";
import type { CasePolicy } from "./case-policy.ts";
import type { CaseState } from "./events/output-events.ts";

export const STATUTORY_CLOCKS = ["report", "file", "decide"] as const;
export interface StatutoryClock {
  /** `report` an accident to the authorities, decide whether to `file`, `decide` on the penalty. */
  readonly clock: (typeof STATUTORY_CLOCKS)[number];
  /** Event time, ms since epoch. */
  readonly due: number;
  readonly basis: string;
}

const OVER: ReadonlySet<CaseState> = new Set(["closed", "false", "merged", "suppressed"]);

/** `graveSince` = since when its alert has been L1; `null` = it is not. */
export function statutoryClocks(
  c: Case,
  policy: CasePolicy,
  graveSince: number | null,
): readonly StatutoryClock[] {
  const clocks: StatutoryClock[] = [];
  if (graveSince !== null && !OVER.has(c.state))
    clocks.push({
      clock: "report",
      due: limitAt(policy.accidentReport, graveSince, c, policy),
      basis: "FSL 103; 国家食品安全事故应急预案 4.2.2",
    });
  // A reminder is not filed by the clock.
  if (c.level !== "L4" && edgesOf(c.state, "file").length > 0)
    clocks.push({
      clock: "file",
      due: extendedTo(c) ?? limitAt(policy.filing, c.openedAt, c, policy),
      basis: "市场监督管理行政处罚程序规定 Art. 18",
    });
  if (c.state === "filed")
    clocks.push({
      clock: "decide",
      due: limitAt(policy.decision, c.since, c, policy),
      basis: "行政处罚法 Art. 60",
    });
  return clocks;
}

/** Of the extensions, the bureau's is the one of the time to file. */
function extendedTo({ history }: Case): number | null {
  return history.findLast(({ what, role }) => what === "extend" && role === "Q")?.due ?? null;
}
