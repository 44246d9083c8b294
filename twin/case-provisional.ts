/** Whether a case's limit may still move, because the holidays of its year are not published. */
import { rectifyLimit } from "./case-entry.ts";
import type { Case } from "./case-file.ts";
import type { CasePolicy, Limit } from "./case-policy.ts";
import { unknownYears } from "./kernel/calendar.ts";
import { shanghaiDay } from "./kernel/time.ts";

/** The limit that runs ends in a year whose holidays are not on file, and it counts working days. */
export function isDueProvisional(c: Case, policy: CasePolicy): boolean {
  if (c.due === null) return false;
  const isUnknown = unknownYears(shanghaiDay(c.since), shanghaiDay(c.due - 1)).length > 0;
  return isUnknown && limitsOf(c, policy).some((limit) => goesByCalendar(limit, c));
}

/** What may have set the limit that runs. */
function limitsOf(c: Case, policy: CasePolicy): readonly Limit[] {
  const level = policy.levels[c.level];
  switch (c.dueKind) {
    case null:
      return [];
    case "review":
      return c.confirmed || c.reviewedBy !== null
        ? [policy.disputeReview]
        : [policy.codes[c.code]?.review ?? level.review];
    case "dispatch":
      return [level.dispatch];
    case "acknowledge":
      return level.ladder.slice(c.rung, c.rung + 1).map(({ after }) => after);
    case "rectify":
      return c.rung > 0
        ? [{ kind: "workdays", n: 1 }]
        : [rectifyLimit(c, policy), ...(c.extended ? [level.extension] : [])];
    case "recheck":
      return [level.recheck];
    case "appeal":
      return [policy.appealFiling, policy.appealAnswer];
    case "file":
      return [policy.filing, policy.filingExtension];
    case "decide":
      return [policy.decision];
  }
}

function goesByCalendar({ kind }: Limit, { hours }: Case): boolean {
  if (kind === "workdays") return true;
  const isByHours = kind === "in-hours" || kind === "next-meal";
  return isByHours && (hours?.calendar === "workday" || hours?.calendar === "school");
}
